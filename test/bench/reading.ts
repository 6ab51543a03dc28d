import { Client } from "pg";
import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { guardedFolder } from "../cluster/guard";
import { startBuiltService } from "./builtService";
import { fillMillionStore } from "./millionStore";
import { openConnections, post } from "./posting";
import { quantile, Row } from "./table";

const port = 4_920;
const connections = 4;
const asksPerSecondOfConnection = 25;
const seconds = 15;
const secondsOfWarmingUp = 3;
const mostMembers = 2_000;
const decisionsOfSmallStore = 10_000;

/** The statement that both questions are answered from, as the service sends it. */
const streamOfMember =
  "select record, member_id, member_sequence from decision where member_id = $1 order by member_sequence asc";

const questions: Readonly<Record<string, string>> = {
  allowance: `query ($id: ID!) { member(id: $id) {
    historyOnFileSince
    allowance(region: LUMBAR_SACRAL, on: "2026-06-01") { nextEligibleDate limits { used left windowOpens } }
  } }`,
  history: `query ($id: ID!) { member(id: $id) {
    sessions { region dateOfService procedureCodes decisions { id disposition } }
  } }`,
};

/**
 * Allowance and history of members at random over HTTP, at a bounded rate, on a small store and on a large one:
 * that which ESI_BENCH_STORE keeps, which is read but for the access log (`npm run bench -- audit` makes it).
 */
export async function measureReading(): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  try {
    const small = await measureStore(folder.path, decisionsOfSmallStore);
    const kept = process.env.ESI_BENCH_STORE;
    if (kept === undefined) return rowsOf([small]);
    return rowsOf([small, await measureStore(kept, 0)]);
  } finally {
    await folder.remove();
  }
}

interface Times {
  readonly p50: number;
  readonly p99: number;
}

interface Measured {
  readonly decisions: number;
  readonly floor: Times;
  readonly asked: Readonly<Record<string, Times>>;
}

/** Fills an empty store with about so many decisions first; the service brings its schema. */
async function measureStore(dataFolder: string, decisions: number): Promise<Measured> {
  const service = await startBuiltService(dataFolder, port);
  const database = await startEmbeddedPostgres({ dataFolder });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    if (decisions > 0) await fillMillionStore(database.url, decisions);
    await client.query("vacuum analyze decision");
    const members = await membersOf(client);
    const token = service.token("history:read", "decisions:read");
    const asked: Record<string, Times> = {};
    for (const [name, query] of Object.entries(questions))
      asked[name] = await timesOver(service.address, token, query, members);
    const counted = await client.query<{ count: string }>("select count(*) from decision");
    const floor = await floorOver(database.url, members);
    return { decisions: Number(counted.rows[0].count), floor, asked };
  } finally {
    await client.end();
    await service.close();
    await database.stop();
  }
}

async function membersOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ member_id: string }>(
    `select member_id from (select distinct member_id from decision) known order by random() limit ${mostMembers}`,
  );
  return rows.map(({ member_id: memberId }) => memberId);
}

async function timesOver(
  address: string,
  token: string,
  query: string,
  members: readonly string[],
): Promise<Times> {
  const pool = await openConnections(address, connections);
  const ask = async (place: number): Promise<void> => {
    const body = JSON.stringify({ query, variables: { id: members[place % members.length] } });
    const { httpCode, text } = await post(pool, token, body);
    if (httpCode !== 200 || text.includes('"errors"')) throw new Error(`unexpected answer: ${text}`);
  };
  await paced(secondsOfWarmingUp, ask);
  const times = await paced(seconds, ask);
  await pool.close();
  return times;
}

/** The same rows of the same members, brought over by the driver and parsed by nobody. */
async function floorOver(url: string, members: readonly string[]): Promise<Times> {
  const clients = Array.from({ length: connections }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const ask = async (place: number): Promise<void> => {
    const values = [members[place % members.length]];
    await clients[place % connections].query({ text: streamOfMember, values });
  };
  await paced(secondsOfWarmingUp, ask);
  const times = await paced(seconds, ask);
  await Promise.all(clients.map((client) => client.end()));
  return times;
}

/** Each connection asks at its own moments, so many times a second, or as soon as its last one is answered. */
async function paced(duration: number, ask: (place: number) => Promise<void>): Promise<Times> {
  const times: number[] = [];
  const pause = 1_000 / asksPerSecondOfConnection;
  const lane = async (first: number): Promise<void> => {
    const start = performance.now() + (first * pause) / connections;
    for (let turn = 0; turn < duration * asksPerSecondOfConnection; turn++) {
      await new Promise((resolve) => setTimeout(resolve, start + turn * pause - performance.now()));
      const began = performance.now();
      await ask(first + turn * connections);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, place) => lane(place)));
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function rowsOf(stores: readonly Measured[]): Row[] {
  return Object.keys(questions).flatMap((name) =>
    stores.map(({ decisions, floor, asked }, place) => {
      const growth = asked[name].p99 / stores[0].asked[name].p99;
      const toSmallest = place === 0 ? "" : `; ${growth.toFixed(2)} of the p99 of the smallest`;
      return {
        what: `${name} of a member among ${decisions.toLocaleString("en-US")} decisions`,
        measured: `${textOf(asked[name])}${toSmallest}`,
        floor: `${textOf(floor)} by plain pg`,
        ratio: floor.p50 / asked[name].p50,
        aim: place === 0 ? "p99 ≤ 15 ms" : "p99 ≤ 15 ms, ≤ 1.3 of the smallest",
      };
    }),
  );
}

function textOf({ p50, p99 }: Times): string {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}
