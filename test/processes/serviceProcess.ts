import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openLocalIssuer } from "../../src/access/localIssuer";
import { Scope, scopes } from "../../src/access/scopes";

/** The service as a process of its own, started like `npm start` does but from the sources. */
export interface ServiceProcess {
  readonly address: string;
  readonly child: ChildProcess;
  /** What it has written to its standard output, and to its standard error. */
  readonly written: () => string;
  readonly logged: () => string;
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
}

export interface ServiceSetting {
  readonly dataFolder: string;
  /** Absent: the embedded database. */
  readonly databaseUrl?: string;
  readonly args?: readonly string[];
  readonly port?: number;
  /** The root of the sources that are run; absent: the project's own. */
  readonly sources?: string;
  /** Further settings. */
  readonly environment?: Readonly<Record<string, string>>;
}

const projectFolder = join(__dirname, "..", "..");
const runTypeScript = join(projectFolder, "test", "cluster", "runTypeScript.js");

export async function startServiceProcess(setting: ServiceSetting): Promise<ServiceProcess> {
  return follow(spawnProgram("src/main.ts", setting, setting.args ?? ["--no-demo"]), (written) =>
    written.includes("Ctrl-C") ? /decided at (http:\/\/[0-9.:]+)\/graphql/.exec(written)?.[1] : undefined,
  );
}

/** The same in production mode, from the moment it listens; nothing is set but what is given. */
export function startProductionProcess(
  environment: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const child = spawnBare("src/main.ts", [], { PORT: "0", ESI_HOST: "127.0.0.1", ...environment });
  return follow(child, (_, logged) => {
    const port = /"port":([0-9]+),"msg":"listening"/.exec(logged)?.[1];
    return port && `http://127.0.0.1:${port}`;
  });
}

/** Waits for the address in what the process writes or logs. */
async function follow(
  child: ChildProcess,
  addressIn: (written: string, logged: string) => string | undefined,
): Promise<ServiceProcess> {
  let written = "";
  let logged = "";
  child.stdout?.on("data", (bytes: Buffer) => (written += bytes.toString("utf8")));
  child.stderr?.on("data", (bytes: Buffer) => (logged += bytes.toString("utf8")));
  const address = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = addressIn(written, logged);
      if (found) resolve(found);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("exit", (code) => reject(new Error(`the service ended with ${code}: ${logged}`)));
  });
  return {
    address,
    child,
    written: () => written,
    logged: () => logged,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exit = once(child, "exit");
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
  };
}

/**
 * A program of the project from its TypeScript source, in local mode unless the environment says otherwise.
 */
export function spawnProgram(
  program: string,
  { dataFolder, databaseUrl, port = 0, environment, sources }: ServiceSetting,
  args: readonly string[],
): ChildProcess {
  const local = { ESI_MODE: "local", ESI_DATA_DIR: dataFolder, PORT: String(port), ...environment };
  return spawnBare(program, args, { ...local, ...(databaseUrl && { DATABASE_URL: databaseUrl }) }, sources);
}

/** A program of the project from its TypeScript source, in this environment and no other. */
export function spawnBare(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  sources = projectFolder,
): ChildProcess {
  const { PATH = "" } = process.env;
  return spawn(process.execPath, ["--require", runTypeScript, program, ...args], {
    cwd: sources,
    env: { PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** A token of the issuer whose key lies in the folder, for every scope unless some are named. */
export async function tokenFor(
  dataFolder: string,
  clientId = "local",
  granted: readonly Scope[] = scopes,
): Promise<string> {
  const issuer = await openLocalIssuer(dataFolder, () => new Date());
  return issuer.issueToken(granted, { clientId });
}

/** Sends an operation; throws where the connection breaks or the reply carries top-level errors. */
export async function ask<Fields>(
  address: string,
  token: string,
  query: string,
  variables: object,
): Promise<Fields> {
  const reply = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-purpose-of-use": "HOPERAT",
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const { data, errors }: { data: Fields; errors?: { message: string }[] } = JSON.parse(await reply.text());
  if (errors) throw new Error(errors.map(({ message }) => message).join("; "));
  return data;
}

/** The server of the embedded database in a data folder. */
export async function databasePid(dataFolder: string): Promise<number> {
  return Number((await readFile(join(dataFolder, "pg18", "postmaster.pid"), "utf8")).split("\n")[0]);
}
