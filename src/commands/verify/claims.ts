import { Parsed } from "../../ledger/parsed";
import { NoteVerifier } from "../../ledger/signedNote";
import { readHeads, readNotes, Sizes, StoredNote } from "../../store/logClaims";
import { Queryable } from "../../store/queryable";
import { addFindings, Findings } from "./finding";
import { GrowingTree, rootOfTree } from "./growingTree";
import { atSize, Claim, claimOf, claimOfStored, GivenNote, isVouchedFor, storedNoteName } from "./notes";
import { dueBefore } from "./overdue";

/** What the log is checked against. */
export interface LogSetting {
  readonly verifiers: readonly NoteVerifier[];
  /** Those of the checkpoint folder, each with its tree size; absent where there is no such folder. */
  readonly published?: readonly GivenNote[];
  /** Those that somebody held. */
  readonly held: readonly GivenNote[];
  /** Before the checkpoint folder was read. */
  readonly asOf: Date;
}

/** All that was said of trees and is not compared yet, by the size of the tree. */
export interface Claims {
  readonly setting: LogSetting;
  readonly findings: Findings;
  readonly open: Map<bigint, Claim[]>;
  /** Sizes of published notes, and of those the ones that no row was met for. */
  readonly published: ReadonlySet<bigint>;
  readonly unrecorded: Set<bigint>;
  checkpoints: number;
}

/** What the notes from outside the database say; those of trees smaller than the first size are left out. */
export function claimsOfGiven(setting: LogSetting, from: bigint, findings: Findings): Claims {
  const published = (setting.published ?? []).filter(({ treeSize = from }) => treeSize >= from);
  const sizes = published.flatMap(({ treeSize }) => treeSize ?? []);
  const claims: Claims = {
    ...{ setting, findings, open: new Map(), checkpoints: 0 },
    ...{ published: new Set(sizes), unrecorded: new Set(sizes) },
  };
  for (const given of [...published, ...setting.held])
    learn(claims, given.name, claimOf(given, setting.verifiers), given.treeSize);
  for (const treeSize of claims.open.keys()) if (treeSize < from) claims.open.delete(treeSize);
  return claims;
}

function learn(claims: Claims, name: string, claim: Parsed<Claim>, treeSize = 0n): void {
  claims.checkpoints += 1;
  if ("value" in claim) return expect(claims, claim.value);
  addFindings(claims.findings, [atSize("CHECKPOINT_INVALID", treeSize, `${name}: ${claim.fault}`)]);
}

function expect({ open }: Claims, claim: Claim): void {
  const known = open.get(claim.treeSize);
  if (known) known.push(claim);
  else open.set(claim.treeSize, [claim]);
}

/** What the stored heads and notes say of trees of the sizes. */
export async function learnStoredClaims(database: Queryable, sizes: Sizes, claims: Claims): Promise<void> {
  for (const { treeSize, root: rootHash } of await readHeads(database, sizes))
    expect(claims, { name: "the head", kind: "ROOT_MISMATCH", treeSize, rootHash });
  const { verifiers, asOf } = claims.setting;
  const notes = await readNotes(database, sizes, dueBefore(asOf));
  const ofSize = new Map(notes.map(({ treeSize }): [bigint, StoredNote[]] => [treeSize, []]));
  for (const stored of notes) ofSize.get(stored.treeSize)?.push(stored);
  for (const stored of notes) {
    const others = ofSize.get(stored.treeSize) ?? [];
    if (!isVouchedFor(stored, others, verifiers))
      learn(claims, storedNoteName(stored), claimOfStored(stored, verifiers), stored.treeSize);
    checkPublished(stored, claims);
  }
}

function checkPublished({ treeSize, isDue }: StoredNote, claims: Claims): void {
  claims.unrecorded.delete(treeSize);
  if (!claims.setting.published || !isDue || claims.published.has(treeSize)) return;
  const detail = "the stored checkpoint is not in the checkpoint folder";
  addFindings(claims.findings, [atSize("CHECKPOINT_MISSING", treeSize, detail)]);
}

/** Compares what was said of a tree of the size that the tree has now. */
export function compareClaims({ open, findings }: Claims, tree: GrowingTree): void {
  const claims = open.get(tree.size);
  if (!claims) return;
  open.delete(tree.size);
  const root = rootOfTree(tree);
  const wrong = claims.filter(({ rootHash }) => !rootHash.equals(root));
  addFindings(
    findings,
    wrong.map(({ kind, name }) => atSize(kind, tree.size, `${name} has another root than the leaves`)),
  );
}

/** At the end of the log: what was said of larger trees, and files that no row is known for. */
export function refuseRest({ open, unrecorded, findings }: Claims, { size }: GrowingTree): void {
  for (const [treeSize, claims] of open)
    for (const { name } of claims)
      addFindings(findings, [atSize("TREE_BEHIND", treeSize, `${name} is of more leaves than there are`)]);
  const detail = "the checkpoint of the folder is not stored";
  for (const treeSize of unrecorded)
    if (treeSize <= size) addFindings(findings, [atSize("CHECKPOINT_MISSING", treeSize, detail)]);
}
