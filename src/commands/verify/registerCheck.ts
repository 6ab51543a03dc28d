import { createHash } from "node:crypto";
import { canonicalText } from "../../claim/canonicalText";
import { sealExceptionEntry } from "../../ledger/exceptionLeaf";
import { leafHashOf } from "../../ledger/leaf";
import { ExceptionEntry } from "../../policy/exceptionRegister";
import { readSealedExceptions, SealedEntry, SealedException } from "../../store/sealedEntries";
import { Queryable } from "../../store/queryable";
import { isCanonical, parseObject } from "./canonicalForm";
import { Fault, hashFaults, mismatch, notCanonical } from "./decisionCheck";
import { addFindings, Findings } from "./finding";
import { differingNames, readLeaf } from "./leafCheck";
import { Due, isOverdue, Overdue } from "./overdue";
import { aheadOfClock, leafMissing, located } from "./streamCheck";

/** How many entries are in no log, and how long the oldest of them is there. */
export interface Unsealed {
  readonly unsealed: number;
  readonly oldestUnsealedSeconds: number;
}

/** Checks the register of exceptions: it has no member, and so is one stream. */
export async function checkExceptions(
  database: Queryable,
  { overdue, asOf }: Due,
  findings: Findings,
): Promise<Unsealed> {
  const entries = await readSealedExceptions(database, asOf);
  entries.forEach((entry, place) => {
    const before = place === 0 ? undefined : entries[place - 1];
    const runsBack = before !== undefined && entry.declaredAt < before.declaredAt;
    const faults = [...exceptionFaults(entry), ...placeFaults(entry, before, overdue)];
    addFindings(findings, located(entry, [...faults, ...(runsBack ? [timeOrder] : [])]));
  });
  return unsealedAmong(entries);
}

export const timeOrder: Fault = { kind: "TIME_ORDER", detail: "its time is before that of the last one" };

export function unsealedAmong(entries: readonly SealedEntry[]): Unsealed {
  const unsealed = entries.filter(({ sealed }) => !sealed);
  const oldest = unsealed.reduce((most, { ageSeconds }) => Math.max(most, ageSeconds), 0);
  return { unsealed: unsealed.length, oldestUnsealedSeconds: oldest };
}

/** The place among the entries of a table, and in the log. */
export function placeFaults(entry: SealedEntry, before: SealedEntry | undefined, overdue: Overdue): Fault[] {
  const isNext = entry.sequence === (before?.sequence ?? 0) + 1;
  const isLater =
    !entry.sealed ||
    !before ||
    (before.sealed !== undefined && BigInt(before.sealed.leafIndex) < BigInt(entry.sealed.leafIndex));
  return [
    ...hashFaults(entry, leafHashOf(entry.leaf)),
    ...(isNext ? [] : [{ kind: "SEQUENCE_GAP", detail: "entries before it are not there" } as const]),
    ...(isLater ? [] : [{ kind: "LOG_ORDER", detail: "in the log before an earlier one" } as const]),
    ...(entry.isAhead ? [aheadOfClock] : []),
    ...(!entry.sealed && isOverdue(entry, overdue) ? [leafMissing] : []),
  ];
}

/** Compares record, columns and leaf of one row. */
function exceptionFaults({ record, leaf, sequence, id, declaredAt, declaredBy }: SealedException): Fault[] {
  const said = parseObject(record) as ExceptionEntry | undefined;
  if (!said) return [notCanonical("record: no JSON object"), ...bodyFaults(leaf, record)];
  const columns = { sequence, id, declared_at: declaredAt, declared_by: declaredBy };
  const ofRecord = {
    ...{ sequence: said.sequence, id: said.id },
    ...{ declared_at: said.declaredAt, declared_by: said.declaredBy },
  };
  const expected = canonicalText(said) === record ? sealExceptionEntry(said).leaf : undefined;
  return [
    ...(isCanonical(record, said) ? [] : [notCanonical("record")]),
    ...mismatch("columns and record", differingNames(columns, ofRecord)),
    ...(expected?.equals(leaf) ? [] : exceptionLeafFaults(leaf, record, said)),
  ];
}

function exceptionLeafFaults(leaf: Buffer, record: string, said: ExceptionEntry): Fault[] {
  const read = readLeaf(leaf);
  const expected = { v: 1, type: "policy-exception", at: said.declaredAt, id: said.id, seq: said.sequence };
  const { body, ...words } = read?.words ?? {};
  return [
    ...(read?.isCanonical === false ? [notCanonical("leaf")] : []),
    ...(read ? mismatch("leaf and record", differingNames(words, expected)) : []),
    ...bodyFaults(leaf, record),
  ];
}

function bodyFaults(leaf: Buffer, record: string): Fault[] {
  const read = readLeaf(leaf);
  if (!read) return [notCanonical("leaf: no JSON object")];
  const body = createHash("sha256").update(record, "utf8").digest("hex");
  return read.words.body === body ? [] : [{ kind: "BODY_MISMATCH", detail: "record" }];
}
