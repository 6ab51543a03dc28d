import { leafHashOf } from "../../src/ledger/leaf";
import {
  isConsistent,
  isIncluded,
  nodeHashOf,
  Plan,
  planConsistency,
  planInclusion,
  planRoot,
  rootOf,
} from "../../src/ledger/merkle";
import { hashesOf, tilesOf } from "../../src/ledger/tiles";
import { alterationsOf, flipped } from "./alterations";
import { knownLeaves } from "./logKeys";
import { leavesOf, sha256, showsConsistency, TextbookTree } from "./textbookTree";
import { TileRows } from "./tileRows";
import { treeChecks } from "./verifierFile";

const knownRoots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("the tree over the known leaves has the known root at every size", () => {
  const leafHashes = knownLeaves.map(leafHashOf);
  const bySize = knownRoots.map((_, size) => rootOf(leafHashes.slice(0, size)).toString("hex"));
  expect(bySize).toEqual(knownRoots);
  const rows = new TileRows();
  rows.seal(leafHashes);
  const fromRows = knownRoots.map((_, size) => computed(planRoot(BigInt(size)), rows)[0].toString("hex"));
  expect(fromRows).toEqual(knownRoots);
});

function computed(plan: Plan, rows: TileRows): Buffer[] {
  return hashesOf(plan, rows.tiles(tilesOf(plan)));
}

const most = 20;
const small = new TextbookTree(leavesOf("small", most));
const smallRows = new TileRows();
smallRows.seal(small.leaves.map(leafHashOf));

const sizes = Array.from({ length: most }, (_, place) => place + 1);

test("in small trees each leaf's path is the textbook's and leads to the root; no altered one does", () => {
  for (const size of sizes)
    for (let index = 0; index < size; index++) {
      const path = computed(planInclusion(BigInt(index), BigInt(size)), smallRows);
      expect(path).toEqual(small.path(index, size));
      const leaf = { index: BigInt(index), leafHash: small.leafHash(index) };
      const head = { treeSize: BigInt(size), rootHash: small.root(size) };
      expect(isIncluded(leaf, path, head)).toBe(true);
      const accepted = alterationsOf(path, [head.rootHash]).filter(([, wrong]) =>
        isIncluded(leaf, wrong, head),
      );
      expect([index, size, accepted]).toEqual([index, size, []]);
    }
});

test("one small tree continues another by the textbook's proof, and by no altered one", () => {
  for (const second of sizes)
    for (let first = 1; first <= second; first++) {
      const path = computed(planConsistency(BigInt(first), BigInt(second)), smallRows);
      expect(path).toEqual(small.consistency(first, second));
      const heads = [first, second].map((size) => ({ treeSize: BigInt(size), rootHash: small.root(size) }));
      const [from, to] = heads;
      expect(isConsistent(from, to, path)).toBe(true);
      const wrongPaths = alterationsOf(path, [from.rootHash, to.rootHash]);
      expect(wrongPaths.filter(([, wrong]) => isConsistent(from, to, wrong))).toEqual([]);
      const wrongRoot = flipped(from.rootHash, first);
      expect(isConsistent({ ...from, rootHash: wrongRoot }, to, path)).toBe(false);
      expect(isConsistent(from, { ...to, rootHash: wrongRoot }, path)).toBe(false);
      if (first !== second)
        expect(
          isConsistent({ ...from, rootHash: to.rootHash }, { ...to, rootHash: from.rootHash }, path),
        ).toBe(false);
    }
});

test("a path shows one leaf, one place and one tree", () => {
  const head = { treeSize: 13n, rootHash: small.root(13) };
  const path = small.path(5, 13);
  const hash = small.leafHash(5);
  const shows = (index: bigint, leafHash: Buffer, { treeSize, rootHash } = head) =>
    isIncluded({ index, leafHash }, path, { treeSize, rootHash });
  expect(shows(5n, hash)).toBe(true);
  const others = Array.from({ length: 40 }, (_, place) => BigInt(place - 12)).filter((index) => index !== 5n);
  expect(others.filter((index) => shows(index, hash))).toEqual([]);
  expect(shows(5n, small.leafHash(4))).toBe(false);
  expect(shows(5n, hash.subarray(0, 31))).toBe(false);
  expect(shows(5n, hash, { ...head, rootHash: small.root(12) })).toBe(false);
  expect(shows(5n, hash, { ...head, rootHash: Buffer.alloc(0) })).toBe(false);
  for (const treeSize of [-13n, 0n, 1n, 5n, 6n, 8n, 17n, 26n, 2n ** 70n])
    expect([treeSize, shows(5n, hash, { ...head, treeSize })]).toEqual([treeSize, false]);
});

