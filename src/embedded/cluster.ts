import { randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  mkdtemp,
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries";
import { errorCode, unless } from "./errorCode";
import { canReach, demandOursAlone, makePublicFolder, run, type ServerUser } from "./serverUser";

export interface ClusterPlan {
  dataFolder: string;
  /** Where root keeps what the server's user must reach and cannot reach in the data folder. */
  systemFolder: string;
  binaries: Binaries;
  user: ServerUser | undefined;
  /** Listen on 127.0.0.1 with a password, where there are no sockets in the file system. */
  overTcp: boolean;
  /** Leave out the flush to disk: for throw-away clusters. */
  isThrowAway: boolean;
}

/** The file with the superuser's password, inside the cluster's folder. */
export const passwordFile = "superuser.password";

export const clusterName = (major: number) => `pg${major}`;

/** The real path of the data folder's cluster, which is made if there is none. */
export async function ensureCluster(plan: ClusterPlan): Promise<string> {
  const {
    dataFolder,
    binaries: { major },
  } = plan;
  const cluster = join(dataFolder, clusterName(major));
  if ((await versionOf(cluster)) === undefined) {
    await refuseOtherMajors(dataFolder, major);
    await removeHalfMade(dataFolder);
    await createCluster(plan, cluster);
  }
  const version = await versionOf(cluster);
  if (version === String(major)) return realpath(cluster);
  throw new Error(
    `${cluster} holds ${version === undefined ? "no cluster" : `PostgreSQL ${version}`}, ` +
      `not PostgreSQL ${major}; it is left untouched: choose another data folder`,
  );
}

async function versionOf(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if (errorCode(error) !== "EACCES") return unless("ENOENT")(error);
    throw new Error(`${cluster} belongs to another user: start as that user`);
  }
}

/** An empty database beside an older one would look like lost decisions. */
async function refuseOtherMajors(dataFolder: string, major: number): Promise<void> {
  const names = await readdir(dataFolder);
  const other = names.find((name) => /^pg\d+$/.test(name) && name !== clusterName(major));
  if (other === undefined) return;
  throw new Error(
    `${join(dataFolder, other)} was made by PostgreSQL ${other.slice(2)}, this is PostgreSQL ` +
      `${major}; it is left untouched: move its content over by pg_dump, or choose another data folder`,
  );
}

/** Half-made clusters of processes that are gone. */
async function removeHalfMade(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    const maker = /^pg\d+\.new-(\d+)-/.exec(name);
    if (maker === null || isAlive(Number(maker[1]))) continue;
    // An initdb may have outlived its maker and still write: then the next start removes it.
    const removal = rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 5 });
    await removal.catch(unless("ENOTEMPTY"));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

/** Makes the cluster under another name first: it appears whole or not at all, and of two makers one wins. */
async function createCluster(plan: ClusterPlan, cluster: string): Promise<void> {
  const { dataFolder, systemFolder, user } = plan;
  const place = (await canReach(dataFolder, user)) ? dataFolder : await placeApart(systemFolder);
  const name = clusterName(plan.binaries.major);
  const fresh = await mkdtemp(join(place, `${name}.new-${process.pid}-`));
  try {
    await initialise(plan, fresh);
    await rename(fresh, join(place, name)).catch(unless("EEXIST", "ENOTEMPTY", "EPERM"));
    if (place !== dataFolder) await symlink(join(place, name), cluster).catch(unless("EEXIST"));
    await Promise.all([place, dataFolder].map(flush));
  } finally {
    await rm(fresh, { recursive: true, force: true });
    const used = await realpath(cluster).catch(unless("ENOENT"));
    if (place !== dataFolder && used !== join(place, name)) await rm(place, { recursive: true, force: true });
  }
}

async function placeApart(systemFolder: string): Promise<string> {
  await makePublicFolder(systemFolder);
  await demandOursAlone(systemFolder);
  const place = await realpath(await mkdtemp(join(systemFolder, "cluster-")));
  await chmod(place, 0o711);
  return place;
}

async function initialise(plan: ClusterPlan, folder: string): Promise<void> {
  const { binaries, user, overTcp, isThrowAway } = plan;
  const password = `${folder}.password`;
  const args = ["-D", folder, "-U", "postgres", "-E", "UTF8", "--locale=C"];
  if (isThrowAway) args.push("--no-sync");
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  if (!overTcp) return run(binaries.initdb, [...args, "--auth-local=trust", "--auth-host=reject"], user);
  try {
    await writeFile(password, randomBytes(24).toString("hex"), { mode: 0o600, flag: "wx" });
    if (user !== undefined) await chown(password, user.uid, user.gid);
    await run(binaries.initdb, [...args, "--auth=scram-sha-256", `--pwfile=${password}`], user);
    await rename(password, join(folder, passwordFile));
  } finally {
    await rm(password, { force: true });
  }
}

/** Makes a rename survive a power cut. */
async function flush(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
