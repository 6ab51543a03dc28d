import { verifierKeyText } from "../ledger/verifierKey";
import { Database } from "../store/dataSource";
import { lockLogKeys, readLogKeys, storeLogKey } from "../store/logKeys";
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
    for (const { verifierKey, use, until } of await readLogKeys(queryable)) {
      const [name] = verifierKey.split("+");
      if (use === "checkpoint" && name !== origin)
        throw new Error(`the database holds the log ${name}, and this program would sign for ${origin}`);
      if (until !== null && own.some(({ key }) => key === verifierKey))
        throw new Error(`the key ${verifierKey} signs no more since ${until}: give another one`);
    }
    for (const { key, use } of own) await storeLogKey(queryable, key, use);
  });
}
