import { searchPathRemedy } from "../store/grantRoles";
import { migrate as runMigrations } from "../store/migrate";
import { refuseUnlessOwner } from "../store/owner";
import { parse } from "./commandLine";
import { onDatabase } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { buildMissingWorkList } from "./rebuildWorkList";

const usage = `Usage: esi migrate [--app <role>] [--auditor <role>]

Brings the schema of the database up to date; where decisions are older than the work list it is built.
Several processes at once are safe. The roles that are named are granted what they need and no more: what they
had besides is revoked, and nobody else keeps a right. They have to exist, and be neither superuser nor owner.

  --app <role>      the role that the service connects as: it reads and appends
  --auditor <role>  a role that reads the views of the schema auditing, which is all that the commands verify,
                    ask, export and replay need
`;

export async function migrate(args: string[]): Promise<void> {
  const options = { app: { type: "string" }, auditor: { type: "string" } } as const;
  const { app, auditor } = parse({ args, options }, usage).values;
  await withDatabaseUrl((url) =>
    onDatabase(url, async (database) => {
      await refuseUnlessOwner(database, "migrate");
      await runMigrations(database, { app, auditor });
      await buildMissingWorkList(url, database);
      const remedy = auditor === undefined ? undefined : await searchPathRemedy(database, auditor);
      if (remedy !== undefined) process.stderr.write(`${remedy}\n`);
    }),
  );
}
