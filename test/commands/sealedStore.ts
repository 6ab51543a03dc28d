import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signCheckpoint } from "../../src/ledger/checkpoint";
import { TreeHead } from "../../src/ledger/merkle";
import { receiptKeyName } from "../../src/ledger/receipt";
import { edgeOf, FilledTile, grow } from "../../src/ledger/tiles";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import { Queryable } from "../../src/store/queryable";
import { readTiles } from "../../src/store/tiles";
import { keyFrom, logKey, origin } from "../ledger/logKeys";

/** What signs the receipts of the tests. */
export const receiptKey = keyFrom(50, receiptKeyName(origin));

/** What a person would hand over who trusts the keys of the tests. */
export const trustedKeys = [logKey, receiptKey].map(({ signer }) => verifierKeyText(signer.key));

/** Everything that waits, in the order of the sealer. */
const waiting = `
select a.source, a.entry_id, a.leaf_hash
  from audit_source a
 where not exists (select from audit_leaf l where l.entry_id = a.entry_id)
 order by a.xact, a.source, a.ordinal, a.entry_id
 limit $1`;

/** Seals what waits by the pure functions of the log, as passes of so many entries. Answers the last head. */
export async function seal(database: Queryable, entriesOfPass = 4_096): Promise<TreeHead | undefined> {
  let head: TreeHead | undefined;
  for (;;) {
    const entries = await database.query<{ source: string; entry_id: string; leaf_hash: Buffer }[]>(waiting, [
      entriesOfPass,
    ]);
    if (entries.length === 0) return head;
    const [{ size }] = await database.query<{ size: string }[]>("select count(*) as size from audit_leaf");
    const treeSize = BigInt(size);
    const grown = grow(
      treeSize,
      await readTiles(database, edgeOf(treeSize)),
      entries.map((entry) => entry.leaf_hash),
    );
    await database.query(
      `insert into audit_leaf (leaf_index, entry_id, source, leaf_hash)
       select $1::bigint + o - 1, e, s, h
         from unnest($2::uuid[], $3::text[], $4::bytea[]) with ordinality t (e, s, h, o)`,
      [
        size,
        entries.map((entry) => entry.entry_id),
        entries.map(({ source }) => source),
        entries.map((entry) => entry.leaf_hash),
      ],
    );
    await storeTiles(database, grown.filled);
    await storeHead(database, grown);
    head = grown;
  }
}

export async function storeTiles(database: Queryable, filled: readonly FilledTile[]): Promise<void> {
  for (const { level, index, hashes, root } of filled)
    await database.query("insert into audit_tile values ($1, $2, $3, $4)", [level, index, hashes, root]);
}

export async function storeHead(database: Queryable, { treeSize, rootHash }: TreeHead): Promise<void> {
  await database.query(
    `insert into audit_head (tree_size, root, cluster_id, low_water)
     select $1, $2, system_identifier, pg_current_xact_id() from pg_control_system()`,
    [treeSize, rootHash],
  );
}

/** Signs a head with the key of the tests, stores the note and publishes it. */
export async function sign(database: Queryable, head: TreeHead, folder: string): Promise<string> {
  const note = noteOf(head);
  await storeNote(database, head.treeSize, note);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${head.treeSize}.checkpoint`), note);
  return note;
}

export function noteOf({ treeSize, rootHash }: TreeHead): string {
  return signCheckpoint({ origin, treeSize, rootHash }, [logKey.signer]);
}

export async function storeNote(database: Queryable, treeSize: bigint, note: string): Promise<void> {
  await database.query("insert into audit_checkpoint (tree_size, key_id, note) values ($1, $2, $3)", [
    treeSize,
    logKey.signer.key.keyId.toString("hex"),
    note,
  ]);
}