test("bytes cannot be moved from a hash to its neighbour", () => {
  const head = { treeSize: 13n, rootHash: small.root(13) };
  const [leafHash, [sibling, ...above]] = [small.leafHash(4), small.path(4, 13)];
  const path = [Buffer.concat([leafHash.subarray(31), sibling]), ...above];
  expect(nodeHashOf(leafHash.subarray(0, 31), path[0])).toEqual(nodeHashOf(leafHash, sibling));
  expect(isIncluded({ index: 4n, leafHash: leafHash.subarray(0, 31) }, path, head)).toBe(false);
});

test("an index past the tree is none, even where its last bits are those of a leaf", () => {
  for (const size of sizes)
    for (let index = 0; index < size; index++) {
      const [leafHash, path, root] = [small.leafHash(index), small.path(index, size), small.root(size)];
      const taken = Array.from({ length: 48 }, (_, more) => BigInt(size + more)).filter(
        (past) =>
          isIncluded({ index: past, leafHash }, path, { treeSize: BigInt(size), rootHash: root }) ||
          treeChecks.isIncluded(past, leafHash, path, { size: BigInt(size), root }),
      );
      expect([index, size, taken]).toEqual([index, size, []]);
    }
});

test("no path leads from the empty tree, although one from its root may", () => {
  for (const size of sizes) {
    const path = small.path(0, size);
    const [from, to] = [0, size].map((n) => ({ treeSize: BigInt(n), rootHash: small.root(n === 0 ? 1 : n) }));
    expect(isConsistent(from, to, path)).toBe(false);
    const [first, second] = [from, to].map(({ treeSize, rootHash }) => ({ size: treeSize, root: rootHash }));
    expect(treeChecks.isConsistent(first, second, path)).toBe(false);
    expect(showsConsistency([0n, first.root], [second.size, second.root], path)).toBe(false);
  }
});

test("no path makes a tree continue a larger one", () => {
  for (const first of sizes)
    for (const second of sizes.filter((size) => size < first)) {
      const [from, to] = [first, second].map((size) => ({
        treeSize: BigInt(size),
        rootHash: small.root(size),
      }));
      const path = small.consistency(second, first);
      expect([path, path.slice(1), []].some((hashes) => isConsistent(from, to, hashes))).toBe(false);
    }
});

test("a root alone does not say how large its tree is: the signed checkpoint does", () => {
  const path = small.path(0, 3);
  const leaf = { index: 0n, leafHash: small.leafHash(0) };
  const rootHash = small.root(3);
  expect(isIncluded(leaf, path, { treeSize: 4n, rootHash })).toBe(true);
  expect(treeChecks.isIncluded(0n, leaf.leafHash, path, { size: 4n, root: rootHash })).toBe(true);
});

describe("no path is needed or taken between trees that are not one after the other", () => {
  const [one, two] = [small.root(2), small.root(3)];
  const proof = small.consistency(2, 3);
  const cases: [string, bigint, Buffer, bigint, Buffer, Buffer[], boolean][] = [
    ["nothing is the beginning of nothing", 0n, sha256(), 3n, two, [], false],
    ["not even with a path", 0n, sha256(), 3n, two, proof, false],
    ["nor of itself", 0n, sha256(), 0n, sha256(), [], false],
    ["a smaller tree does not continue a larger one", 3n, two, 2n, one, proof, false],
    ["a size below zero is none", -2n, one, 3n, two, proof, false],
    ["a tree continues itself", 3n, two, 3n, two, [], true],
    ["but not with a path", 3n, two, 3n, two, [two], false],
    ["and not with another root", 3n, two, 3n, one, [], false],
    ["nor do roots of other lengths", 3n, Buffer.alloc(0), 3n, Buffer.alloc(0), [], false],
    ["two sizes need a path", 2n, one, 3n, one, [], false],
    ["with the path it holds", 2n, one, 3n, two, proof, true],
  ];
  test.each(cases)("%s", (_, first, firstRoot, second, secondRoot, path, expected) => {
    const heads = [
      { treeSize: first, rootHash: firstRoot },
      { treeSize: second, rootHash: secondRoot },
    ] as const;
    expect(isConsistent(...heads, path)).toBe(expected);
    expect(showsConsistency([first, firstRoot], [second, secondRoot], path)).toBe(expected);
  });
});

test("what cannot be proved is not planned", () => {
  expect(() => planInclusion(3n, 3n)).toThrow("no leaf 3 in a tree of 3");
  expect(() => planInclusion(-1n, 3n)).toThrow("no leaf -1");
  expect(() => planConsistency(0n, 3n)).toThrow("no part of 0");
  expect(() => planConsistency(4n, 3n)).toThrow("a tree of 3 has no part of 4");
});
