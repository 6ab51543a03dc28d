import { parseArgs, ParseArgsConfig } from "node:util";
import { openLocalIssuer } from "./access/localIssuer";
import { parseScopes, scopes } from "./access/scopes";
import { configOrExit, databaseUrlOrExit } from "./config";

const usage = `Usage: node dist/src/cli.js <command>

  serve [--no-demo]     decide claims until stopped; --no-demo leaves an empty database empty
  migrate               bring the schema of the database at DATABASE_URL up to date
  token <scope> [...]   print a bearer token of the local issuer, valid for 8 hours
                        --client <id>   the client that it speaks for (local)
                        --subject <id>  the person or program that it speaks for (local)
                        scopes: ${scopes.join(" ")}
`;

const commands: Readonly<Record<string, (args: string[]) => Promise<void>>> = { serve, migrate, token };

/** Loads the service only when it is wanted: a token needs none of it. */
async function serve(args: string[]): Promise<void> {
  const main = await import("./main.js");
  await main.serve(args);
}

async function migrate(args: string[]): Promise<void> {
  parse({ args, options: {} });
  await import("reflect-metadata");
  const { createDataSource } = await import("./store/dataSource.js");
  const { migrate: runMigrations } = await import("./store/migrate.js");
  const database = await createDataSource(databaseUrlOrExit()).initialize();
  try {
    await runMigrations(database);
  } finally {
    await database.destroy();
  }
}

async function token(args: string[]): Promise<void> {
  const options = { client: { type: "string" }, subject: { type: "string" } } as const;
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  const { scopes: granted, unknown } = parseScopes(positionals);
  if (unknown.length > 0) fail(`token: no such scope: ${unknown.join(" ")}`);
  if (granted.size === 0) fail("token: name at least one scope");
  const issuer = await openLocalIssuer(configOrExit().localFolder, () => new Date());
  const issued = await issuer.issueToken(granted, { clientId: values.client, subject: values.subject });
  process.stdout.write(`${issued}\n`);
}

function parse<T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs({ strict: true, ...config });
  } catch (error) {
    const isOurs =
      error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
    if (!isOurs) throw error;
    return fail(error.message);
  }
}

/** A mistake of the person who called: what is wrong, then what can be called. */
function fail(message: string): never {
  process.stderr.write(`${message}\n\n${usage}`);
  process.exit(1);
}

async function run([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === "help" || name === "--help") {
    process.stdout.write(usage);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) fail(`no such command: ${name}`);
  await command(args);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
  process.exit(1);
});
