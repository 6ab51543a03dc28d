import { Instant } from "../claim/instant";
import { TreeHead } from "../ledger/merkle";
import { instantText } from "./instantText";
import { Queryable } from "./queryable";

/** A head that was signed, with a note of each key that did. */
export interface SignedHead extends TreeHead {
  readonly notes: readonly string[];
  readonly at: Instant;
}

interface HeadRow {
  readonly tree_size: string;
  readonly root: Buffer;
}

interface SignedRow extends HeadRow {
  readonly notes: string[];
  readonly at: Instant;
}

/** What the tree is now; undefined while it is empty. */
export async function readNewestHead(queryable: Queryable): Promise<TreeHead | undefined> {
  const rows = await queryable.query<HeadRow[]>(
    "select tree_size, root from audit_head order by tree_size desc limit 1",
  );
  return rows.map(headOf).at(0);
}

/**
 * How many entries the log has, and for how many seconds its newest checkpoint has been signed; undefined
 * where there is none.
 */
export async function readLogSize(
  queryable: Queryable,
): Promise<{ treeSize: bigint; checkpointAgeSeconds?: number }> {
  const [{ size, seconds }] = await queryable.query<{ size: string; seconds: number | null }[]>(
    `select (select coalesce(max(tree_size), 0) from audit_head) as size,
            (select extract(epoch from clock_timestamp() - min(at))::double precision
               from audit_checkpoint
              where tree_size = (select max(tree_size) from audit_checkpoint)) as seconds`,
  );
  return { treeSize: BigInt(size), checkpointAgeSeconds: seconds ?? undefined };
}

/** Stores a signed note, once for each key. */
export async function storeCheckpoint(
  queryable: Queryable,
  { treeSize, keyId, note }: { readonly treeSize: bigint; readonly keyId: string; readonly note: string },
): Promise<void> {
  await queryable.query(
    `insert into audit_checkpoint (tree_size, key_id, note) values ($1, $2, $3)
     on conflict (tree_size, key_id) do nothing`,
    [treeSize, keyId, note],
  );
}

const columns = `
h.tree_size, h.root, array_agg(c.note order by c.at, c.key_id) as notes,
${instantText("min(c.at)")} as at`;

/** The signed head of a size; without one the newest. Undefined where there is none. */
export async function readSignedHead(
  queryable: Queryable,
  treeSize?: bigint,
): Promise<SignedHead | undefined> {
  const rows = await queryable.query<SignedRow[]>(
    `select ${columns}
       from audit_checkpoint c
       join audit_head h on h.tree_size = c.tree_size
      where c.tree_size = coalesce($1, (select max(tree_size) from audit_checkpoint))
      group by h.tree_size`,
    [treeSize ?? null],
  );
  return rows.map(signedHeadOf).at(0);
}

/** The next heads of larger trees that any of the keys signed, the smallest first, with what they signed. */
export async function readSignedHeadsAfter(
  queryable: Queryable,
  treeSize: bigint,
  keyIds: readonly string[],
  limit: number,
): Promise<SignedHead[]> {
  const rows = await queryable.query<SignedRow[]>(
    `select ${columns}
       from (select distinct tree_size
               from audit_checkpoint
              where tree_size > $1 and key_id = any ($2::text[])
              order by tree_size
              limit $3) s
       join audit_head h on h.tree_size = s.tree_size
       join audit_checkpoint c on c.tree_size = s.tree_size and c.key_id = any ($2::text[])
      group by h.tree_size
      order by h.tree_size`,
    [treeSize, keyIds, limit],
  );
  return rows.map(signedHeadOf);
}

function headOf({ tree_size: treeSize, root: rootHash }: HeadRow): TreeHead {
  return { treeSize: BigInt(treeSize), rootHash };
}

function signedHeadOf(row: SignedRow): SignedHead {
  return { ...headOf(row), notes: row.notes, at: row.at };
}
