import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Environment, modeOf, readSettings, SettingName, Values } from "./config/readSettings";
import { Mode, settings } from "./config/settings";

const everySetting = Object.keys(settings) as SettingName[];

type Both = "port" | "poolSize" | "itemsPerSecond" | "drainWaitMilliseconds" | "logLevel";

/** What the environment says, checked. The project folder is the place that relative paths start from. */
export type Config = LocalConfig | ProductionConfig;

export interface LocalConfig extends Values<Both, "local"> {
  readonly mode: "local";
  /** Local mode answers on loopback only. */
  readonly host: "127.0.0.1";
  /** Absolute path of the folder that keeps the embedded database and the keys. */
  readonly localFolder: string;
  /** Absolute path of the folder that the log's signed checkpoints are published to. */
  readonly checkpointFolder: string;
  /** Absent: the embedded PostgreSQL is started. */
  readonly databaseUrl?: string;
}

type Production = "host" | "databaseUrl" | "tokenIssuer" | "tokenAudience" | "tokenKeysUrl" | "logOrigin";

/** Paths are absolute here too. */
export interface ProductionConfig extends Values<Both | Production, "production"> {
  readonly mode: "production";
  readonly checkpointFolder: string;
  readonly logKeyFile: string;
  readonly nextLogKeyFile?: string;
  readonly receiptKeyFile: string;
}

export type ParsedConfig =
  | { readonly config: Config; readonly faults?: undefined }
  | { readonly config?: undefined; readonly faults: readonly string[] };

/** Reads the whole environment and reports every fault at once. */
export function parseConfig(environment: Environment, projectFolder: string): ParsedConfig {
  const inProject = (path: string): string => resolve(projectFolder, path);
  return modeOf(environment) === "local"
    ? parseLocal(environment, inProject)
    : parseProduction(environment, inProject);
}

function parseLocal(environment: Environment, inProject: (path: string) => string): ParsedConfig {
  const { values, faults } = readSettings(environment, "local", everySetting);
  if (faults) return { faults };
  const { port, poolSize, itemsPerSecond, drainWaitMilliseconds, logLevel, databaseUrl } = values;
  const localFolder = inProject(values.localFolder);
  const checkpointFolder = inProject(values.checkpointFolder ?? join(localFolder, "checkpoints"));
  return {
    config: {
      ...{ mode: "local", host: "127.0.0.1", localFolder, checkpointFolder },
      ...{ port, poolSize, itemsPerSecond, drainWaitMilliseconds, logLevel },
      ...(databaseUrl && { databaseUrl }),
    },
  };
}

function parseProduction(environment: Environment, inProject: (path: string) => string): ParsedConfig {
  const { values, faults } = readSettings(environment, "production", everySetting);
  if (faults) return { faults };
  const { mode: _, localFolder: __, nextLogKeyFile, ...others } = values;
  return {
    config: {
      ...others,
      mode: "production",
      checkpointFolder: inProject(values.checkpointFolder),
      logKeyFile: inProject(values.logKeyFile),
      receiptKeyFile: inProject(values.receiptKeyFile),
      ...(nextLogKeyFile && { nextLogKeyFile: inProject(nextLogKeyFile) }),
    },
  };
}

/** A file of a key, by the variable that names it. */
export interface KeyFile {
  readonly name: string;
  readonly path: string;
}

/**
 * The configuration of this process, or its end with every fault of it, those of key files among them: who
 * mends the variables is not to find out only then.
 */
export async function configOrExit(
  keyFaults: (files: readonly KeyFile[]) => Promise<readonly string[]>,
): Promise<Config> {
  const { config, faults } = parseConfig(process.env, projectFolder());
  return config ?? exitWith([...faults, ...(await keyFaults(keyFilesNamed(process.env)))], 1);
}

function keyFilesNamed(environment: Environment): KeyFile[] {
  if (modeOf(environment) === "local") return [];
  return [settings.receiptKeyFile, settings.logKeyFile, settings.nextLogKeyFile].flatMap(({ name, form }) => {
    const path = form.parse(environment[name] ?? "");
    return path ? [{ name, path: resolve(projectFolder(), path) }] : [];
  });
}

/** The same for what local mode alone can do. */
export function localConfigOrExit(exitStatus = 1): LocalConfig {
  if (modeOf(process.env) !== "local")
    return exitWith(["ESI_MODE: not local; there is no such thing in production"], exitStatus);
  const { config, faults } = parseLocal(process.env, (path) => resolve(projectFolder(), path));
  return config?.mode === "local" ? config : exitWith(faults ?? [], exitStatus);
}

/**
 * Where a command finds its database: at an address, or in the data folder of local mode. Outside local mode
 * the checkpoint folder is the one that ESI_CHECKPOINT_DIR names, if it does.
 */
export type DatabasePlace = ({ readonly databaseUrl: string } | { readonly localFolder: string }) & {
  readonly checkpointFolder?: string;
};

const askedByCommands = ["databaseUrl"] as const satisfies SettingName[];

/** All that a command on the database needs of the environment; outside local mode that is DATABASE_URL. */
export function databasePlaceOrExit(exitStatus = 1): DatabasePlace {
  const mode: Mode = modeOf(process.env);
  if (mode === "local") {
    const { databaseUrl, localFolder, checkpointFolder } = localConfigOrExit(exitStatus);
    return databaseUrl === undefined ? { localFolder, checkpointFolder } : { databaseUrl, checkpointFolder };
  }
  const { values, faults } = readSettings(process.env, mode, askedByCommands);
  if (faults) return exitWith(faults, exitStatus);
  const { databaseUrl } = values;
  const folder = process.env.ESI_CHECKPOINT_DIR;
  return { databaseUrl, ...(folder && { checkpointFolder: resolve(projectFolder(), folder) }) };
}

function exitWith(faults: readonly string[], exitStatus: number): never {
  process.stderr.write(faultsText(faults));
  process.exit(exitStatus);
}

/** Every fault in a line of its own. */
export function faultsText(faults: readonly string[]): string {
  return `The configuration cannot be used:\n${faults.map((fault) => `  ${fault}\n`).join("")}`;
}

/** The nearest folder above this file that holds the project: programs run from src/ and from dist/src/. */
function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
