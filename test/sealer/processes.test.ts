import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { verifierOf } from "../../src/ledger/ed25519";
import { localOrigin, openLogKeys } from "../../src/sealer/logKeys";
import { notesIn } from "../../src/sealer/checkpointFolder";
import { openCheckpoint } from "../../src/ledger/checkpoint";
import { createDataSource, Database } from "../../src/store/dataSource";
import { startTestServer } from "../cluster/server";
import { databaseUrl } from "../cluster/database";
import { ask, ServiceProcess, startServiceProcess, tokenFor } from "../processes/serviceProcess";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { expectSoundLog, sizeOf } from "./sealedLog";

/*
 * The service as `npm start` runs it. On a server of its own: on that of the other tests, their transactions
 * would hold back the last pass of a process that is told to stop.
 */
let server: Awaited<ReturnType<typeof startTestServer>>;
let folder: GuardedFolder;
let database: Database;
let running: ServiceProcess[];

beforeAll(async () => {
  running = [];
  [server, folder] = await Promise.all([startTestServer(), guardedFolder()]);
  database = await createDataSource(databaseUrl(server.url, server.template)).initialize();
}, 60_000);
afterAll(async () => {
  await Promise.all(running.map(({ kill }) => kill("SIGKILL")));
  await database.destroy();
  await server.stop();
  await folder.remove();
});

async function start(): Promise<ServiceProcess> {
  const url = databaseUrl(server.url, server.template);
  const service = await startServiceProcess({ dataFolder: folder.path, databaseUrl: url });
  running.push(service);
  return service;
}

const submit = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { id } userErrors { code } }
}`;

let sent = 0;

async function submitTo({ address }: ServiceProcess): Promise<void> {
  sent += 1;
  const session = {
    memberId: "M",
    claimNumber: `C-${sent}`,
    claimType: "PROFESSIONAL",
    lineOfBusiness: "MEDICAID",
    dateOfService: "2025-03-10",
    stateOfService: "TX",
    placeOfService: "11",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
  };
  const input = { idempotencyKey: `key-${sent}`, session };
  await ask(address, await tokenFor(folder.path), submit, { input });
}

async function publishedSizes(): Promise<bigint[]> {
  return (await notesIn(join(folder.path, "checkpoints"))).map(({ treeSize }) => treeSize);
}

async function expectAllPublished(): Promise<void> {
  const tree = await expectSoundLog(database);
  expect(await sizeOf(database)).toEqual({ entries: sent, leaves: sent });
  const { checkpointSigners } = await openLogKeys(folder.path, localOrigin);
  const verifiers = checkpointSigners.map(({ key }) => verifierOf(key));
  const notes = await notesIn(join(folder.path, "checkpoints"));
  for (const { note, treeSize } of notes)
    expect(openCheckpoint(note, verifiers)).toEqual({
      value: { origin: localOrigin, treeSize, rootHash: tree.root(Number(treeSize)) },
    });
  expect(notes.at(-1)?.treeSize).toBe(BigInt(sent));
  const names = await readdir(join(folder.path, "checkpoints"));
  expect(names.filter((name) => !name.endsWith(".checkpoint"))).toEqual([]);
}

test("a decision is published when the service has stopped, or soon after it was killed and started again", async () => {
  const first = await start();
  await submitTo(first);
  expect(await first.kill("SIGTERM")).toBe(0);
  expect(await publishedSizes()).toEqual([1n]);

  const second = await start();
  await submitTo(second);
  await second.kill("SIGKILL");
  const third = await start();
  const ready = performance.now();
  while (!(await publishedSizes()).includes(2n)) {
    expect(performance.now() - ready).toBeLessThan(2_000);
    await delay(20);
  }
  await expectAllPublished();

  // Two that stop at the same moment: each has what it decided published.
  const both = [third, await start()];
  for (let round = 0; round < 3; round++) for (const service of both) await submitTo(service);
  expect(await Promise.all(both.map(({ kill }) => kill("SIGTERM")))).toEqual([0, 0]);
  await expectAllPublished();
}, 60_000);
