import fc from "fast-check";
import { signCheckpoint } from "../../src/ledger/checkpoint";
import { leafHashOf } from "../../src/ledger/leaf";
import { isConsistent, isIncluded, planConsistency, planInclusion } from "../../src/ledger/merkle";
import { hashesOf, tilesOf } from "../../src/ledger/tiles";
import { alterationsOf, flipped } from "./alterations";
import { logKey, origin } from "./logKeys";
import { sigstoreRefusal } from "./sigstore";
import { leavesOf, showsConsistency, TextbookTree } from "./textbookTree";
import { TileRows } from "./tileRows";
import { treeChecks } from "./verifierFile";

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** A random tree, sealed in batches, and shares of it and of what is chosen that choose places in it. */
const trees = fc
  .record({
    name: fc.nat(),
    size: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 600, max: 5_000 })),
    batch: fc.integer({ min: 1, max: 2_000 }),
    picks: fc.array(fc.tuple(share, share), { minLength: 12, maxLength: 12 }),
  })
  .map(({ name, size, batch, picks }) => {
    const tree = new TextbookTree(leavesOf(String(name), size));
    const rows = new TileRows();
    for (let from = 0; from < size; from += batch)
      rows.seal(tree.leaves.slice(from, from + batch).map(leafHashOf));
    return { tree, rows, size, picks };
  });

/** Sizes of trees and places in them: `small` is below `large`, which is from 1 to the size. */
function placesOf(
  size: number,
  [first, second]: readonly [number, number],
): { small: number; large: number } {
  const large = 1 + Math.floor(first * size);
  return { large, small: Math.floor(second * large) };
}

function hex(hashes: readonly Buffer[]): string[] {
  return hashes.map((hash) => hash.toString("hex"));
}

test("in random trees paths made from tiles are the textbook's, and hold for every checker", () => {
  fc.assert(
    fc.property(trees, ({ tree, rows, size, picks }) => {
      expect(rows.head).toMatchObject({ treeSize: BigInt(size), rootHash: tree.root() });
      for (const pick of picks) {
        const { small, large } = placesOf(size, pick);
        const [index, treeSize] = [BigInt(small), BigInt(large)];
        const plan = planInclusion(index, treeSize);
        const path = hashesOf(plan, rows.tiles(tilesOf(plan)));
        expect(hex(path)).toEqual(hex(tree.path(small, large)));
        const head = { treeSize, rootHash: tree.root(large) };
        const leafHash = tree.leafHash(small);
        expect(isIncluded({ index, leafHash }, path, head)).toBe(true);
        expect(treeChecks.isIncluded(index, leafHash, path, { size: treeSize, root: head.rootHash })).toBe(
          true,
        );
        const note = signCheckpoint({ origin, ...head }, [logKey.signer]);
        expect(sigstoreRefusal({ leaf: tree.leaves[small], index, path, note }, logKey.signer.key)).toBe("");
      }
    }),
    { numRuns: 12 },
  );
});

