import fs, { readdir, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { notesIn } from "../../src/sealer/checkpointFolder";
import { Sealer, startSealer } from "../../src/sealer/sealer";
import { signNewestHead } from "../../src/sealer/signHead";
import { createDataSource } from "../../src/store/dataSource";
import { withTransaction } from "../../src/store/transaction";
import { claimRequest, claimSession } from "../cases/claims";
import { execute } from "../cluster/database";
import {
  connected,
  expectSoundCheckpoints,
  expectSoundLog,
  insertDecision,
  letPass,
  sealAll,
  SealedService,
  sealedService,
  sizeOf,
  until,
  untilSealed,
} from "./sealedLog";
import { wireTo } from "./silentWire";

/* The sealer of a process beside faults. */

/** All but that of the watch. */
const realTimers = [
  ...(["Date", "performance", "setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] as const),
  ...(["nextTick", "queueMicrotask", "hrtime"] as const),
];

let service: SealedService;
let sealer: Sealer | undefined;

beforeEach(async () => {
  service = await sealedService();
});
afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await sealer?.stop();
  sealer = undefined;
  await service.close();
});

async function decide(count = 1): Promise<void> {
  for (let more = 0; more < count; more++)
    await decideAndStore([claimRequest(claimSession("A", "2025-03-10"))], service);
}

async function signedCount(): Promise<number> {
  const [{ count }] = await service.database.query<{ count: number }[]>(
    "select count(*)::int as count from audit_checkpoint",
  );
  return count;
}

async function publishedSizes(): Promise<number[]> {
  return (await notesIn(service.folder)).map(({ treeSize }) => Number(treeSize));
}

test("what was stored before the stop is sealed and published when it has stopped", async () => {
  for (let round = 1; round <= 5; round++) {
    sealer = await startSealer(service.setting);
    await delay(Math.random() * 100);
    await decide();
    await sealer.stop();
    expect((await publishedSizes()).at(-1)).toBe(round);
  }
  await expectSoundCheckpoints(service, await expectSoundLog(service.database));
});

test("while nothing can be published no more than one head is signed; then all goes on", async () => {
  await rm(service.folder, { recursive: true });
  await writeFile(service.folder, "no folder");
  await decide(2);
  sealer = await startSealer(service.setting);
  await untilSealed(service.database);
  await until(() => service.lines.length > 0);
  await decide(2);
  await untilSealed(service.database);
  letPass(61);
  await until(() => service.lines.some(({ code }) => code === "NOT_PUBLISHED"));
  expect(new Set(service.lines.map(({ code }) => code))).toEqual(new Set(["ENOTDIR", "NOT_PUBLISHED"]));
  expect(await signedCount()).toBe(0);
  await rm(service.folder);
  await until(async () => (await publishedSizes()).includes(4));
}, 25_000);

test("a full disk leaves neither half a note nor its draft, and signs no second head meanwhile", async () => {
  const { open } = fs;
  const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
  const opened = jest.spyOn(fs, "open").mockImplementation(async (path, ...rest) => {
    const handle = await open(path, ...rest);
    if (String(path).endsWith(".draft")) jest.spyOn(handle, "sync").mockRejectedValue(full);
    return handle;
  });
  await decide();
  sealer = await startSealer(service.setting);
  await until(() => service.lines.length > 0);
  await decide();
  await untilSealed(service.database);
  letPass(2);
  await delay(300);
  expect(await readdir(service.folder)).toEqual([]);
  expect(service.lines).toMatchObject([{ level: 40, code: "ENOSPC" }]);
  expect(await signedCount()).toBe(1);
  opened.mockRestore();
  letPass(2);
  await until(async () => (await publishedSizes()).includes(2));
  await expectSoundCheckpoints(service, await expectSoundLog(service.database));
}, 15_000);

async function untilPublishedAndStopped(size: number): Promise<void> {
  const briefly = await startSealer(service.setting);
  await until(async () => (await publishedSizes()).includes(size));
  await briefly.stop();
}

test("a folder that was removed is filled again with all that was signed", async () => {
  await decide();
  await untilPublishedAndStopped(1);
  await decide();
  await untilPublishedAndStopped(2);
  sealer = await startSealer(service.setting);
  await rm(service.folder, { recursive: true, maxRetries: 5 });
  await until(async () => (await publishedSizes()).length === 2);
  await sealer.stop();
  await expectSoundCheckpoints(service, await expectSoundLog(service.database));
  // It may just have been reading what was removed.
  expect(service.lines.filter(({ code }) => code !== "ENOENT")).toEqual([]);
});

test("a database that is lost and comes back is sealed again, and the loss is told once", async () => {
  sealer = await startSealer(service.setting);
  await decide();
  await until(async () => (await publishedSizes()).includes(1));
  const { ESI_TEST_SERVER: server = "" } = process.env;
  const name = new URL(service.url).pathname.slice(1);
  await execute(server, `alter database ${name} with allow_connections false`);
  await execute(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await until(() => service.lines.some(({ code }) => code === "55000"));
  await delay(600);
  await execute(server, `alter database ${name} with allow_connections true`);
  await decide();
  letPass(2);
  await until(async () => (await publishedSizes()).includes(2));
  const codes = service.lines.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
}, 20_000);

test("a database that falls silent is told, and does not keep the process from ending", async () => {
  jest.useFakeTimers({ doNotFake: realTimers });
  const wire = await wireTo(service.url);
  const database = await createDataSource(wire.url).initialize();
  sealer = await startSealer({ ...service.setting, database });
  await decide();
  await until(async () => (await publishedSizes()).includes(1));
  wire.fallSilent();
  letPass(61);
  jest.advanceTimersByTime(10_000);
  expect(service.lines).toMatchObject([{ level: 50, code: "NOT_PUBLISHED" }]);
  jest.restoreAllMocks();
  const start = performance.now();
  await sealer.stop();
  expect(performance.now() - start).toBeLessThan(5_000);
  await wire.cut();
  await database.destroy();
}, 20_000);

test("a connection that falls silent is given up, and sealing goes on over the next one", async () => {
  jest.useFakeTimers({ doNotFake: realTimers.filter((name) => !/^(set|clear)Timeout$/.test(name)) });
  const wire = await wireTo(service.url);
  const database = await createDataSource(wire.url, 1).initialize();
  sealer = await startSealer({ ...service.setting, database });
  await decide();
  await until(async () => (await publishedSizes()).includes(1));
  try {
    wire.fallSilent();
    await decide();
    await delay(600);
    expect(service.lines).toEqual([]);
    jest.advanceTimersByTime(15_000);
    letPass(2);
    await until(async () => (await publishedSizes()).includes(2));
    expect(service.lines).toMatchObject([
      { level: 40, msg: expect.stringContaining("a pass of the sealer") },
    ]);
  } finally {
    await sealer.stop();
    await wire.cut();
    await database.destroy();
  }
}, 20_000);

test("a decision that waits for more than a minute is told, also when passes fail", async () => {
  const client = await connected(service.url);
  await client.query("alter table audit_head add constraint nothing_goes check (false)");
  await insertDecision(client, "A", 1, 120);
  await client.end();
  sealer = await startSealer(service.setting);
  await until(() => service.lines.some(({ code }) => code === "23514"));
  letPass(11);
  await until(() => service.lines.some(({ code }) => code === "SEAL_LAG"));
  await service.database.query("alter table audit_head drop constraint nothing_goes");
  await untilSealed(service.database);
  expect(await sizeOf(service.database)).toEqual({ entries: 1, leaves: 1 });
});

test("a process that is frozen while it seals or signs loses its lock", async () => {
  await sealAll(service.database);
  const idle = await withTransaction(service.database, async (queryable) => {
    await signNewestHead(queryable, service.setting);
    return queryable.query("show idle_in_transaction_session_timeout");
  });
  expect(idle).toEqual([{ idle_in_transaction_session_timeout: "10s" }]);
});
