import { join } from "node:path";
import { findPackage, packageFor, prepareBinaries } from "./binaries";
import { clusterName, ensureCluster } from "./cluster";
import { explainLocalFolder, makeLocalFolder } from "./localFolder";
import { enter, ensureDatabase, leave } from "./presence";
import { addressOf, ensureSocketFolder, pidOf, type Address, type Server } from "./server";
import { serverUser } from "./serverUser";

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, one folder for each major version (`pg18`), and the server's log. Made if absent. */
  dataFolder: string;
  /** Server settings by name; they hold if this call starts the server, not if it finds it running. */
  settings?: Readonly<Record<string, string>>;
  /** Such as "linux-x64"; this machine's if absent. */
  platform?: string;
  /** The installed package with the programs; the platform's if absent. */
  packageName?: string;
  /** Used by root only, for what the server's own user cannot reach in the data folder or in the package. */
  systemFolder?: string;
  /** 127.0.0.1 and a password instead of a socket; the only way on Windows. */
  overTcp?: boolean;
}

export interface EmbeddedPostgres {
  /** Connection string of the database `esi`. Over a socket it is the same at each start of a data folder. */
  url: string;
  pid: number;
  /** Where the cluster really lies. */
  cluster: string;
  /** Fulfilled when this process's own connection has ended: the server is gone, or was stopped. */
  lost: Promise<void>;
  /** The same again after the server was lost, over a socket at the same address; nothing is made anew. */
  startAgain(): Promise<EmbeddedPostgres>;
  /** Stops the server, unless another process that started or found it this way still uses it. */
  stop(): Promise<void>;
}

/** No claim content in the server's log. */
const privacySettings = {
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
};
/** What is written at random places of the indexes is to stay in memory: PostgreSQL takes little itself. */
const memorySettings = { shared_buffers: "512MB" };
const database = "esi";

/** The PostgreSQL server of a data folder: made, started or found running. It outlives this process. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return start(await prepareServer(options).catch(explainLocalFolder));
}

async function start(server: Server): Promise<EmbeddedPostgres> {
  const presence = await enter(server);
  try {
    await ensureDatabase(presence, database);
    const address = await addressOf(server);
    if (address === undefined) throw new Error("the embedded PostgreSQL was stopped while it started");
    let leaving: Promise<void> | undefined;
    const stop = () => (leaving ??= leave(server, presence));
    const lost = new Promise<void>((resolve) => presence.once("end", resolve));
    const url = urlOf(address);
    const startAgain = () => start(server);
    return { url, pid: await pidOf(server), cluster: server.cluster, lost, startAgain, stop };
  } catch (error) {
    await presence.end();
    throw error;
  }
}

async function prepareServer(options: EmbeddedPostgresOptions): Promise<Server> {
  const {
    platform = `${process.platform}-${process.arch}`,
    packageName = packageFor(platform),
    systemFolder = "/var/lib/esi-adjudication",
    overTcp = process.platform === "win32",
  } = options;
  const source = await findPackage(packageName, platform);
  const dataFolder = await makeLocalFolder(options.dataFolder);
  const name = clusterName(source.major);
  const user = await serverUser(join(dataFolder, name));
  const binaries = await prepareBinaries(source, user, user === undefined ? dataFolder : systemFolder);
  const isThrowAway = options.settings?.fsync === "off";
  const cluster = await ensureCluster({ dataFolder, systemFolder, binaries, user, overTcp, isThrowAway });
  return {
    binaries,
    user,
    cluster,
    socketFolder: overTcp ? undefined : await ensureSocketFolder(cluster, user),
    log: join(dataFolder, `${name}.log`),
    settings: { ...memorySettings, ...privacySettings, ...options.settings },
  };
}

/** The host stands among the parameters, because a path cannot stand before the database's name. */
function urlOf({ host, port, password }: Address): string {
  const credentials = password === undefined ? "postgres" : `postgres:${password}`;
  return `postgres://${credentials}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}
