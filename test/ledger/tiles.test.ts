import { leafHashOf } from "../../src/ledger/leaf";
import { planInclusion, planRoot } from "../../src/ledger/merkle";
import { edgeOf, grow, hashesOf, nameOfTile, rootFromEdge, tilesOf } from "../../src/ledger/tiles";
import { leavesOf } from "./textbookTree";

test("leaves sealed one by one or many at once make the same tiles and the same root", () => {
  const leafHashes = leavesOf("batches", 530).map(leafHashOf);
  const sealedBy = (batch: number) => {
    const filled = [];
    let grown = grow(0n, new Map(), []);
    for (let from = 0; from < leafHashes.length; from += batch) {
      grown = grow(grown.treeSize, grown.edge, leafHashes.slice(from, from + batch));
      filled.push(...grown.filled);
    }
    return { ...grown, filled };
  };
  const atOnce = sealedBy(leafHashes.length);
  expect(atOnce.filled.map(({ level, index }) => `${level}/${index}`)).toEqual(["0/0", "0/1"]);
  for (const { index, hashes } of atOnce.filled) {
    const from = Number(index) * 256;
    expect(hashes).toEqual(Buffer.concat(leafHashes.slice(from, from + 256)));
  }
  for (const batch of [1, 255, 256, 257, 500]) expect(sealedBy(batch)).toEqual(atOnce);
});

test("a tile of the level above is filled by the roots of 256 tiles", () => {
  const leafHash = leafHashOf(Buffer.from("many"));
  const grown = grow(
    0n,
    new Map(),
    Array.from({ length: 65_536 + 300 }, () => leafHash),
  );
  const above = grown.filled.filter(({ level }) => level === 1);
  expect(above.map(({ index, hashes }) => [index, hashes.length])).toEqual([[0n, 8_192]]);
  expect(above[0].hashes.subarray(-32)).toEqual(grown.filled[255].root);
  expect([...grown.edge.keys()]).toEqual(["0/257.p/44", "1/1.p/1", "2/0.p/1"]);
  expect(rootFromEdge(grown.treeSize, grown.edge)).toEqual(grown.rootHash);
});

test("the edge of a tree is all that its root follows from", () => {
  for (const treeSize of [0n, 1n, 255n, 256n, 257n, 65_536n, 65_537n, 2n ** 63n - 1n])
    expect(edgeOf(treeSize)).toEqual(tilesOf(planRoot(treeSize)).toReversed());
  expect(edgeOf(256n)).toEqual([{ level: 1, index: 0n, width: 1 }]);
  expect(edgeOf(2n ** 32n + 65_536n * 7n + 3n)).toEqual([
    { level: 0, index: 2n ** 24n + 7n * 256n, width: 3 },
    { level: 2, index: 256n, width: 7 },
    { level: 4, index: 0n, width: 1 },
  ]);
});

test("a proof in a tree of a million needs five tiles, at each level one and the edge", () => {
  const tiles = tilesOf(planInclusion(123_456n, 1_000_000n)).map(nameOfTile);
  expect(tiles.sort()).toEqual(["0/3906.p/64", "0/482", "1/1", "1/15.p/66", "2/0.p/15"]);
});

test("proofs in one tree share their tiles", () => {
  const plans = [3n, 4n, 5n].map((index) => planInclusion(index, 300n));
  expect(tilesOf(...plans)).toHaveLength(2);
});

test("a tile that is missing or has lost a hash is an error, not another root", () => {
  const plan = planInclusion(1n, 3n);
  expect(() => hashesOf(plan, new Map())).toThrow("tile 0/0.p/3 is missing");
  expect(() => hashesOf(plan, new Map([["0/0.p/3", Buffer.alloc(64)]]))).toThrow("has not 3 hashes");
  expect(() => grow(3n, new Map(), [])).toThrow("tile 0/0.p/3 is missing");
});
