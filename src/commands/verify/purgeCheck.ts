import { leafHashOf } from "../../ledger/leaf";
import { purgeLeaf } from "../../ledger/purgeLeaf";
import {
  readLeftByNone,
  readSealedPurgedDecisions,
  readSealedPurges,
  SealedPurge,
  SealedPurgedDecision,
} from "../../store/sealedEntries";
import { Queryable } from "../../store/queryable";
import { chainFaults, Fault, mismatch, notCanonical } from "./decisionCheck";
import { addFindings, Findings, LogFinding } from "./finding";
import { differingNames, LeafWords, ReadLeaf, readLeaf } from "./leafCheck";
import { Due } from "./overdue";
import { placeFaults, timeOrder, Unsealed, unsealedAmong } from "./registerCheck";
import { located } from "./streamCheck";

const purgesAtOnce = 2_000;
const purgeMissing: Fault = { kind: "COLUMN_MISMATCH", detail: "purge_sequence: there is no such purge" };

/** Checks the purges and what they left. */
export async function checkPurges(
  database: Queryable,
  { overdue, asOf }: Due,
  findings: Findings,
): Promise<Unsealed> {
  for (const left of await readLeftByNone(database)) addFindings(findings, located(left, [purgeMissing]));
  let [unsealed, oldestUnsealedSeconds] = [0, 0];
  let before: SealedPurge | undefined;
  for (;;) {
    const purges = await readSealedPurges(database, asOf, before?.sequence ?? 0, purgesAtOnce);
    if (purges.length === 0) return { unsealed, oldestUnsealedSeconds };
    const left = await readLeft(database, purges);
    for (const purge of purges) {
      const order = before && purge.purgedAt < before.purgedAt ? [timeOrder] : [];
      const faults = [...placeFaults(purge, before, overdue), ...order];
      const ofPurge = left.get(purge.sequence) ?? [];
      addFindings(findings, [...located(purge, faults), ...leftFindings(purge, ofPurge)]);
      before = purge;
    }
    const some = unsealedAmong(purges);
    unsealed += some.unsealed;
    oldestUnsealedSeconds = Math.max(oldestUnsealedSeconds, some.oldestUnsealedSeconds);
  }
}

/** What is left of the decisions, by the sequence of the purge. */
async function readLeft(
  database: Queryable,
  purges: readonly SealedPurge[],
): Promise<Map<number, SealedPurgedDecision[]>> {
  const left = new Map(purges.map(({ sequence }): [number, SealedPurgedDecision[]] => [sequence, []]));
  const [first, last] = [purges[0].sequence, purges[purges.length - 1].sequence];
  for (const decision of await readSealedPurgedDecisions(database, first, last))
    left.get(decision.purgeSequence)?.push(decision);
  return left;
}

/** What is left of a purged decision, and what its leaf says. */
interface LeftDecision {
  readonly row: SealedPurgedDecision;
  readonly leafHash: Buffer;
  readonly read?: ReadLeaf;
}

/** The decisions of a purge were one member's whole stream. */
function leftFindings(purge: SealedPurge, rows: readonly SealedPurgedDecision[]): LogFinding[] {
  const left = rows
    .map((row): LeftDecision => ({ row, leafHash: leafHashOf(row.leaf), read: readLeaf(row.leaf) }))
    .sort((one, other) => sequenceOf(one.read?.words) - sequenceOf(other.read?.words));
  const ids = left.map(({ row }) => row.id);
  const expected = purgeLeaf({ ...purge, decisionIds: ids });
  return [
    ...(expected.equals(purge.leaf) ? [] : purgeLeafFindings(purge, ids)),
    ...left.flatMap((decision, place) => {
      const before = place === 0 ? undefined : left[place - 1];
      return located(decision.row, decisionFaults(decision, before, purge));
    }),
  ];
}

function sequenceOf(words: LeafWords = {}): number {
  return typeof words.seq === "number" ? words.seq : Infinity;
}

function purgeLeafFindings(purge: SealedPurge, ids: readonly string[]): LogFinding[] {
  const read = readLeaf(purge.leaf);
  if (!read) return located(purge, [notCanonical("leaf: no JSON object")]);
  const { entries, ...words } = read.words;
  const { sequence: seq, id, purgedAt: at, basis } = purge;
  const expected = { v: 1, type: "purge", at, basis, id, seq };
  const named = Array.isArray(entries) ? entries.filter((entry) => typeof entry === "string") : [];
  const lost = named.filter((entry) => !ids.includes(entry));
  const areOthers = JSON.stringify(entries) !== JSON.stringify(ids) && lost.length === 0;
  const names = [...differingNames(words, expected), ...(areOthers ? ["entries"] : [])];
  return located(purge, [
    ...(read.isCanonical ? [] : [notCanonical("leaf")]),
    ...mismatch("columns and leaf", names),
    ...(lost.length > 0
      ? [
          {
            kind: "DECISION_MISSING",
            detail: `purged decisions that no row is left of: ${lost.length}`,
          } as const,
        ]
      : []),
  ]);
}

function decisionFaults(
  { row, leafHash, read }: LeftDecision,
  before: LeftDecision | undefined,
  { retainedFrom, sealed }: SealedPurge,
): Fault[] {
  if (!read) return [notCanonical("leaf: no JSON object")];
  const { words, isCanonical } = read;
  const isNext = words.seq === (before ? sequenceOf(before.read?.words) : 0) + 1;
  const isYoung = typeof words.at !== "string" || words.at >= retainedFrom;
  const isSealedBefore = row.sealed && (!sealed || BigInt(row.sealed.leafIndex) < BigInt(sealed.leafIndex));
  const hash = { leafHash, sealed: row.sealed };
  return [
    ...(isCanonical ? [] : [notCanonical("leaf")]),
    ...(words.id === row.id ? [] : mismatch("columns and leaf", ["entry_id"])),
    ...(hash.sealed && !hash.sealed.leafHash.equals(leafHash) ? [otherHash] : []),
    ...chainFaults(words, before?.leafHash ?? null),
    ...(isNext ? [] : [{ kind: "SEQUENCE_GAP", detail: "purged without those before it" } as const]),
    ...(isYoung ? [{ kind: "PURGE_TOO_YOUNG", detail: "purged within 6 years" } as const] : []),
    ...(row.sealed ? [] : [{ kind: "LEAF_MISSING", detail: "purged and not in the log" } as const]),
    ...(isSealedBefore || !row.sealed ? [] : [{ kind: "LOG_ORDER", detail: "behind its purge" } as const]),
  ];
}

const otherHash: Fault = { kind: "LEAF_HASH_MISMATCH", detail: "leaf_hash of the log" };
