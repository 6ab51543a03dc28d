import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { chown, lstat, mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Binaries } from "./binaries";
import { passwordFile } from "./cluster";
import { unless } from "./errorCode";
import { surroundings, type ServerUser } from "./serverUser";

/** What is needed to find, start and stop the server of a cluster. */
export interface Server {
  binaries: Binaries;
  user: ServerUser | undefined;
  cluster: string;
  /** The folder of its socket; undefined where it listens on 127.0.0.1 with a password. */
  socketFolder: string | undefined;
  log: string;
  settings: Readonly<Record<string, string>>;
}

export interface Address {
  host: string;
  port: number;
  password?: string;
}

const socketPort = 5432;
/** A path of more bytes does not fit into macOS's sockaddr_un; Linux has 4 more. */
const longestSocketPath = 103;

/**
 * The folder of the cluster's socket. Whoever can enter it is let in as superuser, so it is the cluster's
 * folder itself, which only the server's user can enter, or where that path is too long one like it in /tmp.
 */
export async function ensureSocketFolder(cluster: string, user: ServerUser | undefined): Promise<string> {
  if (Buffer.byteLength(join(cluster, `.s.PGSQL.${socketPort}`)) <= longestSocketPath) return cluster;
  const folder = join("/tmp", `esi-${createHash("sha256").update(cluster).digest("hex").slice(0, 16)}`);
  await mkdir(folder, { mode: 0o700 }).catch(unless("EEXIST"));
  const found = await lstat(folder);
  const isOurs = found.uid === process.getuid?.() || found.uid === user?.uid;
  if (!found.isDirectory() || !isOurs || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is open to others: remove it, or choose a shorter path than ${cluster}`);
  }
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}

/** Where the server listens, or did when it was killed; undefined if it was stopped. */
export async function addressOf({ socketFolder, cluster }: Server): Promise<Address | undefined> {
  if (socketFolder !== undefined) return { host: socketFolder, port: socketPort };
  const port = (await postmasterFile(cluster))[3];
  const password = await readFile(join(cluster, passwordFile), "utf8");
  return port ? { host: "127.0.0.1", port: Number(port), password } : undefined;
}

export async function pidOf({ cluster }: Server): Promise<number> {
  return Number((await postmasterFile(cluster))[0]);
}

/** Lines: pid, cluster's folder, start time, port, socket folder, listen address, … */
async function postmasterFile(cluster: string): Promise<string[]> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(unless("ENOENT"));
  return (text ?? "").split("\n");
}

export interface Launch {
  hasEnded: boolean;
}

/** Starts the server in a session of its own: neither Ctrl-C nor our end stops it. It may still fail. */
export async function launch(server: Server): Promise<Launch> {
  const {
    binaries: { postgres, pgCtl },
    cluster,
    log,
    user,
  } = server;
  const options = Object.entries(await listenSettings(server)).map(([name, value]) => `--${name}=${value}`);
  if (process.platform === "win32") {
    // only pg_ctl can shed an administrator's rights
    const args = ["start", "-w", "-D", cluster, "-l", log, "-o", options.join(" ")];
    return launchOf(spawn(pgCtl, args, { ...surroundings(pgCtl, user), stdio: "ignore" }));
  }
  disownStalePids(server);
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  // It lies in our folder, not in the server's, and no link leads us elsewhere: as root we open it as root.
  const file = openSync(log, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
  const started = launchOf(
    spawn(postgres, ["-D", cluster, ...options], {
      ...surroundings(postgres, user),
      detached: true,
      stdio: ["ignore", file, file],
    }),
  );
  closeSync(file);
  return started;
}

/** Must be called at once: an end that comes before is never heard of. */
function launchOf(child: ChildProcess): Launch {
  const launched = { hasEnded: false };
  child.once("exit", () => {
    launched.hasEnded = true;
  });
  child.once("error", () => {
    launched.hasEnded = true;
  });
  child.unref();
  return launched;
}

/**
 * After a kill -9 the pid in the lock files may stand for a zombie or, in a restarted container, for another
 * program, and PostgreSQL would take that for a running server. It never does so with its parent's pid: it
 * gets ours. Shared memory still in use, the other sign of a running server, it sees as before.
 * At one go: under load each of a dozen waits would cost a turn of a slow loop, and so seconds of the outage.
 */
function disownStalePids({ cluster, socketFolder = cluster }: Server): void {
  for (const path of [join(cluster, "postmaster.pid"), join(socketFolder, `.s.PGSQL.${socketPort}.lock`)]) {
    const file = found(() => openSync(path, constants.O_RDWR | constants.O_NOFOLLOW), "ENOENT");
    if (file === undefined) continue;
    try {
      const [pid = "", ...others] = readFileSync(file, "utf8").split("\n");
      const commandLine = `/proc/${Number(pid)}/cmdline`;
      const program = found(() => readFileSync(commandLine, "utf8"), "ENOENT", "ESRCH");
      if (program === undefined || /^[^\0]*post(gres|master)\0/.test(program)) continue;
      // Never shorter: nothing is left over. A server that starts meanwhile makes another file by this name.
      writeSync(file, [String(process.pid).padEnd(pid.length), ...others].join("\n"), 0);
    } finally {
      closeSync(file);
    }
  }
}

function found<T>(look: () => T, ...missing: string[]): T | undefined {
  try {
    return look();
  } catch (error) {
    return unless(...missing)(error);
  }
}

async function listenSettings({ socketFolder, settings }: Server): Promise<Record<string, string>> {
  if (socketFolder === undefined) {
    const port = String(await freePort());
    return { ...settings, port, listen_addresses: "127.0.0.1", unix_socket_directories: "" };
  }
  const folder = `"${socketFolder.replaceAll('"', '""')}"`;
  return { ...settings, port: String(socketPort), listen_addresses: "", unix_socket_directories: folder };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
