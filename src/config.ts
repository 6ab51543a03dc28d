import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What the environment says, checked. The project folder is the place that relative paths start from. */
export interface Config {
  mode: "local";
  /** Local mode answers on loopback only. */
  host: "127.0.0.1";
  /** 0 lets the operating system choose. */
  port: number;
  /** Absolute path of the folder that keeps the embedded database and the token key. */
  localFolder: string;
  /** Absolute path of the folder that the log's signed checkpoints are published to. */
  checkpointFolder: string;
  /** Absent: the embedded PostgreSQL is started. */
  databaseUrl?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type ParsedConfig = { config: Config; faults?: undefined } | { config?: undefined; faults: string[] };

const known = ["ESI_MODE", "ESI_DATA_DIR", "ESI_CHECKPOINT_DIR"];

/**
 * Reads the whole environment and reports every fault at once. No fault repeats a value, since any may hold a
 * password. A variable that is set but empty counts as absent.
 */
export function parseConfig(environment: Environment, projectFolder: string): ParsedConfig {
  const read = (name: string): string | undefined => environment[name] || undefined;
  const port = parsePort(read("PORT"));
  const databaseUrl = read("DATABASE_URL");
  const localFolder = resolve(projectFolder, read("ESI_DATA_DIR") ?? "data");
  const checkpointFolder = resolve(
    projectFolder,
    read("ESI_CHECKPOINT_DIR") ?? join(localFolder, "checkpoints"),
  );
  const faults = [
    ...modeFaults(read("ESI_MODE"), databaseUrl),
    ...(port === undefined ? ["PORT: expected a whole number from 0 to 65535"] : []),
    ...databaseUrlFaults(databaseUrl),
    ...unknownNames(environment),
  ];
  if (faults.length > 0 || port === undefined) return { faults };
  return {
    config: {
      ...{ mode: "local", host: "127.0.0.1", port, localFolder, checkpointFolder },
      ...(databaseUrl && { databaseUrl }),
    },
  };
}

function modeFaults(mode: string | undefined, databaseUrl: string | undefined): string[] {
  if (mode === "local") return [];
  if (mode !== undefined) return ["ESI_MODE: expected local, or nothing for production"];
  const missingDatabase = "DATABASE_URL: missing; production has no embedded database";
  const missingIssuer =
    "ESI_MODE: not set, which means production, and there is no setting yet for the issuer whose tokens " +
    "production would accept; ESI_MODE=local, which npm start sets, is the only mode so far";
  return databaseUrl === undefined ? [missingIssuer, missingDatabase] : [missingIssuer];
}

function parsePort(text = "4000"): number | undefined {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

function databaseUrlFaults(databaseUrl: string | undefined): string[] {
  const wellFormed = databaseUrl === undefined || /^postgres(ql)?:\/\/\S+$/.test(databaseUrl);
  return wellFormed ? [] : ["DATABASE_URL: expected postgres://user:password@host:port/database"];
}

function unknownNames(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith("ESI_") && !known.includes(name))
    .sort()
    .map((name) => `${name}: unknown; the names that start with ESI_ are ${known.join(", ")}`);
}

/** The configuration of this process, or its end with every fault of it. */
export function configOrExit(exitStatus = 1): Config {
  const { config, faults } = parseConfig(process.env, projectFolder());
  return config ?? exitWith(faults, exitStatus);
}

/**
 * Where a command finds its database: at an address, or in the data folder of local mode. Outside local mode
 * the checkpoint folder is the one that ESI_CHECKPOINT_DIR names, if it does.
 */
export type DatabasePlace = ({ readonly databaseUrl: string } | { readonly localFolder: string }) & {
  readonly checkpointFolder?: string;
};

/** All that a command on the database needs of the environment; outside local mode that is DATABASE_URL. */
export function databasePlaceOrExit(exitStatus = 1): DatabasePlace {
  if (process.env.ESI_MODE === "local") {
    const { databaseUrl, localFolder, checkpointFolder } = configOrExit(exitStatus);
    return databaseUrl === undefined ? { localFolder, checkpointFolder } : { databaseUrl, checkpointFolder };
  }
  const databaseUrl = process.env.DATABASE_URL ?? "";
  const missing = "DATABASE_URL: missing; the database of a data folder is found with ESI_MODE=local";
  const faults = databaseUrl === "" ? [missing] : databaseUrlFaults(databaseUrl);
  if (faults.length > 0) return exitWith(faults, exitStatus);
  const folder = process.env.ESI_CHECKPOINT_DIR;
  return { databaseUrl, ...(folder && { checkpointFolder: resolve(projectFolder(), folder) }) };
}

function exitWith(faults: readonly string[], exitStatus: number): never {
  process.stderr.write(
    `The configuration cannot be used:\n${faults.map((fault) => `  ${fault}\n`).join("")}`,
  );
  process.exit(exitStatus);
}

/** The nearest folder above this file that holds the project: programs run from src/ and from dist/src/. */
function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
