import { Agent, request } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
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
      if (reply.errors) return { answers, late, end: JSON.stringify(reply.errors) };
      answers += 1;
      if (isLate) late += 1;
    }
    return { answers, late, end: "nothing left to send" };
  } catch (error) {
    return {
      answers,
      late,
      end: error instanceof Error && "code" in error ? String(error.code) : String(error),
    };
  } finally {
    agent.destroy();
  }
}

function post(address: string, agent: Agent, body: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sending = request(`${address}/graphql`, { method: "POST", agent, headers }, (reply) => {
      text(reply).then(resolve, reject);
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

async function stopUnderLoad(
  name: string,
): Promise<{ exitStatus: number | null; sent: Sent[]; logged: string }> {
  const service = await startServiceProcess({ dataFolder: folder, databaseUrl: database.url });
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
        sent.map(() => "ECONNREFUSED"),
        expect.not.stringContaining('"level":50'),
      ]);
      for (const { answers, late } of sent) expect(Math.min(answers, late)).toBeGreaterThan(0);
    }
  }
}, 180_000);
