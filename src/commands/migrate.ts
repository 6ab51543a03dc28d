import { migrate as runMigrations } from "../store/migrate";
import { parse } from "./commandLine";
import { onDatabase } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { buildMissingWorkList } from "./rebuildWorkList";

const usage = `Usage: esi migrate

Brings the schema of the database up to date; where decisions are older than the work list it is built.
Several processes at once are safe.
`;

export async function migrate(args: string[]): Promise<void> {
  parse({ args, options: {} }, usage);
  await withDatabaseUrl((url) =>
    onDatabase(url, async (database) => {
      await runMigrations(database);
      await buildMissingWorkList(url, database);
    }),
  );
}
