import { createHash } from "node:crypto";
import { addLeaf, emptyTree, rootOfTree, treeFrom } from "../../src/commands/verify/growingTree";
import { hashLength, rootOf } from "../../src/ledger/merkle";
import { edgeOf, FilledTile, grow, nameOfTile } from "../../src/ledger/tiles";
import { TileRows } from "../ledger/tileRows";

const leafHashes = Array.from({ length: 65_536 + 700 }, (_, place) =>
  createHash("sha256").update(String(place)).digest(),
);

/** The tree of so many leaves, and the tiles that became full. */
function grownTo(size: number, tree = emptyTree()) {
  const full: FilledTile[] = [];
  for (const leafHash of leafHashes.slice(Number(tree.size), size))
    addLeaf(tree, leafHash, (tile) => full.push(tile));
  return { tree, full };
}

const inOrder = (tiles: readonly FilledTile[]) =>
  [...tiles].sort((one, other) => one.level - other.level || Number(one.index - other.index));

test.each([0, 1, 2, 3, 255, 256, 257, 511, 512, 4_097])("the root of %i leaves is right", (size) => {
  expect(rootOfTree(grownTo(size).tree)).toEqual(rootOf(leafHashes.slice(0, size)));
});

test("a tree that grows leaf by leaf has the root and the tiles of all levels that it is sealed with", () => {
  const sealed = grow(0n, new Map(), leafHashes);
  const { tree, full } = grownTo(leafHashes.length);
  expect(rootOfTree(tree)).toEqual(sealed.rootHash);
  expect(full.map(({ level }) => level)).toContain(1);
  expect(inOrder(full)).toEqual(inOrder(sealed.filled));
});

test.each([1n, 255n, 256n, 700n, 65_535n, 65_536n, 65_792n, 66_000n])(
  "a tree goes on from the tiles of %i leaves as if it had begun with none",
  (size) => {
    const rows = new TileRows();
    rows.seal(leafHashes.slice(0, Number(size)));
    const edge = edgeOf(size);
    const tiles = rows.tiles(edge);
    const narrow: Buffer[][] = [[], [], []];
    for (const tile of edge) {
      const bytes = tiles.get(nameOfTile(tile)) ?? Buffer.alloc(0);
      for (let at = 0; at < bytes.length; at += hashLength)
        narrow[tile.level].push(bytes.subarray(at, at + hashLength));
    }
    const begun = treeFrom(size, narrow);
    expect(rootOfTree(begun)).toEqual(rows.head?.rootHash);
    const { tree, full } = grownTo(leafHashes.length, begun);
    const sealed = grow(size, tiles, leafHashes.slice(Number(size)));
    expect(rootOfTree(tree)).toEqual(sealed.rootHash);
    expect(inOrder(full)).toEqual(inOrder(sealed.filled));
  },
);
