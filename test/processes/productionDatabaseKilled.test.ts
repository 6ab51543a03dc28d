import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedPostgres, startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { execute } from "../cluster/database";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { runBare } from "../commands/commandProcess";
import { expectKept, expectReadyInTime, sender, submitUntil } from "./load";
import { prepareProduction, ProductionSetting, untilReady } from "./productionSetting";
import { ServiceProcess, startProductionProcess } from "./serviceProcess";

/** Production on a PostgreSQL that others run: it is killed and started again while clients submit. */
const outagesMilliseconds = [0, 1_500];

let folder: GuardedFolder;
let setting: ProductionSetting;
let server: EmbeddedPostgres;
let service: ServiceProcess;

beforeAll(async () => {
  folder = await guardedFolder();
  const keys = join(folder.path, "keys");
  await mkdir(keys);
  setting = await prepareProduction(keys);
  server = await startEmbeddedPostgres({ dataFolder: join(folder.path, "data") });
  await execute(server.url, "create role esi_app login");
  const migrated = await runBare(["migrate", "--app", "esi_app"], { DATABASE_URL: server.url });
  expect(migrated.exitStatus).toBe(0);
  const DATABASE_URL = server.url.replace("postgres@", "esi_app@");
  service = await startProductionProcess({ ...setting.environment, DATABASE_URL });
  await untilReady(service.address);
}, 60_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await setting.stop();
  await folder.remove();
});

/** What readiness says all the while. */
async function readinessFor(milliseconds: number): Promise<string[]> {
  const said = new Set<string>();
  for (const end = performance.now() + milliseconds; performance.now() < end; await delay(50)) {
    const reply = await fetch(`${service.address}/readyz`);
    said.add(`${reply.status} ${await reply.text()}`);
  }
  return [...said];
}

test("production whose database dies under load says so, is ready 5 s after it is back, and loses nothing", async () => {
  let isEnough = false;
  const { address } = service;
  const refusals = new Set<string>();
  const token = setting.tokenFor("claims:submit history:read decisions:read");
  const send = sender(address, token, refusals);
  const sending = submitUntil(() => isEnough, send);
  const recoveries: number[] = [];
  for (const milliseconds of outagesMilliseconds) {
    await delay(500);
    process.kill(server.pid, "SIGKILL");
    await untilReady(address, false);
    for (const said of await readinessFor(milliseconds))
      expect(said).toMatch(/^503 {"ready":false,"failing":"(database|overloaded)"}$/);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    server = await server.startAgain();
    recoveries.push(await untilReady(address));
  }
  await delay(500);
  isEnough = true;
  await expectKept(await sending, { address, token, send });
  expectReadyInTime(recoveries);
  expect([...refusals]).toEqual(["503 UNAVAILABLE true 1"]);
  expect(service.child.exitCode).toBeNull();
  expect(service.logged()).not.toContain("KILLED-");
}, 120_000);
