import { existsSync } from "node:fs";
import { databasePlaceOrExit } from "../config";
import { startEmbeddedPostgres } from "../embedded/startEmbeddedPostgres";

/**
 * Lends the address of the database: that of DATABASE_URL, or in local mode of the embedded server of the
 * data folder, which is started unless it runs and goes on for those who use it too. The status is that with
 * which the process ends where there is no such place, or it is interrupted.
 */
export async function withDatabaseUrl<T>(
  use: (url: string, checkpointFolder?: string) => Promise<T>,
  failureStatus = 1,
): Promise<T> {
  const place = databasePlaceOrExit(failureStatus);
  const { checkpointFolder } = place;
  if ("databaseUrl" in place) return use(place.databaseUrl, checkpointFolder);
  const { localFolder } = place;
  if (!existsSync(localFolder)) throw new Error(`${localFolder} is not there: npm start makes it`);
  const server = await startEmbeddedPostgres({ dataFolder: localFolder });
  const stopAtOnce = (): void => void server.stop().finally(() => process.exit(failureStatus));
  process.once("SIGINT", stopAtOnce).once("SIGTERM", stopAtOnce);
  try {
    return await use(server.url, checkpointFolder);
  } finally {
    await server.stop();
  }
}
