import { fullWidth, nameOfTile, Tile, Tiles } from "../ledger/tiles";
import { Queryable } from "./queryable";

/** The tiles of the log by their names. A narrow one is read from what it is made of: leaves or tiles. */
export async function readTiles(queryable: Queryable, tiles: readonly Tile[]): Promise<Tiles> {
  const full = tiles.filter(({ width }) => width === fullWidth);
  const hashes = new Map(await readFullTiles(queryable, full));
  for (const tile of tiles)
    if (tile.width < fullWidth) hashes.set(nameOfTile(tile), await readNarrowTile(queryable, tile));
  return hashes;
}

async function readFullTiles(
  queryable: Queryable,
  tiles: readonly Tile[],
): Promise<(readonly [name: string, hashes: Buffer])[]> {
  if (tiles.length === 0) return [];
  const rows = await queryable.query<{ level: number; idx: string; hashes: Buffer }[]>(
    `select t.level, t.idx, t.hashes
       from unnest($1::smallint[], $2::bigint[]) as asked (level, idx)
       join audit_tile t on t.level = asked.level and t.idx = asked.idx`,
    [tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
  );
  return rows.map(({ level, idx, hashes }) => {
    return [nameOfTile({ level, index: BigInt(idx), width: fullWidth }), hashes];
  });
}

const leaves = `
select coalesce(string_agg(leaf_hash, ''::bytea order by leaf_index), '') as hashes
  from audit_leaf where leaf_index >= $1 and leaf_index < $2`;

const tilesBelow = `
select coalesce(string_agg(root, ''::bytea order by idx), '') as hashes
  from audit_tile where level = $3 and idx >= $1 and idx < $2`;

async function readNarrowTile(queryable: Queryable, { level, index, width }: Tile): Promise<Buffer> {
  const first = index * BigInt(fullWidth);
  const range = [first, first + BigInt(width)];
  const [row] = await (level === 0
    ? queryable.query<{ hashes: Buffer }[]>(leaves, range)
    : queryable.query<{ hashes: Buffer }[]>(tilesBelow, [...range, level - 1]));
  return row.hashes;
}
