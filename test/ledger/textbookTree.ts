import { createHash } from "node:crypto";

/* The tree as RFC 6962, section 2.1, writes it down: over leaves in memory, from no file of the product. */

export function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

/** A list of leaves; D[from:to] is the part of it that a subtree is over. */
export class TextbookTree {
  private readonly known = new Map<string, Buffer>();

  constructor(readonly leaves: readonly Buffer[]) {}

  leafHash(index: number): Buffer {
    return sha256(Buffer.of(0), this.leaves[index]);
  }

  /** MTH(D[from:to]) */
  root(to: number = this.leaves.length, from = 0): Buffer {
    const name = `${from}:${to}`;
    const root = this.known.get(name) ?? this.computeRoot(from, to);
    this.known.set(name, root);
    return root;
  }

  /** PATH(m, D[from:to]), m counted from the first leaf of the part. */
  path(m: number, to: number = this.leaves.length, from = 0): Buffer[] {
    const n = to - from;
    if (n === 1) return [];
    const k = splitOf(n);
    return m < k
      ? [...this.path(m, from + k, from), this.root(to, from + k)]
      : [...this.path(m - k, to, from + k), this.root(from + k, from)];
  }

  /** PROOF(m, D[n]) */
  consistency(m: number, n: number = this.leaves.length): Buffer[] {
    return this.subproof(m, 0, n, true);
  }

  private subproof(m: number, from: number, to: number, isKnown: boolean): Buffer[] {
    const n = to - from;
    if (m === n) return isKnown ? [] : [this.root(to, from)];
    const k = splitOf(n);
    return m <= k
      ? [...this.subproof(m, from, from + k, isKnown), this.root(to, from + k)]
      : [...this.subproof(m - k, from + k, to, false), this.root(from + k, from)];
  }

  private computeRoot(from: number, to: number): Buffer {
    const n = to - from;
    if (n === 0) return sha256();
    if (n === 1) return this.leafHash(from);
    const k = splitOf(n);
    return sha256(Buffer.of(1), this.root(from + k, from), this.root(to, from + k));
  }
}

/** The largest power of two smaller than n. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Leaves that differ from each other and from those of another name. */
export function leavesOf(name: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(`${name} ${index}`));
}

/**
 * The verification of a consistency proof as RFC 9162, section 2.1.4.2, writes it down, and before it what
 * the log's design adds: no proof from an empty tree, none that is too long, hashes of 32 bytes only.
 */
export function showsConsistency(
  [first, firstHash]: [size: bigint, root: Buffer],
  [second, secondHash]: [size: bigint, root: Buffer],
  path: readonly Buffer[],
): boolean {
  if (first <= 0n || first > second) return false;
  if ([firstHash, secondHash, ...path].some(({ length }) => length !== 32)) return false;
  if (first === second) return path.length === 0 && firstHash.equals(secondHash);
  // 1. If consistency_path is an empty array, stop and fail.
  if (path.length === 0) return false;
  // 2. If first is an exact power of 2, prepend first_hash.
  const isPowerOfTwo = /^10*$/.test(first.toString(2));
  const hashes = isPowerOfTwo ? [firstHash, ...path] : [...path];
  // 3. and 4.
  let fn = first - 1n;
  let sn = second - 1n;
  const shift = (): void => void ((fn /= 2n), (sn /= 2n));
  while (fn % 2n === 1n) shift();
  // 5.
  let [fr, sr] = [hashes[0], hashes[0]];
  // 6.
  for (const c of hashes.slice(1)) {
    if (sn === 0n) return false;
    if (fn % 2n === 1n || fn === sn) {
      fr = sha256(Buffer.of(1), c, fr);
      sr = sha256(Buffer.of(1), c, sr);
      if (fn % 2n === 0n) {
        do shift();
        while (fn % 2n === 0n && fn !== 0n);
      }
    } else {
      sr = sha256(Buffer.of(1), sr, c);
    }
    shift();
  }
  // 7.
  return fr.equals(firstHash) && sr.equals(secondHash) && sn === 0n;
}
