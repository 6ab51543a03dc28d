import { verifierKeyText } from "../ledger/verifierKey";
import { Database } from "../store/dataSource";
import { KnownKey, lockLogKeys, readLogKeys, storeLogKey } from "../store/logKeys";
import { Queryable } from "../store/queryable";
import { withTransaction } from "../store/transaction";
import { LogKeys } from "./logKeys";

/** Puts the keys on record; refuses where the database holds another log, or a key signs no more. */
export function registerKeys(database: Database, keys: LogKeys): Promise<void> {
  const { origin, checkpointSigners, receiptSigner } = keys;
  const own = [
    ...checkpointSigners.map(({ key }) => ({ key: verifierKeyText(key), use: "checkpoint" as const })),
    { key: verifierKeyText(receiptSigner.key), use: "receipt" as const },
  ];
  return withTransaction(database, async (queryable) => {
    // Otherwise two could begin two logs in one database at the same time.
    await lockLogKeys(queryable);
    const registered = await readLogKeys(queryable);
    refuseOtherOrigin(registered, origin);
    for (const { verifierKey, until } of registered) {
      if (until !== null && own.some(({ key }) => key === verifierKey))
        throw new Error(`the key ${verifierKey} signs no more since ${until}: give another one`);
    }
    for (const { key, use } of own) await storeLogKey(queryable, key, use);
  });
}

/** Throws where a database holds the log of another name, before anything is done to it. */
export async function refuseOtherLog(queryable: Queryable, origin: string): Promise<void> {
  const [{ exists }] = await queryable.query<{ exists: boolean }[]>(
    "select to_regclass('audit_key_end') is not null as exists",
  );
  if (exists) refuseOtherOrigin(await readLogKeys(queryable), origin);
}

function refuseOtherOrigin(registered: readonly KnownKey[], origin: string): void {
  for (const { verifierKey, use } of registered) {
    const [name] = verifierKey.split("+");
    if (use === "checkpoint" && name !== origin)
      throw new Error(`the database holds the log ${name}, and this program would sign for ${origin}`);
  }
}
