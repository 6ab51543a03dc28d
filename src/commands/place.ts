import { existsSync } from "node:fs";
import { databasePlaceOrExit } from "../config";
import { startEmbeddedPostgres } from "../embedded/startEmbeddedPostgres";

/**
 * Lends the address of the database: that of DATABASE_URL, or in local mode of the embedded server of the
 * data folder, which is started unless it runs and goes on for those who use it too.
 */
export async function withDatabaseUrl<T>(use: (url: string) => Promise<T>): Promise<T> {
  const place = databasePlaceOrExit();
  if ("databaseUrl" in place) return use(place.databaseUrl);
  const { localFolder } = place;
  if (!existsSync(localFolder)) throw new Error(`${localFolder} is not there: npm start makes it`);
  const server = await startEmbeddedPostgres({ dataFolder: localFolder });
  const stopAtOnce = (): void => void server.stop().finally(() => process.exit(1));
  process.once("SIGINT", stopAtOnce).once("SIGTERM", stopAtOnce);
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}
