import { execFile } from "node:child_process";
import { chmod, lstat, mkdir, readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";
import { errorCode, unless } from "./errorCode";

export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * Whom the server runs as, where that is not ourselves: PostgreSQL refuses to run as root. A cluster keeps
 * its owner for life, even if a user `postgres` appears on the system later.
 */
export async function serverUser(cluster: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(unless("ENOENT"));
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as");
}

/** How the server's programs are spawned. No variable of ours reaches them: no secret, no PG* setting. */
export function surroundings(program: string, user: ServerUser | undefined) {
  const env = process.platform === "win32" ? undefined : { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  return { ...user, env, cwd: dirname(program), windowsHide: true };
}

/** Runs one of the server's programs to its end; an error carries what it complained of. */
export async function run(program: string, args: string[], user: ServerUser | undefined): Promise<void> {
  try {
    await promisify(execFile)(program, args, { ...surroundings(program, user), timeout: 120_000 });
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw new Error(`${basename(program)} failed: ${String(error)}`);
    throw new Error(`${program} does not run here (no glibc?): set DATABASE_URL to a PostgreSQL 14+`);
  }
}

export async function canReach(folder: string, user: ServerUser | undefined): Promise<boolean> {
  if (user === undefined) return true;
  return run("/bin/sh", ["-c", 'cd -- "$0"', folder], user).then(
    () => true,
    () => false,
  );
}

/** A folder that every user can enter, whatever our umask is. */
export async function makePublicFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o755);
}

/** Throws unless the folder is a real one that nobody but us can change. */
export async function demandOursAlone(folder: string): Promise<void> {
  const found = await lstat(folder);
  const ours = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
  if (found.isDirectory() && ours) return;
  throw new Error(`${folder} can be changed by others: remove it and start again`);
}
