import "reflect-metadata";
import { Database } from "../store/dataSource";
import { openDatabase } from "../store/openDatabase";
import { isMigrated } from "../store/schemaVersion";

/** Lends a database for a while. */
export async function onDatabase<T>(
  url: string,
  use: (database: Database) => Promise<T>,
  connections?: number,
): Promise<T> {
  const database = await openDatabase(url, connections);
  try {
    return await use(database);
  } finally {
    await database.destroy();
  }
}

/** What reads the whole store is told at once when the store is not this program's. */
export async function refuseOtherSchema(url: string): Promise<void> {
  if (await onDatabase(url, isMigrated)) return;
  throw new Error("the schema of the database is not that of this program: run the command migrate first");
}
