import { nodeHashOf, rootOf, rootOfNeighbours } from "../../ledger/merkle";
import { FilledTile, fullWidth } from "../../ledger/tiles";

/** A complete subtree at the right edge. */
interface EdgeSubtree {
  readonly level: number;
  readonly hash: Buffer;
}

/**
 * A tree that is let grow leaf by leaf, to compute its root at any size and each tile that becomes full. It
 * holds the edge alone: the complete subtrees that the tree consists of, and the hashes of tiles not full.
 */
export interface GrowingTree {
  size: bigint;
  readonly edge: EdgeSubtree[];
  /** By the level of the tile. */
  readonly narrowTiles: Buffer[][];
}

/** Levels of the tree in one level of tiles. */
const levelsOfTile = 8;

export function emptyTree(): GrowingTree {
  return { size: 0n, edge: [], narrowTiles: [] };
}

/** A tree of a size from the hashes of its tiles that are not full, by their level. */
export function treeFrom(size: bigint, narrowTiles: readonly (readonly Buffer[])[]): GrowingTree {
  const tree: GrowingTree = { size, edge: [], narrowTiles: narrowTiles.map((hashes) => [...hashes]) };
  for (let tileLevel = narrowTiles.length - 1; tileLevel >= 0; tileLevel--) {
    const hashes = narrowTiles[tileLevel];
    let from = 0;
    for (let level = levelsOfTile - 1; level >= 0; level--) {
      const width = 2 ** level;
      if ((hashes.length & width) === 0) continue;
      const hash = rootOf(hashes.slice(from, from + width));
      tree.edge.push({ level: tileLevel * levelsOfTile + level, hash });
      from += width;
    }
  }
  return tree;
}

/** Adds a leaf, and tells each tile that it makes full. */
export function addLeaf(tree: GrowingTree, leafHash: Buffer, onFull: (tile: FilledTile) => void): void {
  tree.size += 1n;
  keep(tree, 0, leafHash, onFull);
  let subtree: EdgeSubtree = { level: 0, hash: leafHash };
  for (let left = tree.edge.at(-1); left?.level === subtree.level; left = tree.edge.at(-1)) {
    tree.edge.pop();
    subtree = { level: subtree.level + 1, hash: nodeHashOf(left.hash, subtree.hash) };
    if (subtree.level % levelsOfTile === 0) keep(tree, subtree.level / levelsOfTile, subtree.hash, onFull);
  }
  tree.edge.push(subtree);
}

/** A hash of a tile's level is also the root of the tile below, if that was full with it. */
function keep(tree: GrowingTree, level: number, hash: Buffer, onFull: (tile: FilledTile) => void): void {
  const below = tree.narrowTiles.at(level - 1);
  if (level > 0 && below?.length === fullWidth) {
    const index = (tree.size >> BigInt(level * levelsOfTile)) - 1n;
    onFull({ level: level - 1, index, hashes: Buffer.concat(below), root: hash });
    below.length = 0;
  }
  tree.narrowTiles[level] ??= [];
  tree.narrowTiles[level].push(hash);
}

export function rootOfTree({ edge }: GrowingTree): Buffer {
  return rootOfNeighbours(edge.map(({ hash }) => hash));
}
