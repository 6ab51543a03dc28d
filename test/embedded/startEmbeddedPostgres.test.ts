import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { DataSource } from "typeorm";
import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { guardedFolder, type GuardedFolder } from "../cluster/guard";
import { chosenPackage } from "../cluster/server";
import { killChild, killChildren, spawnStarter, startedBy, stopBy } from "./startInChild";

jest.setTimeout(40_000);

const packageName = chosenPackage();
const cluster = `pg${process.env.ESI_TEST_POSTGRES ?? 18}`;
let folder: GuardedFolder;
let dataFolder: string;

beforeEach(async () => {
  folder = await guardedFolder();
  dataFolder = join(folder.path, "data");
});

afterEach(async () => {
  await killChildren();
  await folder.remove();
});

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The last of a server is its file, removed a little before the process is gone. */
async function hasEnded(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isRunning(pid); tries += 1) await sleep(10);
  return !isRunning(pid);
}

test("what is written after a first start is there after a stop and a second start", async () => {
  const first = await startEmbeddedPostgres({ dataFolder, packageName });
  await ask(first.url, "create table mark as select 42 as number");
  expect(isRunning(first.pid)).toBe(true);
  await first.stop();
  expect(await hasEnded(first.pid)).toBe(true);

  const second = await startEmbeddedPostgres({ dataFolder, packageName });
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, "select number from mark")).toEqual([{ number: 42 }]);
  await second.stop();
});

test("it is durable, says so to TypeORM, and its log holds nothing that was asked", async () => {
  const server = await startEmbeddedPostgres({ dataFolder, packageName });
  const source = new DataSource({ type: "postgres", url: server.url });
  await source.initialize();
  expect(await source.query("show fsync")).toEqual([{ fsync: "on" }]);
  await source.query("create table member (id text primary key)");
  await source.query("insert into member values ($1)", ["M-canary"]);
  await expect(source.query("insert into member values ($1)", ["M-canary"])).rejects.toThrow("duplicate key");
  await expect(source.query("insert into member values ('M-canary')")).rejects.toThrow("duplicate key");
  await source.destroy();
  await server.stop();
  const log = await readFile(join(dataFolder, `${cluster}.log`), "utf8");
  expect(log).toContain("duplicate key");
  expect(log).not.toContain("canary");
});

test("a server outlives the process that started it, and the next start finds it running", async () => {
  const child = spawnStarter({ dataFolder, packageName });
  const before = await startedBy(child);
  await ask(before.url, "create table mark as select 42 as number");
  await killChild(child);

  const server = await startEmbeddedPostgres({ dataFolder, packageName });
  expect(server.pid).toBe(before.pid);
  expect(server.url).toBe(before.url);
  expect(await ask(server.url, "select number from mark")).toEqual([{ number: 42 }]);
  await server.stop();
  expect(await hasEnded(server.pid)).toBe(true);
});

test("a killed server has lost nothing that it acknowledged when the next start brings it back", async () => {
  const before = await startEmbeddedPostgres({ dataFolder, packageName });
  await ask(before.url, "create table mark (number int primary key)");
  const writer = new Client({ connectionString: before.url });
  writer.on("error", () => undefined);
  await writer.connect();
  let acknowledged = 0;
  const writing = (async () => {
    for (let number = 1; ; number += 1) {
      await writer.query("insert into mark values ($1)", [number]);
      acknowledged = number;
    }
  })();
  await sleep(300);
  process.kill(before.pid, "SIGKILL");
  await expect(writing).rejects.toThrow();

  const server = await startEmbeddedPostgres({ dataFolder, packageName });
  expect(server.pid).not.toBe(before.pid);
  expect(server.url).toBe(before.url);
  expect(acknowledged).toBeGreaterThan(0);
  const [found] = await ask(server.url, "select count(*)::int as rows, max(number) as last from mark");
  expect([acknowledged, acknowledged + 1].map((last) => ({ rows: last, last }))).toContainEqual(found);
  await server.stop();
  await before.stop();
});

