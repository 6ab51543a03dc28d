import { demoPopulation } from "../../src/demo/demoPopulation";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { ask, databasePid, ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/** Local mode as `npm start` runs it, with an embedded database of its own. */
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

async function start(...args: string[]): Promise<ServiceProcess> {
  const service = await startServiceProcess({ dataFolder: folder.path, args });
  running.push(service);
  return service;
}

const submit = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { id memberSequence disposition } userErrors { code } replayed }
}`;

interface Answer {
  readonly decision: {
    readonly id: string;
    readonly memberSequence: number;
    readonly disposition: string;
  } | null;
  readonly replayed: boolean;
}

async function submitTo({ address }: ServiceProcess, place: number): Promise<Answer> {
  const session = {
    memberId: "LOCAL-1",
    claimNumber: `C-${place}`,
    claimType: "PROFESSIONAL",
    lineOfBusiness: "MEDICAID",
    dateOfService: `2025-0${place}-10`,
    stateOfService: "TX",
    placeOfService: "11",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
  };
  const input = { idempotencyKey: `key-${place}`, session };
  const token = await tokenFor(folder.path);
  return (await ask<{ submitClaimSession: Answer }>(address, token, submit, { input })).submitClaimSession;
}

async function historyOf({ address }: ServiceProcess, id: string): Promise<number> {
  type Reply = { member: { decisions: { totalCount: number } } };
  const query = "query History($id: ID!) { member(id: $id) { decisions { totalCount } } }";
  return (await ask<Reply>(address, await tokenFor(folder.path), query, { id })).member.decisions.totalCount;
}

test("an acknowledged decision outlives the death of the service, of its database, and of both", async () => {
  const answers: Answer[] = [];
  const first = await start("--no-demo");
  answers.push(await submitTo(first, 1));
  await first.kill("SIGKILL");

  const second = await start("--no-demo");
  answers.push(await submitTo(second, 2));
  process.kill(await databasePid(folder.path), "SIGKILL");
  await second.kill("SIGKILL");

  const third = await start("--no-demo");
  for (const [place, answer] of answers.entries()) {
    expect(await submitTo(third, place + 1)).toEqual({ ...answer, replayed: true });
  }
  expect((await submitTo(third, 3)).decision?.memberSequence).toBe(3);
}, 60_000);

test("the service starts its database again when that is killed, and goes on", async () => {
  const service = await start("--no-demo");
  const before = await submitTo(service, 1);
  process.kill(await databasePid(folder.path), "SIGKILL");
  const after = await untilAnswered(() => submitTo(service, 2));
  expect(after.decision?.memberSequence).toBe(2);
  expect(await submitTo(service, 1)).toEqual({ ...before, replayed: true });
  expect(service.logged().match(/has been started again/g)).toHaveLength(1);
}, 60_000);

test("the demo population is filled in once, and not where it is not wanted", async () => {
  const filled = await start();
  const [{ memberId, steps }] = demoPopulation;
  expect(await historyOf(filled, memberId)).toBe(steps.length);
  expect(await filled.kill("SIGTERM")).toBe(0);
  const again = await start();
  expect(await historyOf(again, memberId)).toBe(steps.length);
}, 60_000);

test("an empty database stays empty with --no-demo, and readiness is told from the moment requests are served", async () => {
  const service = await start("--no-demo");
  expect(await historyOf(service, demoPopulation[0].memberId)).toBe(0);
  expect((await fetch(`${service.address}/readyz`)).status).toBe(200);
  expect((await fetch(`${service.address}/explorer`)).status).toBe(200);
}, 60_000);

async function untilAnswered<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
