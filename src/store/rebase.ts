import { Connection } from "./connection";
import { Entry, LogState, readLogState } from "./sealing";
import { Queryable } from "./queryable";

/** Everything that becomes a leaf is written to one of these. */
const sealedTables = ["decision", "policy_exception", "purge"];
const rebaseMilliseconds = 60_000;

/**
 * Lets the log go on in a database cluster that it does not know, in one transaction. Nobody writes
 * meanwhile, and what was written with numbers of transactions of another cluster is in the log afterwards.
 */
export async function inNewCluster<T>(
  connection: Connection,
  act: (state: LogState & { readonly lowWater: string }) => Promise<T>,
): Promise<T> {
  return connection.inTransaction(async () => {
    await connection.query(`set local lock_timeout = ${rebaseMilliseconds}`);
    await connection.query("select pg_advisory_xact_lock(7114, 1)");
    await connection.query(`lock table ${sealedTables.join(", ")} in share row exclusive mode`);
    const state = await readLogState(connection);
    if (state.lowWater !== null) throw new Error(knownCluster);
    const [{ low_water: lowWater }] = await connection.query<{ low_water: string }[]>(
      `insert into audit_cluster (cluster_id, low_water)
       values ($1, pg_current_xact_id())
       returning low_water::text`,
      [state.clusterId],
    );
    return act({ ...state, lowWater });
  });
}

export const knownCluster = "the log knows this database cluster: the sealer goes on without --rebase";

/** Whether the log has lived in this database cluster. */
export async function isClusterKnown(database: Queryable): Promise<boolean> {
  return (await readLogState(database)).lowWater !== null;
}

/**
 * All entries that are not in the log, in parts, while the transaction lasts. Numbers of transactions of
 * another cluster say nothing of their order: so they are ordered by time, which keeps that of every stream
 * and lets no time run back along the log.
 */
export async function* readUnsealed(transaction: Queryable, limit: number): AsyncGenerator<readonly Entry[]> {
  await transaction.query(
    `declare unsealed no scroll cursor for
     select a.source, a.entry_id, a.leaf_hash
       from audit_source a
       left join decision d on a.source = 'decision' and d.id = a.entry_id
       left join policy_exception e on a.source = 'policy_exception' and e.id = a.entry_id
       left join purge p on a.source = 'purge' and p.id = a.entry_id
      where not exists (select from audit_leaf l where l.entry_id = a.entry_id)
      order by coalesce(d.decided_at, e.declared_at, p.purged_at), a.ordinal, a.source, a.entry_id`,
  );
  for (;;) {
    const rows = await transaction.query<{ source: string; entry_id: string; leaf_hash: Buffer }[]>(
      `fetch ${limit} from unsealed`,
    );
    if (rows.length === 0) return;
    yield rows.map(({ source, entry_id: entryId, leaf_hash: leafHash }) => ({ source, entryId, leafHash }));
  }
}
