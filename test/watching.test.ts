import { rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { decideAndStore } from "../src/cases/decideAndStore";
import { createHttpServer, HttpServer } from "../src/http/server";
import { openLog } from "../src/log";
import { notesIn } from "../src/sealer/checkpointFolder";
import { Sealer, startSealer } from "../src/sealer/sealer";
import { createDataSource, Database } from "../src/store/dataSource";
import { readinessChecks, watching } from "../src/watching";
import { claimRequest, claimSession } from "./cases/claims";
import { execute } from "./cluster/database";
import { sampleSchema } from "./http/sampleSchema";
import { counted, scrape } from "./metrics/scrape";
import { connected, letPass, SealedService, sealedService, until, untilSealed } from "./sealer/sealedLog";
import { wireTo, Wire } from "./sealer/silentWire";

/* Readiness and the numbers of the log, with a real database behind a wire and a real sealer. */

let service: SealedService;
let wire: Wire;
let sealerWire: Wire;
let database: Database;
let sealerDatabase: Database;
let sealer: Sealer;
let server: HttpServer;
let url: string;

beforeEach(async () => {
  service = await sealedService();
  wire = await wireTo(service.url);
  sealerWire = await wireTo(service.url);
  database = await createDataSource(wire.url).initialize();
  sealerDatabase = await createDataSource(sealerWire.url).initialize();
  const log = openLog({ write: () => undefined });
  const { http, observeSealer: observe } = watching(database, log);
  sealer = await startSealer({ ...service.setting, database: sealerDatabase, observe });
  server = await createHttpServer({
    schema: sampleSchema(),
    authorize: () => undefined,
    introspection: false,
    authenticate: () => Promise.reject(new Error("nobody asks")),
    contextOf: () => ({}),
    checks: readinessChecks(database, sealer),
    ...http,
    log,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  url = `http://127.0.0.1:${port}/`;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.stop();
  await wire.cut();
  await sealerWire.cut();
  await sealer.stop();
  await database.destroy();
  await sealerDatabase.destroy();
  await service.close();
});

const get = async (path: string) => {
  const reply = await fetch(`${url}${path}`);
  return [reply.status, await reply.text()];
};
const untilAnswered = (answer: unknown[]) =>
  until(async () => String(await get("readyz")) === String(answer));
const counting = async (sample: string) => ((await scrape({ url })).get(sample) ?? 0) > 0;
const isReachable = async () => (await database.query("select 1")).length === 1;
const others = "pid <> pg_backend_pid() and datname = current_database()";
const ready = [200, '{"ready":true}'];
const notReady = (failing: string) => [503, JSON.stringify({ ready: false, failing })];

test("with a database and a sealer at work the service is ready", async () => {
  expect(await get("readyz")).toEqual(ready);
  expect(counted(await scrape({ url }), "esi_readiness")).toEqual({ esi_readiness: 1 });
});

test("a database that is gone is named; the process is alive all the same", async () => {
  await wire.cut();
  expect(await get("readyz")).toEqual(notReady("database"));
  expect(await get("healthz")).toEqual([200, '{"alive":true}']);
  expect(counted(await scrape({ url }), "esi_readiness", "esi_readiness_failures_total")).toEqual({
    'esi_readiness_failures_total{check="database"}': 1,
  });
});

test("a database that does not answer is named in time", async () => {
  wire.fallSilent();
  expect(await get("readyz")).toEqual(notReady("database"));
  expect(await get("healthz")).toEqual([200, '{"alive":true}']);
});

test("a database that takes no rows is named, until it does again", async () => {
  const name = new URL(service.url).pathname.slice(1);
  const writing = new URL(service.url);
  writing.searchParams.set("options", "-c default_transaction_read_only=off");
  await execute(writing.href, `alter database "${name}" set default_transaction_read_only = on`);
  await execute(writing.href, `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
  await until(() => isReachable().catch(() => false));
  expect(await get("readyz")).toEqual(notReady("database"));
  // Nobody ends the connections that were opened meanwhile, on which nothing can be written.
  await execute(writing.href, `alter database "${name}" reset default_transaction_read_only`);
  await untilAnswered(ready);
});

test("a server that drains says so, and serves all the same", async () => {
  server.startDraining();
  expect(await get("readyz")).toEqual(notReady("draining"));
  expect((await get("metrics"))[0]).toBe(200);
});

test("a sealer that hangs is named after a minute", async () => {
  sealerWire.fallSilent();
  await delay(600);
  expect(await get("readyz")).toEqual(ready);
  letPass(61);
  expect(await get("readyz")).toEqual(notReady("sealer"));
});

test("what the sealer measures is shown, and nothing before it has measured", async () => {
  const names = ["esi_seal_lag_seconds", "esi_log_tree_size", "esi_checkpoint_age_seconds"];
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await untilSealed(service.database);
  await until(async () => (await notesIn(service.folder)).length === 1);
  const before = await scrape({ url });
  expect(names.filter((name) => before.has(name))).toEqual([]);
  expect(before.get("esi_sealer_pass_age_seconds")).toBeLessThan(5);
  letPass(10);
  await until(async () => (await scrape({ url })).has("esi_log_tree_size"));
  const after = await scrape({ url });
  expect([after.get("esi_log_tree_size"), after.get("esi_seal_lag_seconds")]).toEqual([1, 0]);
  const age = after.get("esi_checkpoint_age_seconds") ?? 0;
  letPass(30);
  expect((await scrape({ url })).get("esi_checkpoint_age_seconds")).toBeGreaterThan(age + 30);
});

test("the age of what waits to be sealed is measured while a transaction holds the sealer back", async () => {
  const open = await connected(service.url);
  await open.query("begin; select pg_current_xact_id()");
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await delay(50);
  letPass(10);
  const lag = async () => (await scrape({ url })).get("esi_seal_lag_seconds") ?? 0;
  await until(async () => (await lag()) > 0.04);
  await open.end();
});

test("alarms are counted by their code", async () => {
  await rm(service.folder, { recursive: true });
  await writeFile(service.folder, "no folder");
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await until(async () => counting("esi_sealer_failures_total"));
  letPass(61);
  await until(async () => counting('esi_sealer_alarms_total{code="NOT_PUBLISHED"}'));
  expect(counted(await scrape({ url }), "esi_sealer_alarms_total")).toEqual({
    'esi_sealer_alarms_total{code="NOT_PUBLISHED"}': 1,
  });
});