test("an altered proof of inclusion is refused by every checker", () => {
  const { key } = logKey.signer;
  fc.assert(
    fc.property(trees, ({ tree, size, picks }) => {
      for (const pick of picks.slice(0, 2)) {
        const { small, large } = placesOf(size, pick);
        const [index, treeSize] = [BigInt(small), BigInt(large)];
        const [path, rootHash, leafHash] = [tree.path(small, large), tree.root(large), tree.leafHash(small)];
        const signed = (size: bigint) =>
          signCheckpoint({ origin, treeSize: size, rootHash }, [logKey.signer]);
        const note = signed(treeSize);
        const leaf = tree.leaves[small];
        const head = { treeSize, rootHash };
        const taken = alterationsOf(path, [rootHash]).filter(
          ([, wrong]) =>
            isIncluded({ index, leafHash }, wrong, head) ||
            treeChecks.isIncluded(index, leafHash, wrong, { size: treeSize, root: rootHash }) ||
            sigstoreRefusal({ leaf, index, path: wrong, note }, key) === "",
        );
        expect(taken).toEqual([]);
        for (const wrong of [index + 1n, index - 1n, index ^ 2n, index * 2n + 2n, treeSize].filter(
          (n) => n >= 0,
        )) {
          expect(isIncluded({ index: wrong, leafHash }, path, { treeSize, rootHash })).toBe(false);
          expect(sigstoreRefusal({ leaf, index: wrong, path, note }, key)).not.toBe("");
        }
        expect(isIncluded({ index, leafHash: flipped(leafHash, small) }, path, { treeSize, rootHash })).toBe(
          false,
        );
        expect(sigstoreRefusal({ leaf: flipped(leaf, small), index, path, note }, key)).not.toBe("");
        // A size that leaves the way of the leaf as it was shows the same; every other one is refused.
        for (const wrong of [treeSize + 1n, treeSize - 1n, treeSize * 2n, treeSize / 2n]) {
          const isTaken = sigstoreRefusal({ leaf, index, path, note: signed(wrong) }, key) === "";
          const head = { size: wrong, root: rootHash };
          expect(isIncluded({ index, leafHash }, path, { treeSize: wrong, rootHash })).toBe(isTaken);
          expect(treeChecks.isIncluded(index, leafHash, path, head)).toBe(isTaken);
        }
      }
    }),
    { numRuns: 6 },
  );
});

test("in random trees consistency is proved from tiles as in the textbook, for every checker", () => {
  fc.assert(
    fc.property(trees, ({ tree, rows, size, picks }) => {
      for (const pick of picks) {
        const { small, large } = placesOf(size, pick);
        const [from, to] = [headOf(tree, small + 1), headOf(tree, large)];
        const plan = planConsistency(from.treeSize, to.treeSize);
        const path = hashesOf(plan, rows.tiles(tilesOf(plan)));
        expect(hex(path)).toEqual(hex(tree.consistency(small + 1, large)));
        expect(verdicts(from, to, path)).toEqual([true, true, true]);
      }
    }),
    { numRuns: 12 },
  );
});

interface Head {
  readonly treeSize: bigint;
  readonly rootHash: Buffer;
}

function headOf(tree: TextbookTree, size: number): Head {
  return { treeSize: BigInt(size), rootHash: tree.root(size) };
}

/** What the product, the RFC's text and the file for strangers say. */
function verdicts(from: Head, to: Head, path: readonly Buffer[]): boolean[] {
  const [first, second] = [from, to].map(({ treeSize: size, rootHash: root }) => ({ size, root }));
  return [
    isConsistent(from, to, path),
    showsConsistency([first.size, first.root], [second.size, second.root], path),
    treeChecks.isConsistent(first, second, path),
  ];
}

test("an altered proof of consistency is refused by every checker", () => {
  const refused = [false, false, false];
  fc.assert(
    fc.property(trees, ({ tree, size, picks }) => {
      for (const pick of picks.slice(0, 2)) {
        const { small, large } = placesOf(size, pick);
        const [from, to] = [headOf(tree, small + 1), headOf(tree, large)];
        const path = tree.consistency(small + 1, large);
        const wrongPaths = alterationsOf(path, [from.rootHash, to.rootHash]);
        expect(wrongPaths.filter(([, wrong]) => verdicts(from, to, wrong).includes(true))).toEqual([]);
        for (const rootHash of [flipped(from.rootHash, large), from.rootHash.subarray(1), Buffer.alloc(0)]) {
          expect(verdicts({ ...from, rootHash }, to, path)).toEqual(refused);
          expect(verdicts(from, { ...to, rootHash }, path)).toEqual(refused);
        }
        for (const change of [
          (n: bigint) => n + 1n,
          (n: bigint) => n - 1n,
          (n: bigint) => n * 2n,
          () => 0n,
        ]) {
          const earlier = verdicts({ ...from, treeSize: change(from.treeSize) }, to, path);
          const later = verdicts(from, { ...to, treeSize: change(to.treeSize) }, path);
          expect([new Set(earlier).size, new Set(later).size]).toEqual([1, 1]);
        }
      }
    }),
    { numRuns: 6 },
  );
});
