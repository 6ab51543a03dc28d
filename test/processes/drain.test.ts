import { Agent, request } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { submissionsOf } from "./claimedMember";
import { ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/** Processes on one database, each told to stop while clients send one request after the other. */
const processesAtOnce = 4;
const rounds = 5;
const clients = 3;

let database: TestDatabase;
let folder: string;
let token: string;
const running: ServiceProcess[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "esi-drain-"));
});
afterAll(async () => {
  await Promise.all(running.map(({ kill }) => kill("SIGKILL")));
  await rm(folder, { recursive: true });
  await database.drop();
});

const submit = `mutation ($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { id } userErrors { code } }
}`;

interface Sent {
  readonly memberId: string;
  readonly answers: number;
  /** Of them those sent after the process was told to stop. */
  readonly late: number;
  /** What ended it. */
  readonly end: string;
}

/** Sends over a connection that is kept until a new one is refused, or anything else goes wrong. */
async function sendOn(address: string, memberId: string, isStopping: () => boolean): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const submissions = submissionsOf(memberId, 400);
  let [answers, late] = [0, 0];
  try {
    for (const input of submissions) {
      const isLate = isStopping();
      const reply = JSON.parse(
        await post(address, agent, JSON.stringify({ query: submit, variables: { input } })),
      );
      if (reply.errors) return { memberId, answers, late, end: JSON.stringify(reply.errors) };
      answers += 1;
      if (isLate) late += 1;
    }
    return { memberId, answers, late, end: "nothing left to send" };
  } catch (error) {
    // A connection that the listener never took over is reset by the system: as good as refused.
    const isTaken = error instanceof TakenAndReset || !/ECONNRE(?:FUSED|SET)/.test(String(error));
    return { memberId, answers, late, end: isTaken ? String(error) : "refused" };
  } finally {
    agent.destroy();
  }
}

/** A connection that had served before broke under a request. */
class TakenAndReset extends Error {}

function post(address: string, agent: Agent, body: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sending = request(`${address}/graphql`, { method: "POST", agent, headers }, (reply) => {
      text(reply).then(resolve, reject);
    });
    sending.on("error", (error) => reject(sending.reusedSocket ? new TakenAndReset() : error));
    sending.end(body);
  });
}

/** What was begun and not answered would be on file. */
async function storedOf(memberId: string): Promise<number> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const statement = "select count(*)::integer as stored from decision where member_id = $1";
    return (await client.query<{ stored: number }>(statement, [memberId])).rows[0].stored;
  } finally {
    await client.end();
  }
}

async function stopUnderLoad(
  name: string,
): Promise<{ exitStatus: number | null; sent: Sent[]; logged: string }> {
  const environment = { ESI_DRAIN_WAIT_MS: "300" };
  const service = await startServiceProcess({ dataFolder: folder, databaseUrl: database.url, environment });
  running.push(service);
  token = await tokenFor(folder);
  let isStopping = false;
  const sending = Promise.all(
    Array.from({ length: clients }, (_, client) =>
      sendOn(service.address, `DRAIN-${name}-${client}`, () => isStopping),
    ),
  );
  await delay(300);
  isStopping = true;
  const exitStatus = await service.kill("SIGTERM");
  return { exitStatus, sent: await sending, logged: service.logged() };
}

test("twenty processes that are told to stop under load abort no request", async () => {
  for (let round = 0; round < rounds; round++) {
    const names = Array.from({ length: processesAtOnce }, (_, place) => `${round}-${place}`);
    const stopped = await Promise.all(names.map(stopUnderLoad));
    for (const { exitStatus, sent, logged } of stopped) {
      expect([exitStatus, sent.map(({ end }) => end), logged]).toEqual([
        0,
        sent.map(() => "refused"),
        expect.not.stringContaining('"level":50'),
      ]);
      for (const { answers, late } of sent) expect(Math.min(answers, late)).toBeGreaterThan(0);
      for (const { memberId, answers } of sent)
        expect([memberId, await storedOf(memberId)]).toEqual([memberId, answers]);
    }
  }
}, 180_000);
