import { createHash, hash } from "node:crypto";

/* The tree of RFC 6962, section 2.1. Sizes and indexes are bigint from end to end. */

/** Bytes of a SHA-256 hash. */
export const hashLength = 32;

/** What a checkpoint says of a tree. */
export interface TreeHead {
  readonly treeSize: bigint;
  readonly rootHash: Buffer;
}

/** A leaf, and its place in the tree counted from 0. */
export interface Place {
  readonly index: bigint;
  readonly leafHash: Buffer;
}

/** A complete subtree: 2^level leaves, of which the first is number index · 2^level. */
export interface Subtree {
  readonly level: number;
  readonly index: bigint;
}

/** The hashes of a proof, each by the complete subtrees of the tree that it is the root of, left to right. */
export interface Plan {
  readonly treeSize: bigint;
  readonly hashes: readonly (readonly Subtree[])[];
}

const nodePrefix = Buffer.of(1);

export function nodeHashOf(left: Buffer, right: Buffer): Buffer {
  // Short-lived Hash objects would cost more, in garbage collection, than hashing does.
  return hash("sha256", Buffer.concat([nodePrefix, left, right]), "buffer");
}

/** The root of the tree that has these leaf hashes, or these roots of complete subtrees of one size. */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return createHash("sha256").digest();
  let row = hashes;
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let left = 0; left + 1 < row.length; left += 2) above.push(nodeHashOf(row[left], row[left + 1]));
    row = row.length % 2 === 0 ? above : [...above, row[row.length - 1]];
  }
  return row[0];
}

/** The root of neighbouring complete subtrees of falling size, from their own roots. */
export function rootOfNeighbours(hashes: readonly Buffer[]): Buffer {
  return hashes.length === 0 ? rootOf([]) : hashes.reduceRight((right, left) => nodeHashOf(left, right));
}

export function planRoot(treeSize: bigint): Plan {
  return { treeSize, hashes: [subtreesOf({ from: 0n, to: treeSize })] };
}

/** The path from a leaf up to the root of the tree of a size; throws where the tree has no such leaf. */
export function planInclusion(index: bigint, treeSize: bigint): Plan {
  if (index < 0n || index >= treeSize) throw new RangeError(`no leaf ${index} in a tree of ${treeSize}`);
  return { treeSize, hashes: descendToLeaf(index, treeSize).siblings.map(subtreesOf) };
}

/** The proof that a tree begins with all of a smaller one; throws where that is empty, or is not smaller. */
export function planConsistency(first: bigint, second: bigint): Plan {
  if (first <= 0n || first > second) throw new RangeError(`a tree of ${second} has no part of ${first}`);
  const { end, siblings } = descendToEdge(first, second);
  return { treeSize: second, hashes: (end.from === 0n ? siblings : [end, ...siblings]).map(subtreesOf) };
}

/** Whether the path leads from the leaf to the root. */
export function isIncluded(
  { index, leafHash }: Place,
  path: readonly Buffer[],
  { treeSize, rootHash }: TreeHead,
): boolean {
  if (index < 0n || index >= treeSize || !areHashes([leafHash, rootHash, ...path])) return false;
  const { siblings } = descendToLeaf(index, treeSize);
  if (path.length !== siblings.length) return false;
  const root = path.reduce(
    (hash, sibling, step) =>
      siblings[step].side === "left" ? nodeHashOf(sibling, hash) : nodeHashOf(hash, sibling),
    leafHash,
  );
  return root.equals(rootHash);
}

/** Whether the path shows that the second tree begins with all leaves of the first, which has some. */
export function isConsistent(first: TreeHead, second: TreeHead, path: readonly Buffer[]): boolean {
  if (first.treeSize <= 0n || first.treeSize > second.treeSize) return false;
  if (!areHashes([first.rootHash, second.rootHash, ...path])) return false;
  if (first.treeSize === second.treeSize) return path.length === 0 && first.rootHash.equals(second.rootHash);
  if (path.length === 0) return false;
  const { end, siblings } = descendToEdge(first.treeSize, second.treeSize);
  const [start, ...rest] = end.from === 0n ? [first.rootHash, ...path] : path;
  if (rest.length !== siblings.length) return false;
  let [before, after] = [start, start];
  rest.forEach((sibling, step) => {
    const isLeft = siblings[step].side === "left";
    if (isLeft) before = nodeHashOf(sibling, before);
    after = isLeft ? nodeHashOf(sibling, after) : nodeHashOf(after, sibling);
  });
  return before.equals(first.rootHash) && after.equals(second.rootHash);
}

/** Leaves of a tree: the first of them, and the one after the last. */
interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

interface Sibling extends Range {
  readonly side: "left" | "right";
}

/** A way down from the root: where it ends, and what it leaves aside, the lowest first. */
interface Descent {
  readonly end: Range;
  readonly siblings: readonly Sibling[];
}

function descendToLeaf(index: bigint, treeSize: bigint): Descent {
  return descend(index, treeSize, ({ from, to }) => to - from === 1n);
}

/** Down to the largest subtree that ends where the smaller tree ended. */
function descendToEdge(first: bigint, second: bigint): Descent {
  return descend(first - 1n, second, ({ to }) => to === first);
}

function descend(leaf: bigint, treeSize: bigint, isEnd: (range: Range) => boolean): Descent {
  const siblings: Sibling[] = [];
  let end: Range = { from: 0n, to: treeSize };
  while (!isEnd(end)) {
    const { from, to } = end;
    const middle = from + largestPowerOfTwo(to - from - 1n);
    const isLeft = leaf < middle;
    siblings.push(isLeft ? { side: "right", from: middle, to } : { side: "left", from, to: middle });
    end = isLeft ? { from, to: middle } : { from: middle, to };
  }
  return { end, siblings: siblings.reverse() };
}

/** The complete subtrees that a range of a descent consists of: the largest first, one for each bit. */
function subtreesOf({ from, to }: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    const leaves = largestPowerOfTwo(to - at);
    subtrees.push({ level: bitLength(leaves) - 1, index: at / leaves });
    at += leaves;
  }
  return subtrees;
}

/** The largest power of two that is not above a number from 1 on. */
function largestPowerOfTwo(number: bigint): bigint {
  return 1n << BigInt(bitLength(number) - 1);
}

function bitLength(number: bigint): number {
  return number.toString(2).length;
}

function areHashes(hashes: readonly Buffer[]): boolean {
  return hashes.every(({ length }) => length === hashLength);
}
