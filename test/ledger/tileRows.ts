import { nameOfTile, edgeOf, FilledTile, grow, Grown, Tile, Tiles } from "../../src/ledger/tiles";

/** Keeps what the log's tables keep, leaf hashes and full tiles, and answers from nothing else. */
export class TileRows {
  private readonly leafHashes: Buffer[] = [];
  private readonly full = new Map<string, FilledTile>();
  head: Pick<Grown, "treeSize" | "rootHash"> | undefined;

  /** Adds leaves the way the sealer does: the edge from rows, then the new rows. */
  seal(leafHashes: readonly Buffer[]): void {
    const treeSize = BigInt(this.leafHashes.length);
    const grown = grow(treeSize, this.tiles(edgeOf(treeSize)), leafHashes);
    this.leafHashes.push(...leafHashes);
    for (const tile of grown.filled) {
      if (this.full.has(`${tile.level}/${tile.index}`)) throw new Error("a tile was filled twice");
      this.full.set(`${tile.level}/${tile.index}`, tile);
    }
    this.head = grown;
  }

  tiles(tiles: readonly Tile[]): Tiles {
    return new Map(tiles.map((tile) => [nameOfTile(tile), this.read(tile)]));
  }

  private read({ level, index, width }: Tile): Buffer {
    if (width === 256) return this.row(level, index).hashes;
    const from = Number(index) * 256;
    if (level === 0) return Buffer.concat(this.leafHashes.slice(from, from + width));
    const below = Array.from({ length: width }, (_, place) => this.row(level - 1, BigInt(from + place)).root);
    return Buffer.concat(below);
  }

  private row(level: number, index: bigint): FilledTile {
    const row = this.full.get(`${level}/${index}`);
    if (!row) throw new Error(`no row ${level}/${index}`);
    return row;
  }
}
