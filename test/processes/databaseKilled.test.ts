import { setTimeout as delay } from "node:timers/promises";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { expectKept, expectReadyInTime, sender, submitUntil, timeUntil } from "./load";
import { databasePid, ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/** Local mode as `npm start` runs it, whose PostgreSQL is killed again and again while clients submit. */
const kills = 3;

let folder: GuardedFolder;
let service: ServiceProcess;
let token: string;

beforeAll(async () => {
  folder = await guardedFolder();
  service = await startServiceProcess({ dataFolder: folder.path });
  token = await tokenFor(folder.path);
}, 60_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await folder.remove();
});

const isReady = async (): Promise<boolean> => (await fetch(`${service.address}/readyz`)).ok;

const timesRestarted = (): number => service.logged().split("has been started again").length - 1;

test("a database killed under load is back in 5 s, and costs no decision and no wrong answer", async () => {
  let isEnough = false;
  const { address } = service;
  const refusals = new Set<string>();
  const send = sender(address, token, refusals);
  const sending = submitUntil(() => isEnough, send);
  const recoveries: number[] = [];
  await delay(1_000);
  for (let kill = 0; kill < kills; kill++) {
    await delay(300);
    process.kill(await databasePid(folder.path), "SIGKILL");
    const isBack = async () => timesRestarted() > kill && (await isReady());
    recoveries.push(await timeUntil(isBack, () => `logged: ${service.logged()}`));
  }
  await delay(300);
  isEnough = true;
  await expectKept(await sending, { address, token, send });
  expectReadyInTime(recoveries);
  expect([...refusals]).toEqual(["503 UNAVAILABLE true 1"]);
  expect(service.child.exitCode).toBeNull();
  expect(timesRestarted()).toBe(kills);
  expect(service.logged()).not.toContain("KILLED-");
}, 120_000);
