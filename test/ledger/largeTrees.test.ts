import {
  isConsistent,
  isIncluded,
  nodeHashOf,
  Plan,
  planConsistency,
  planInclusion,
  planRoot,
} from "../../src/ledger/merkle";
import { hashesOf, nameOfTile, tilesOf } from "../../src/ledger/tiles";
import { flipped } from "./alterations";
import { sha256, showsConsistency } from "./textbookTree";
import { treeChecks } from "./verifierFile";

/** A tree of any size of which all leaves are the same but one: its hashes can be computed at need. */
class SparseTree {
  private readonly same = [sha256(Buffer.from("the same"))];
  private readonly onTheWay: Buffer[] = [sha256(Buffer.from("the one"))];

  constructor(readonly one: bigint) {}

  /** The root of the complete subtree of 2^level leaves with a number. */
  hash(level: number, index: bigint): Buffer {
    while (this.same.length <= level) {
      const last = this.same[this.same.length - 1];
      this.same.push(nodeHashOf(last, last));
    }
    return this.one >> BigInt(level) === index ? this.hashOnTheWay(level, index) : this.same[level];
  }

  private hashOnTheWay(level: number, index: bigint): Buffer {
    this.onTheWay[level] ??= nodeHashOf(
      this.hash(level - 1, index * 2n),
      this.hash(level - 1, index * 2n + 1n),
    );
    return this.onTheWay[level];
  }

  computed(plan: Plan): Buffer[] {
    const tiles = tilesOf(plan).map((tile) => {
      const place = (number: number) => tile.index * 256n + BigInt(number);
      const hashes = Array.from({ length: tile.width }, (_, number) =>
        this.hash(tile.level * 8, place(number)),
      );
      return [nameOfTile(tile), Buffer.concat(hashes)] as const;
    });
    return hashesOf(plan, new Map(tiles));
  }

  head(treeSize: bigint) {
    return { treeSize, rootHash: this.computed(planRoot(treeSize))[0] };
  }
}

const large = [65_536n, 65_537n, 2n ** 31n + 1n, 2n ** 40n + 77n, 2n ** 53n + 1n, 2n ** 63n - 1n];

test.each(large)("in a tree of %d leaves proofs are as long as they must be, and hold", (treeSize) => {
  for (const one of [0n, 255n, treeSize / 3n, treeSize - 1n]) {
    const tree = new SparseTree(one);
    const head = tree.head(treeSize);
    const path = tree.computed(planInclusion(one, treeSize));
    const leafHash = tree.hash(0, one);
    expect(isIncluded({ index: one, leafHash }, path, head)).toBe(true);
    expect(isIncluded({ index: one ^ 1n, leafHash }, path, head)).toBe(false);
    expect(treeChecks.isIncluded(one, leafHash, path, { size: treeSize, root: head.rootHash })).toBe(true);
    for (const size of [1n, 256n, one + 1n, treeSize / 2n, treeSize - 1n]) {
      const from = tree.head(size);
      const proof = tree.computed(planConsistency(size, treeSize));
      expect(isConsistent(from, head, proof)).toBe(true);
      expect(showsConsistency([size, from.rootHash], [treeSize, head.rootHash], proof)).toBe(true);
      const wrong = { ...from, rootHash: flipped(from.rootHash, 3) };
      expect(isConsistent(wrong, head, proof)).toBe(false);
    }
  }
});
