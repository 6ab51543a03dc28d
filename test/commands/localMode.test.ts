import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { verifyVisitor } from "../../src/commands/verifyRange";
import { isWorkListBuilt } from "../../src/store/workListBuild";
import { freshService } from "../cases/testService";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { ServiceProcess, spawnProgram, startServiceProcess } from "../processes/serviceProcess";
import { numbersIn, runCommand, summaryIn } from "./commandProcess";
import { fillStore, forgetWorkList } from "./filledStore";

let folder: GuardedFolder;
let running: ServiceProcess[];

beforeEach(async () => {
  folder = await guardedFolder();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map(({ kill }) => kill("SIGKILL")));
  await folder.remove();
});

async function start(databaseUrl?: string): Promise<ServiceProcess> {
  const service = await startServiceProcess({ dataFolder: folder.path, databaseUrl, args: [] });
  running.push(service);
  return service;
}

const isServerRunning = () => existsSync(join(folder.path, "pg18", "postmaster.pid"));

test("commands find the database of the data folder, running or not, and leave it as they found it", async () => {
  const service = await start();
  const whileRunning = await runCommand(["replay"], { dataFolder: folder.path });
  expect(whileRunning.exitStatus).toBe(0);
  expect(numbersIn(whileRunning).identical).toMatch(/^[1-9]/);
  expect((await fetch(`${service.address}/readyz`)).status).toBe(200);
  expect(await service.kill("SIGTERM")).toBe(0);
  expect(isServerRunning()).toBe(false);
  const whileStopped = await runCommand(["verify"], { dataFolder: folder.path });
  expect(whileStopped.exitStatus).toBe(0);
  expect(String(summaryIn(whileStopped).decisions)).toBe(numbersIn(whileRunning).identical);
  expect(isServerRunning()).toBe(false);
}, 60_000);

test("a start finds out that decisions are older than the work list, and builds it", async () => {
  const service = await freshService();
  try {
    await fillStore(service);
    await forgetWorkList(service);
    expect(await isWorkListBuilt(service.database)).toBe(false);
    await start(service.url);
    expect(await isWorkListBuilt(service.database)).toBe(true);
    const { findings } = await verifyVisitor(service.database, { overdue: "counts" })({});
    expect(findings.first).toEqual([]);
  } finally {
    await Promise.all(running.map(({ kill }) => kill("SIGTERM")));
    await service.close();
  }
}, 60_000);

test("a command whose reader has gone says so, fails, and stops the database that it started", async () => {
  await (await start()).kill("SIGTERM");
  for (const args of [["log-keys"], ["export", "--format", "csv"]]) {
    const child = spawnProgram("src/cli.ts", { dataFolder: folder.path }, args);
    child.stdout?.destroy();
    let logged = "";
    child.stderr?.on("data", (bytes: Buffer) => (logged += bytes.toString("utf8")));
    await once(child, "close");
    expect([child.exitCode, logged]).toEqual([
      1,
      "who reads the output has gone: what was written is not complete (EPIPE)\n",
    ]);
    expect(isServerRunning()).toBe(false);
  }
}, 60_000);

test("a data folder that is not there is not made", async () => {
  const dataFolder = join(folder.path, "elsewhere");
  const { exitStatus, logged } = await runCommand(["verify"], { dataFolder });
  expect(logged).toBe(`${dataFolder} is not there: npm start makes it\n`);
  expect(exitStatus).toBe(2);
  expect(existsSync(dataFolder)).toBe(false);
}, 60_000);
