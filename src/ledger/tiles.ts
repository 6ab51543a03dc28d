import { hashLength, Plan, planRoot, rootOf, rootOfNeighbours, Subtree, TreeHead } from "./merkle";

/**
 * Hashes of a tree as they are kept: the roots of neighbouring complete subtrees of 256^level leaves, the
 * first of which is number 256 · index. A tile is full at 256 of them; what a tree has of its last tile at a
 * level is the edge.
 */
export interface Tile {
  readonly level: number;
  readonly index: bigint;
  /** How many hashes, from 1 to 256. */
  readonly width: number;
}

/** The hashes of tiles, one after the other, by the names of the tiles. */
export type Tiles = ReadonlyMap<string, Buffer>;

/** A tile that became full, and its own root: a hash of the level above. */
export interface FilledTile {
  readonly level: number;
  readonly index: bigint;
  readonly hashes: Buffer;
  readonly root: Buffer;
}

/** What a tree has become by new leaves. */
export interface Grown extends TreeHead {
  /** From the lowest level up, and by index. */
  readonly filled: readonly FilledTile[];
  /** The new edge, so that more can follow. */
  readonly edge: Tiles;
}

export const fullWidth = 256;
const bitsOfLevel = 8;

export function nameOfTile({ level, index, width }: Tile): string {
  return width === fullWidth ? `${level}/${index}` : `${level}/${index}.p/${width}`;
}

/** The tiles that the plans need, each once. */
export function tilesOf(...plans: readonly Plan[]): Tile[] {
  const tiles = new Map<string, Tile>();
  for (const { hashes, treeSize } of plans)
    for (const subtree of hashes.flat()) {
      const { tile } = placeOf(subtree, treeSize);
      tiles.set(nameOfTile(tile), tile);
    }
  return [...tiles.values()];
}

/** The hashes that were planned, computed from the tiles needed. */
export function hashesOf({ hashes, treeSize }: Plan, tiles: Tiles): Buffer[] {
  return hashes.map((subtrees) => {
    return rootOfNeighbours(subtrees.map((subtree) => hashOf(subtree, treeSize, tiles)));
  });
}

/** The tiles of a tree that are not full, from the lowest level up: all that is needed to let it grow. */
export function edgeOf(treeSize: bigint): Tile[] {
  const edge: Tile[] = [];
  for (let level = 0, hashes = treeSize; hashes > 0n; level++, hashes >>= BigInt(bitsOfLevel)) {
    const width = Number(hashes % BigInt(fullWidth));
    if (width > 0) edge.push({ level, index: hashes / BigInt(fullWidth), width });
  }
  return edge;
}

/** Lets a tree of a size, of which the edge is known, grow by the leaf hashes. */
export function grow(treeSize: bigint, edge: Tiles, leafHashes: readonly Buffer[]): Grown {
  const filled: FilledTile[] = [];
  const grownEdge = new Map<string, Buffer>();
  let added = leafHashes;
  for (let level = 0, before = treeSize; before > 0n || added.length > 0; level++) {
    const width = Number(before % BigInt(fullWidth));
    const index = before / BigInt(fullWidth);
    const kept = width > 0 ? split(bytesOf({ level, index, width }, edge)) : [];
    const row = [...kept, ...added];
    const full = Math.floor(row.length / fullWidth);
    const filledHere = Array.from({ length: full }, (_, place) => {
      const hashes = row.slice(place * fullWidth, (place + 1) * fullWidth);
      return { level, index: index + BigInt(place), hashes: Buffer.concat(hashes), root: rootOf(hashes) };
    });
    const rest = row.slice(full * fullWidth);
    const restTile = { level, index: index + BigInt(full), width: rest.length };
    if (rest.length > 0) grownEdge.set(nameOfTile(restTile), Buffer.concat(rest));
    filled.push(...filledHere);
    added = filledHere.map(({ root }) => root);
    before = index;
  }
  const grownSize = treeSize + BigInt(leafHashes.length);
  return { treeSize: grownSize, rootHash: rootFromEdge(grownSize, grownEdge), filled, edge: grownEdge };
}

/** The root of a tree from its edge alone. */
export function rootFromEdge(treeSize: bigint, edge: Tiles): Buffer {
  const [rootHash] = hashesOf(planRoot(treeSize), edge);
  return rootHash;
}

/** Where a complete subtree's hash follows from: so many hashes of a tile, from one of them on. */
interface PlaceInTile {
  readonly tile: Tile;
  readonly first: number;
  readonly count: number;
}

function placeOf({ level, index }: Subtree, treeSize: bigint): PlaceInTile {
  const tileLevel = Math.floor(level / bitsOfLevel);
  const count = 1 << level % bitsOfLevel;
  const first = index * BigInt(count);
  const tileIndex = first / BigInt(fullWidth);
  const hashesInTree = treeSize >> BigInt(tileLevel * bitsOfLevel);
  const width = smallerOf(hashesInTree - tileIndex * BigInt(fullWidth), fullWidth);
  return {
    tile: { level: tileLevel, index: tileIndex, width },
    first: Number(first % BigInt(fullWidth)),
    count,
  };
}

function smallerOf(left: bigint, right: number): number {
  return left < BigInt(right) ? Number(left) : right;
}

function hashOf(subtree: Subtree, treeSize: bigint, tiles: Tiles): Buffer {
  const { tile, first, count } = placeOf(subtree, treeSize);
  return rootOf(split(bytesOf(tile, tiles).subarray(first * hashLength, (first + count) * hashLength)));
}

function bytesOf(tile: Tile, tiles: Tiles): Buffer {
  const bytes = tiles.get(nameOfTile(tile));
  if (bytes?.length === tile.width * hashLength) return bytes;
  throw new Error(`tile ${nameOfTile(tile)} is missing, or has not ${tile.width} hashes`);
}

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / hashLength }, (_, place) =>
    bytes.subarray(place * hashLength, (place + 1) * hashLength),
  );
}
