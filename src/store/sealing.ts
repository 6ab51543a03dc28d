import { FilledTile } from "../ledger/tiles";
import { TreeHead } from "../ledger/merkle";
import { Queryable } from "./queryable";

/* The statements of the sealer: all of a pass are in one transaction. */

/** What is given a place in the log. */
export interface Entry {
  readonly source: string;
  readonly entryId: string;
  readonly leafHash: Buffer;
}

/** An entry that has none yet, and the transaction that wrote it. */
export interface WaitingEntry extends Entry {
  readonly xact: string;
}

/** How far the log has come. */
export interface LogState {
  readonly clusterId: string;
  readonly treeSize: bigint;
  /** Null: the log does not know this cluster, whose numbers of transactions are other ones. */
  readonly lowWater: string | null;
}

/** What is done by one process at a time: letting the log grow, and signing it. */
export type SealerLock = "grow" | "sign";
const lockNumbers: Readonly<Record<SealerLock, number>> = { grow: 1, sign: 2 };

/** A process that is frozen, or hangs at a file, keeps the lock no longer. */
const mostIdle = "10s";

/** Takes the lock until the end of the transaction; false where another process has it. */
export async function tryLock(queryable: Queryable, lock: SealerLock): Promise<boolean> {
  const [{ taken }] = await queryable.query<{ taken: boolean }[]>(
    `select pg_try_advisory_xact_lock(7114, $1) as taken,
            set_config('idle_in_transaction_session_timeout', $2, true)`,
    [lockNumbers[lock], mostIdle],
  );
  return taken;
}

export async function readLogState(queryable: Queryable): Promise<LogState> {
  const [row] = await queryable.query<{ cluster_id: string; tree_size: string; low_water: string | null }[]>(
    `select c.cluster_id, coalesce(h.tree_size, 0) as tree_size,
            case when h.cluster_id = c.cluster_id then h.low_water else k.low_water end as low_water
       from (select system_identifier as cluster_id from pg_control_system()) c
       left join audit_cluster k on k.cluster_id = c.cluster_id
       left join lateral (select * from audit_head order by tree_size desc limit 1) h on true`,
  );
  return { clusterId: row.cluster_id, treeSize: BigInt(row.tree_size), lowWater: row.low_water };
}

/** The tables whose rows become leaves: what orders the rows of a transaction, and when each was written. */
const sources = [
  { table: "decision", ordinal: "member_sequence", at: "decided_at" },
  { table: "policy_exception", ordinal: "sequence", at: "declared_at" },
  { table: "purge", ordinal: "sequence", at: "purged_at" },
] as const;

/** What waits in each table, in the order of the index. */
const waitingStatement = `
select source, entry_id, leaf_hash, xact::text as xact_text
  from (${sources
    .map(
      ({ table, ordinal }) => `
    (select '${table}' as source, e.id as entry_id, e.leaf_hash, e.xact, e.${ordinal} as ordinal
       from ${table} e
      where e.xact >= $1::xid8 and e.xact < pg_snapshot_xmin(pg_current_snapshot())
        and not exists (select from audit_leaf l where l.entry_id = e.id)
      order by e.xact, e.${ordinal}, e.id
      limit $2)`,
    )
    .join(" union all ")}) waiting
 order by xact, source, ordinal, entry_id
 limit $2`;

/**
 * Until the end of the transaction every row is found by an index, in its order. The planner, whose
 * statistics are always of yesterday, would now and then read the whole log, or sort all that waits, at each
 * pass.
 */
async function walkByIndexes(queryable: Queryable): Promise<void> {
  const others = ["seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"].map((way) => `enable_${way}`);
  const settings = [...others, "jit"].map((setting) => `set_config('${setting}', 'off', true)`);
  await queryable.query(`select ${settings.join(", ")}`);
}

/**
 * The next entries of the log. Only what transactions wrote that began before every one that still runs:
 * behind it nothing can appear any more, while a later commit can hold an earlier time, id or number. Needs a
 * transaction.
 */
export async function readWaiting(
  queryable: Queryable,
  lowWater: string,
  limit: number,
): Promise<WaitingEntry[]> {
  await walkByIndexes(queryable);
  const rows = await queryable.query<
    { source: string; entry_id: string; leaf_hash: Buffer; xact_text: string }[]
  >(waitingStatement, [lowWater, limit]);
  return rows.map(({ source, entry_id: entryId, leaf_hash: leafHash, xact_text: xact }) => {
    return { source, entryId, leafHash, xact };
  });
}

export async function appendLeaves(
  queryable: Queryable,
  treeSize: bigint,
  entries: readonly Entry[],
): Promise<void> {
  await queryable.query(
    `insert into audit_leaf (leaf_index, entry_id, source, leaf_hash)
     select $1::bigint + place - 1, entry_id, source, leaf_hash
       from unnest($2::uuid[], $3::text[], $4::bytea[]) with ordinality
         as entry (entry_id, source, leaf_hash, place)`,
    [
      treeSize,
      entries.map(({ entryId }) => entryId),
      entries.map(({ source }) => source),
      entries.map(({ leafHash }) => leafHash),
    ],
  );
}

export async function appendTiles(queryable: Queryable, tiles: readonly FilledTile[]): Promise<void> {
  if (tiles.length === 0) return;
  await queryable.query(
    `insert into audit_tile (level, idx, hashes, root)
     select * from unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bytea[])`,
    [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ hashes }) => hashes),
      tiles.map(({ root }) => root),
    ],
  );
}

export async function appendHead(
  queryable: Queryable,
  { treeSize, rootHash }: TreeHead,
  clusterId: string,
  lowWater: string,
): Promise<void> {
  await queryable.query(
    "insert into audit_head (tree_size, root, cluster_id, low_water) values ($1, $2, $3, $4::xid8)",
    [treeSize, rootHash, clusterId, lowWater],
  );
}

/** Rows that were restored from another cluster may seem to come from the future: they are sealed. */
const oldestStatement = `
select extract(epoch from clock_timestamp() - min(at))::double precision as seconds
  from (${sources
    .map(
      ({ table, at }) => `
    (select e.${at} as at
       from ${table} e
      where e.xact >= $1::xid8 and e.xact < pg_snapshot_xmax(pg_current_snapshot())
        and not exists (select from audit_leaf l where l.entry_id = e.id)
      order by e.xact
      limit 1)`,
    )
    .join(" union all ")}) waiting`;

/**
 * For how many seconds the entry has been there that was written first of those that are not sealed;
 * undefined where all are, or the log does not know the cluster. Needs a transaction.
 */
export async function readOldestWaiting(queryable: Queryable): Promise<number | undefined> {
  const { lowWater } = await readLogState(queryable);
  if (lowWater === null) return undefined;
  await walkByIndexes(queryable);
  const [{ seconds }] = await queryable.query<{ seconds: number | null }[]>(oldestStatement, [lowWater]);
  return seconds ?? undefined;
}