test("a killed server whose pid is somebody else's now does not hinder the next start", async () => {
  const before = await startEmbeddedPostgres({ dataFolder, packageName });
  process.kill(before.pid, "SIGKILL");
  const { uid, gid } = await stat(before.cluster);
  const other = spawn("sleep", ["30"], process.getuid?.() === 0 ? { uid, gid } : {});
  for (const lockFile of ["postmaster.pid", ".s.PGSQL.5432.lock"]) {
    const path = join(before.cluster, lockFile);
    await writeFile(path, (await readFile(path, "utf8")).replace(/^\d+/, String(other.pid)));
  }
  const server = await startEmbeddedPostgres({ dataFolder, packageName });
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  await before.stop();
  other.kill();
});

test("processes that start at once share one server, and the last to leave stops it", async () => {
  const children = [1, 2, 3].map(() => spawnStarter({ dataFolder, packageName }));
  const [one, two, three] = await Promise.all(children.map(startedBy));
  expect([two, three]).toEqual([one, one]);
  expect((await readdir(dataFolder)).sort()).toEqual([cluster, `${cluster}.log`]);
  const pid = one?.pid ?? 0;
  for (const child of children) {
    expect(isRunning(pid)).toBe(true);
    await stopBy(child);
  }
  expect(await hasEnded(pid)).toBe(true);
});

test("a start that was killed while it made the cluster does not hinder the next", async () => {
  const child = spawnStarter({ dataFolder, packageName });
  const halfMade = async () => {
    const names = existsSync(dataFolder) ? await readdir(dataFolder) : [];
    const isBegun = (name: string) => existsSync(join(dataFolder, name, "global"));
    return names.find((name) => name.startsWith(`${cluster}.new-`) && isBegun(name));
  };
  while ((await halfMade()) === undefined) await sleep(5);
  await killChild(child);
  expect(existsSync(join(dataFolder, cluster))).toBe(false);

  const server = await startEmbeddedPostgres({ dataFolder, packageName });
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});

test("a server that a start finds stopping is started again", async () => {
  const before = await startEmbeddedPostgres({ dataFolder, packageName });
  const [, server] = await Promise.all([
    before.stop(),
    sleep(20).then(() => startEmbeddedPostgres({ dataFolder, packageName })),
  ]);
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});

test("a platform without a package is told what to do instead", async () => {
  await expect(startEmbeddedPostgres({ dataFolder, platform: "aix-ppc64" })).rejects.toThrow(
    "no embedded PostgreSQL for aix-ppc64: set DATABASE_URL to a PostgreSQL 14+",
  );
  expect(existsSync(dataFolder)).toBe(false);
});

test.each([
  ["beside the place for ours", "pg13", /pg13 was made by PostgreSQL 13, this is PostgreSQL \d+; .* left/],
  ["in the place of ours", cluster, /holds PostgreSQL 13, not PostgreSQL \d+; it is left untouched/],
])("a cluster of another major version %s is left untouched", async (_where, name, message) => {
  const other = join(dataFolder, name);
  await mkdir(other, { recursive: true });
  await writeFile(join(other, "PG_VERSION"), "13\n");
  await expect(startEmbeddedPostgres({ dataFolder, packageName })).rejects.toThrow(message);
  expect(await readdir(dataFolder)).toEqual([name]);
  expect(await readdir(other)).toEqual(["PG_VERSION"]);
});

test("a folder that is no cluster is left untouched", async () => {
  await mkdir(join(dataFolder, cluster), { recursive: true });
  await writeFile(join(dataFolder, cluster, "letter.txt"), "dear reader");
  await expect(startEmbeddedPostgres({ dataFolder, packageName })).rejects.toThrow("holds no cluster");
  expect(await readdir(join(dataFolder, cluster))).toEqual(["letter.txt"]);
});

test("a server that cannot start says why and where its log is", async () => {
  const settings = { shared_buffers: "a lot" };
  await expect(startEmbeddedPostgres({ dataFolder, packageName, settings })).rejects.toThrow(
    /does not start: .*shared_buffers.*\.log/,
  );
});
