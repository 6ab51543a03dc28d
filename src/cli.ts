import { openLocalIssuerIfPresent } from "./access/localIssuer";
import { parseScopes, scopes } from "./access/scopes";
import { fail, parse } from "./commands/commandLine";
import { sentenceOf } from "./commands/sentence";
import { localConfigOrExit } from "./config";

const usage = `Usage: esi <command>, which is npm run esi -- <command>, or node dist/src/cli.js <command>

  serve               decide claims until stopped
  migrate             bring the schema of the database up to date
  import              load sessions adjudicated elsewhere from a file
  export              write decisions into a file, with what proves them
  access-log          write who was shown what of which member
  ask                 answer an auditor's question about every member
  replay              decide stored decisions again and compare
  verify              prove from the stored bytes that nothing was changed, removed or added
  rebuild-work-list   build the work list anew from the decisions
  purge               erase the decisions of members after their retention
  legal-hold          place, lift and list what forbids to erase members' decisions
  log-keys            list the keys of the audit log, retire one
  token               print a bearer token of the local issuer

Each says more with --help. The database is that of DATABASE_URL, or in local mode that of the data folder.
`;

type Command = (args: string[]) => Promise<void>;

/** Loads what a command needs only when it is called: a token needs no database. */
const commands: Readonly<Record<string, Command>> = {
  serve: async (args) => (await import("./main.js")).serve(args),
  migrate: async (args) => (await import("./commands/migrate.js")).migrate(args),
  import: async (args) => (await import("./commands/import.js")).importCommand(args),
  export: async (args) => (await import("./commands/export.js")).exportCommand(args),
  "access-log": async (args) => (await import("./commands/accessLog.js")).accessLog(args),
  ask: async (args) => (await import("./commands/ask.js")).ask(args),
  replay: async (args) => (await import("./commands/replay.js")).replay(args),
  verify: async (args) => (await import("./commands/verify.js")).verify(args),
  "rebuild-work-list": async (args) => (await import("./commands/rebuildWorkList.js")).rebuildWorkList(args),
  purge: async (args) => (await import("./commands/purge.js")).purge(args),
  "legal-hold": async (args) => (await import("./commands/legalHold.js")).legalHold(args),
  "log-keys": async (args) => (await import("./commands/logKeys.js")).logKeys(args),
  token,
};

const tokenUsage = `Usage: esi token <scope> [...] [options]

Prints a bearer token of the local issuer, valid for 8 hours.

  --client <id>    the client that it speaks for (local)
  --subject <id>   the person or program that it speaks for (local)

Scopes: ${scopes.join(" ")}
`;

async function token(args: string[]): Promise<void> {
  const options = { client: { type: "string" }, subject: { type: "string" } } as const;
  const { values, positionals } = parse({ args, options, allowPositionals: true }, tokenUsage);
  const { scopes: granted, unknown } = parseScopes(positionals);
  if (unknown.length > 0) fail(`token: no such scope: ${unknown.join(" ")}`, tokenUsage);
  if (granted.size === 0) fail("token: name at least one scope", tokenUsage);
  const { localFolder } = localConfigOrExit();
  const issuer = await openLocalIssuerIfPresent(localFolder, () => new Date());
  if (!issuer) throw new Error(noTokenKey(localFolder));
  const issued = await issuer.issueToken(granted, { clientId: values.client, subject: values.subject });
  process.stdout.write(`${issued}\n`);
}

/** A key made here would be one that no service uses. */
function noTokenKey(folder: string): string {
  return `ESI_DATA_DIR: ${folder} holds no token key: npm start makes it, in the folder that it serves from`;
}

async function run([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === "help" || name === "--help") {
    process.stdout.write(usage);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) fail(`no such command: ${name}`, usage);
  await command(args);
}

/** Who reads our output may go at any time. The command still ends in order, and with a failure. */
function tellLostReader(): void {
  process.stdout.once("error", (error) => {
    process.stdout.on("error", () => undefined);
    process.once("exit", (exitStatus) => {
      if (exitStatus !== 0) return;
      process.stderr.write(`${sentenceOf(error)}\n`);
      process.exitCode = 1;
    });
  });
}

tellLostReader();
run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
});
