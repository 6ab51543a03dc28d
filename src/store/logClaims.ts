import { Queryable } from "./queryable";

/* Reads, for the check of the log, of what is stored of its tree: tiles, heads and signed notes. */

/** A tile as it is stored. */
export interface StoredTile {
  readonly hashes: Buffer;
  readonly root: Buffer;
}

/** The stored tiles of a level from an index on, by their indexes. */
export async function readStoredTiles(
  database: Queryable,
  level: number,
  from: bigint,
  count: number,
): Promise<Map<bigint, StoredTile>> {
  const rows = await database.query<(StoredTile & { idx: string })[]>(
    "select idx, hashes, root from audit_tile where level = $1 and idx >= $2 and idx < $2::bigint + $3",
    [level, String(from), count],
  );
  return new Map(rows.map(({ idx, hashes, root }) => [BigInt(idx), { hashes, root }]));
}

/** The names of stored tiles that a tree of a size does not have full. */
export async function readTilesBeyond(
  database: Queryable,
  treeSize: bigint,
): Promise<{ level: number; idx: string }[]> {
  return database.query(
    `select level, idx
       from audit_tile
      where level not between 0 and 6 or idx < 0 or idx >= $1::bigint >> (8 * (level + 1))
      order by level, idx`,
    [String(treeSize)],
  );
}

/** What a row says of the tree of a size. */
export interface StoredHead {
  readonly treeSize: bigint;
  readonly root: Buffer;
}

/** Sizes above one, and up to another where it is given; the first so many, or all. */
export interface Sizes {
  readonly above: bigint;
  readonly upTo?: bigint;
  readonly limit?: number;
}

/** The heads of the sizes, in their order. */
export async function readHeads(database: Queryable, sizes: Sizes): Promise<StoredHead[]> {
  const rows = await database.query<{ tree_size: string; root: Buffer }[]>(
    `select tree_size, root
       from audit_head
      where tree_size > $1 and ($2::bigint is null or tree_size <= $2)
      order by tree_size
      limit $3`,
    parametersOf(sizes),
  );
  return rows.map(({ tree_size: treeSize, root }) => ({ treeSize: BigInt(treeSize), root }));
}

/** How many heads and notes there are of sizes above one, and the newest head of all, or 0. */
export async function readEnd(
  database: Queryable,
  above: bigint,
): Promise<{ headsBeyond: number; notesBeyond: number; newestHead: bigint }> {
  const [{ newest, ...beyond }] = await database.query<
    { newest: string; headsBeyond: number; notesBeyond: number }[]
  >(
    `select coalesce(max(tree_size), 0) as newest,
            (count(*) filter (where tree_size > $1))::integer as "headsBeyond",
            (select count(*)::integer from audit_checkpoint where tree_size > $1) as "notesBeyond"
       from audit_head`,
    [String(above)],
  );
  return { ...beyond, newestHead: BigInt(newest) };
}

/** A note as it is stored. */
export interface StoredNote {
  readonly treeSize: bigint;
  readonly keyId: string;
  readonly note: string;
  /** Old enough to be in the checkpoint folder. */
  readonly isDue: boolean;
}

/** The notes of sizes above one and up to another, in their order. */
export async function readNotes(
  database: Queryable,
  { above, upTo, limit }: Sizes,
  dueBefore: Date,
): Promise<StoredNote[]> {
  const rows = await database.query<(Omit<StoredNote, "treeSize"> & { tree_size: string })[]>(
    `select tree_size, key_id as "keyId", note,
            at < $4::timestamptz as "isDue"
       from audit_checkpoint
      where tree_size > $1 and ($2::bigint is null or tree_size <= $2)
      order by tree_size, key_id
      limit $3`,
    [...parametersOf({ above, upTo, limit }), dueBefore],
  );
  return rows.map(({ tree_size: treeSize, ...note }) => ({ ...note, treeSize: BigInt(treeSize) }));
}

function parametersOf({ above, upTo, limit }: Sizes): unknown[] {
  return [String(above), upTo === undefined ? null : String(upTo), limit ?? null];
}
