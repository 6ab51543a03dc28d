import { spawnSync } from "node:child_process";
import { chmod, chown, cp, lstat, mkdir, readlink, rm, stat, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { DataSource } from "typeorm";
import { findPackage, packageFor, prepareBinaries } from "../../src/embedded/binaries";
import { serverUser } from "../../src/embedded/serverUser";
import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { guardedFolder, type GuardedFolder } from "../cluster/guard";
import { chosenPackage } from "../cluster/server";
import { killChildren, spawnStarter, startedBy, stopBy } from "./startInChild";

jest.setTimeout(40_000);

const packageName = chosenPackage();
const platform = `${process.platform}-${process.arch}`;
const settings = { fsync: "off" };
const testAsRoot = userInfo().uid === 0 ? test : test.skip;
/** Neither root nor a user that a server of ours runs as. */
const stranger = { uid: 12345, gid: 12345 };
const nobody = { uid: 65534, gid: 65534 };
let folder: GuardedFolder;

beforeEach(async () => {
  folder = await guardedFolder("/tmp"); // programs may not run out of a folder in memory
});

afterEach(async () => {
  await killChildren();
  await folder.remove();
});

function canEnter(path: string, user: { uid: number; gid: number }): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd -- "$0"', path], { ...user, stdio: "ignore" }).status === 0;
}

async function nameOfDatabase(url: string): Promise<unknown> {
  const source = new DataSource({ type: "postgres", url });
  await source.initialize();
  const rows: unknown = await source.query("select current_database() as name");
  await source.destroy();
  return rows;
}

test.each([
  ["spaces, quotes and signs", `it's "a" $HOME, 100 %41 & ü`],
  ["more characters than a socket's path may have", "long ".repeat(40).trim()],
])("a data folder may have a path with %s", async (_what, name) => {
  const dataFolder = join(folder.path, name);
  const server = await startEmbeddedPostgres({ dataFolder, packageName, settings });
  const socketFolder = new URL(server.url).searchParams.get("host") ?? "";
  try {
    expect(await nameOfDatabase(server.url)).toEqual([{ name: "esi" }]);
    expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
    expect(Buffer.byteLength(socketFolder)).toBeLessThan(107 - ".s.PGSQL.5432".length);
    await server.stop();
  } finally {
    if (!socketFolder.startsWith(folder.path)) await rm(socketFolder, { recursive: true });
  }
});

test("a socket's folder that others can enter is refused", async () => {
  const dataFolder = join(folder.path, "long ".repeat(40).trim());
  const server = await startEmbeddedPostgres({ dataFolder, packageName, settings });
  const socketFolder = new URL(server.url).searchParams.get("host") ?? "";
  try {
    await server.stop();
    await chmod(socketFolder, 0o755);
    const again = startEmbeddedPostgres({ dataFolder, packageName, settings });
    await expect(again).rejects.toThrow("is open to others");
  } finally {
    await rm(socketFolder, { recursive: true });
  }
});

test("over TCP nobody is let in without the password", async () => {
  const server = await startEmbeddedPostgres({
    dataFolder: join(folder.path, "data"),
    packageName,
    settings,
    overTcp: true,
  });
  expect(await nameOfDatabase(server.url)).toEqual([{ name: "esi" }]);
  expect((await stat(join(server.cluster, "superuser.password"))).mode & 0o777).toBe(0o600);
  const other = new URL(server.url);
  other.password = "guessed";
  const guesser = new Client({ connectionString: other.href });
  await expect(guesser.connect()).rejects.toMatchObject({ code: "28P01" });
  await server.stop();
});

testAsRoot("root's server runs as somebody else, and a third cannot enter its folder", async () => {
  const dataFolder = join(folder.path, "data");
  const server = await startEmbeddedPostgres({ dataFolder, packageName, settings });
  const owner = await stat(server.cluster);
  expect(owner.uid).not.toBe(0);
  expect(canEnter(server.cluster, owner)).toBe(true);
  expect(canEnter(server.cluster, stranger)).toBe(false);
  expect(canEnter(dirname(server.cluster), stranger)).toBe(true);
  await server.stop();
});

testAsRoot("root's server stays the user's that it once ran as", async () => {
  const cluster = join(folder.path, "pg18");
  await mkdir(cluster);
  await chown(cluster, stranger.uid, stranger.gid);
  expect(await serverUser(cluster)).toEqual(stranger);
});

testAsRoot("a data folder that the server's user cannot reach keeps its cluster elsewhere", async () => {
  const hidden = join(folder.path, "hidden");
  await mkdir(hidden, { mode: 0o700 });
  const dataFolder = join(hidden, "data");
  const options = { dataFolder, systemFolder: join(folder.path, "system"), packageName, settings };
  const first = await startEmbeddedPostgres(options);
  await first.stop();
  expect(first.cluster.startsWith(options.systemFolder)).toBe(true);
  const link = join(options.dataFolder, first.cluster.slice(first.cluster.lastIndexOf("/") + 1));
  expect(await readlink(link)).toBe(first.cluster);
  const second = await startEmbeddedPostgres(options);
  expect(second.cluster).toBe(first.cluster);
  await second.stop();
});

const testAsNobody = userInfo().uid === 0 && canEnter(__dirname, nobody) ? test : test.skip;
testAsNobody("a plain user starts it, and another one is told that it is not his", async () => {
  const home = join(folder.path, "home");
  await mkdir(home);
  await chown(home, nobody.uid, nobody.gid);
  const options = { dataFolder: join(home, "data"), packageName, settings };
  const child = spawnStarter(options, nobody);
  const server = await startedBy(child);
  expect((await stat(server.cluster)).uid).toBe(nobody.uid);
  expect((await stat(options.dataFolder)).mode & 0o777).toBe(0o700);
  await stopBy(child);

  await chmod(options.dataFolder, 0o777);
  await expect(startedBy(spawnStarter(options, stranger))).rejects.toThrow("belongs to another user");
});

testAsRoot("programs that the server's user cannot reach are copied, not where others write", async () => {
  const hidden = join(folder.path, "hidden");
  await mkdir(hidden, { mode: 0o700 });
  const source = await findPackage(packageName ?? packageFor(platform), platform);
  await cp(source.folder, join(hidden, "linux"), { recursive: true, verbatimSymlinks: true });
  const own = { ...source, folder: join(hidden, "linux") };
  const cache = join(folder.path, "cache");
  const binaries = await prepareBinaries(own, nobody, cache);
  expect(binaries.postgres.startsWith(cache)).toBe(true);
  const told = spawnSync(binaries.postgres, ["-V"], nobody).stdout.toString();
  expect(told).toContain(`(PostgreSQL) ${source.major}.`);

  const copied = join(cache, `linux-${source.version}`);
  const { mtimeMs } = await lstat(copied);
  await prepareBinaries(own, nobody, cache);
  expect((await lstat(copied)).mtimeMs).toBe(mtimeMs);
  await chown(copied, stranger.uid, stranger.gid);
  await expect(prepareBinaries(own, nobody, cache)).rejects.toThrow("can be changed by others");
  await rm(copied, { recursive: true });
  await writeFile(copied, "");
  await expect(prepareBinaries(own, nobody, cache)).rejects.toThrow("can be changed by others");
});
