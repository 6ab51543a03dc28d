import { hashLength } from "../../ledger/merkle";
import { FilledTile, fullWidth } from "../../ledger/tiles";
import { readEnd, readHeads, readNotes } from "../../store/logClaims";
import { LeafPart, readGaps, readLeaves } from "../../store/logWalk";
import { Queryable } from "../../store/queryable";
import { claimsOfGiven, Claims, compareClaims, learnStoredClaims, LogSetting, refuseRest } from "./claims";
import { checkEntries, newestTimeBefore } from "./entryCheck";
import { addFindings, Findings, mostTold } from "./finding";
import { addLeaf, GrowingTree, rootOfTree } from "./growingTree";
import { atSize, storedNoteName } from "./notes";
import { dueBefore } from "./overdue";
import { checkTiles, checkTilesBeyond } from "./tileCheck";

/** What the log was found to be. */
export interface CheckedLog {
  readonly treeSize: bigint;
  readonly rootHash: Buffer;
  /** How many notes were compared or refused. */
  readonly checkpoints: number;
}

/** A whole number of tiles. */
const leavesAtOnce = 16 * fullWidth;

/**
 * Computes the tree anew from the leaf hashes that the log keeps, from a given tree on, and compares all that
 * was ever said of it. The tree ends where an index is missing; the leaves behind are only looked up.
 */
export async function checkLog(
  database: Queryable,
  setting: LogSetting,
  tree: GrowingTree,
  findings: Findings,
): Promise<CheckedLog> {
  const claims = claimsOfGiven(setting, tree.size, findings);
  let newestTime = await newestTimeBefore(database, tree.size, leavesAtOnce);
  let [next, known, isWhole] = [tree.size, tree.size - 1n, true];
  for (;;) {
    const limit = leavesAtOnce - Number(next % BigInt(leavesAtOnce));
    const part = await readLeaves(database, next, limit);
    const inTree = part && isWhole ? await leavesBeforeGap(database, part, next, findings) : 0;
    const grownSize = tree.size + BigInt(inTree);
    await learnStoredClaims(database, { above: known, upTo: grownSize }, claims);
    compareClaims(claims, tree);
    if (!part) break;
    await growBy(database, { tree, claims, hashes: part.hashes.subarray(0, inTree * hashLength) }, findings);
    newestTime = await checkEntries(database, part, newestTime, findings);
    isWhole &&= inTree === part.count;
    [next, known] = [part.last + 1n, grownSize];
  }
  refuseRest(claims, tree);
  await checkEnd(database, tree, { isWhole, asOf: setting.asOf }, findings);
  return { treeSize: tree.size, rootHash: rootOfTree(tree), checkpoints: claims.checkpoints };
}

/** How many leaves follow each other without a gap; each gap is a finding. */
async function leavesBeforeGap(
  database: Queryable,
  part: LeafPart,
  expected: bigint,
  findings: Findings,
): Promise<number> {
  const { first, last, count } = part;
  const isDense = last - first + 1n === BigInt(count);
  const within = isDense ? [] : await readGaps(database, part);
  const gaps = first === expected ? within : [{ after: expected - 1n, next: first }, ...within];
  for (const { after, next } of gaps) {
    const detail = `leaves are missing from here to ${next - 1n}`;
    addFindings(findings, [{ kind: "LOG_GAP", leafIndex: String(after + 1n), id: null, detail }]);
  }
  return gaps.length > 0 ? Number(gaps[0].after + 1n - expected) : count;
}

interface Growth {
  readonly tree: GrowingTree;
  readonly claims: Claims;
  readonly hashes: Buffer;
}

async function growBy(
  database: Queryable,
  { tree, claims, hashes }: Growth,
  findings: Findings,
): Promise<void> {
  const full: FilledTile[] = [];
  for (let at = 0; at < hashes.length; at += hashLength) {
    addLeaf(tree, hashes.subarray(at, at + hashLength), (tile) => full.push(tile));
    compareClaims(claims, tree);
  }
  await checkTiles(database, full, findings);
}

/** What the log says of leaves that it has not, and whether it says something of all that it has. */
async function checkEnd(
  database: Queryable,
  { size }: GrowingTree,
  { isWhole, asOf }: { readonly isWhole: boolean; readonly asOf: Date },
  findings: Findings,
): Promise<void> {
  const { headsBeyond, notesBeyond, newestHead } = await readEnd(database, size);
  const beyond = { above: size, limit: mostTold };
  const heads = (await readHeads(database, beyond)).map(({ treeSize }) => {
    return atSize("TREE_BEHIND", treeSize, "a head is of more leaves than there are");
  });
  const notes = (await readNotes(database, beyond, dueBefore(asOf))).map((stored) => {
    const detail = `${storedNoteName(stored)} is of more leaves than there are`;
    return atSize("TREE_BEHIND", stored.treeSize, detail);
  });
  addFindings(findings, heads, headsBeyond);
  addFindings(findings, notes, notesBeyond);
  const behind = atSize(
    "TREE_BEHIND",
    size,
    `the newest head is of ${newestHead} leaves, and there are more`,
  );
  if (isWhole && newestHead < size) addFindings(findings, [behind]);
  // What else would be said of leaves that are gone follows from that.
  if (isWhole && headsBeyond + notesBeyond === 0) await checkTilesBeyond(database, size, findings);
}
