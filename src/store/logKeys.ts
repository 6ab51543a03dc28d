import { Instant } from "../claim/instant";
import { instantText } from "./instantText";
import { Queryable } from "./queryable";

/** What a key of the log signs. */
export type KeyUse = "checkpoint" | "receipt";

/** A key that has signed for the log. */
export interface KnownKey {
  /** `<name>+<key id>+<key>`. */
  readonly verifierKey: string;
  readonly use: KeyUse;
  readonly from: Instant;
  /** Since when it signs no more; null while it does. */
  readonly until: Instant | null;
}

/** Every key that has signed for the log, the oldest first. */
export async function readLogKeys(queryable: Queryable): Promise<KnownKey[]> {
  const rows = await queryable.query<
    { verifier_key: string; use: KeyUse; from_at: Instant; until_at: Instant | null }[]
  >(
    `select k.verifier_key, k.use,
            ${instantText("k.at")} as from_at,
            ${instantText("e.at")} as until_at
       from audit_key k
       left join audit_key_end e on e.verifier_key = k.verifier_key
      order by k.at, k.verifier_key`,
  );
  return rows.map(({ verifier_key: verifierKey, use, from_at: from, until_at: until }) => {
    return { verifierKey, use, from, until };
  });
}

/** Until the end of the transaction no other process registers keys. */
export async function lockLogKeys(queryable: Queryable): Promise<void> {
  await queryable.query("select pg_advisory_xact_lock(7114, 3)");
}

/** Registers a key, once. */
export async function storeLogKey(queryable: Queryable, verifierKey: string, use: KeyUse): Promise<void> {
  await queryable.query(
    "insert into audit_key (verifier_key, use) values ($1, $2) on conflict (verifier_key) do nothing",
    [verifierKey, use],
  );
}

/** Records that a key signs no more; false where that is on record, or there is no such key. */
export async function endLogKey(queryable: Queryable, verifierKey: string): Promise<boolean> {
  const rows = await queryable.query<unknown[]>(
    `insert into audit_key_end (verifier_key)
     select verifier_key from audit_key where verifier_key = $1
     on conflict (verifier_key) do nothing
     returning verifier_key`,
    [verifierKey],
  );
  return rows.length === 1;
}
