import { Client } from "pg";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { claimRequest, claimSession } from "../cases/claims";
import { freshService, serviceOn, TestService } from "../cases/testService";

/**
 * Why the write path is as it is: the same race by the service, and by designs that look as good. Each design
 * keeps numbered links of one member and allows a link while fewer than four are allowed. All clients read
 * before any writes.
 */
const clientCount = 12;
const limit = 4;

let service: TestService;
let clients: Client[];

beforeEach(async () => {
  service = await freshService();
  clients = Array.from({ length: clientCount }, () => new Client({ connectionString: service.url }));
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0].query("create table link (number int primary key, allowed boolean not null)");
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await service.close();
});

interface Seen {
  readonly last: number;
  readonly mayAllow: boolean;
}

async function read(client: Client): Promise<Seen> {
  const text =
    "select coalesce(max(number), 0) as last, count(*) filter (where allowed) as allowed from link";
  const { rows } = await client.query<{ last: number; allowed: string }>(text);
  return { last: rows[0].last, mayAllow: Number(rows[0].allowed) < limit };
}

async function insert(client: Client, number: number, allowed: boolean): Promise<boolean> {
  const text = "insert into link (number, allowed) values ($1, $2) on conflict do nothing";
  return (await client.query(text, [number, allowed])).rowCount === 1;
}

type Write = (client: Client, seen: Seen) => Promise<void>;

async function race(write: Write): Promise<{ allowed: number; stored: number }> {
  const seen = await Promise.all(clients.map(read));
  await Promise.all(clients.map((client, place) => write(client, seen[place])));
  const { rows } = await clients[0].query<{ allowed: string; stored: string }>(
    "select count(*) filter (where allowed) as allowed, count(*) as stored from link",
  );
  return { allowed: Number(rows[0].allowed), stored: Number(rows[0].stored) };
}

test("read again and decide again after a lost number: four are allowed and every answer is stored", async () => {
  const decideAgain: Write = async (client, seen) => {
    for (let now = seen; !(await insert(client, now.last + 1, now.mayAllow)); ) now = await read(client);
  };
  expect(await race(decideAgain)).toEqual({ allowed: limit, stored: clientCount });
});

test("wrong: the next number without deciding again allows more than four", async () => {
  const keepDecision: Write = async (client, { last, mayAllow }) => {
    for (let number = last + 1; !(await insert(client, number, mayAllow)); ) number += 1;
  };
  expect((await race(keepDecision)).allowed).toBe(clientCount);
});

test("wrong: a number taken by the INSERT from max() allows more than four", async () => {
  const text = "insert into link select coalesce(max(number), 0) + 1, $1 from link on conflict do nothing";
  const numberInInsert: Write = async (client, { mayAllow }) => {
    while ((await client.query(text, [mayAllow])).rowCount === 0);
  };
  expect((await race(numberInInsert)).allowed).toBe(clientCount);
});

test("wrong: no row stored is taken for stored, and answers are given that nobody finds again", async () => {
  const ignoreConflict: Write = async (client, { last, mayAllow }) => {
    await insert(client, last + 1, mayAllow);
  };
  expect((await race(ignoreConflict)).stored).toBe(1);
});

test("wrong: without a unique number more than four are allowed", async () => {
  await clients[0].query("alter table link drop constraint link_pkey");
  const anyNumber: Write = async (client, { last, mayAllow }) => {
    await insert(client, last + 1, mayAllow);
  };
  expect((await race(anyNumber)).allowed).toBe(clientCount);
});

test("wrong: at REPEATABLE READ the snapshot is older than the lock, and more than four are allowed", async () => {
  const lockThenRead: Write = async (client) => {
    await client.query("select pg_advisory_xact_lock(1)");
    const { mayAllow } = await read(client);
    await client.query("insert into link select $1, $2", [clients.indexOf(client) + 1, mayAllow]);
    await client.query("commit");
  };
  await Promise.all(clients.map((client) => client.query("begin isolation level repeatable read")));
  expect((await race(lockThenRead)).allowed).toBe(clientCount);
});

test("the service in several processes' place allows four of many racing claims, and stores each answer", async () => {
  const processes = await Promise.all([service.url, service.url, service.url].map(serviceOn));
  const months = ["01", "02", "03", "04", "05", "06", "07", "08"];
  const requests = ["03", "17"].flatMap((day) =>
    months.map((month) => claimRequest(claimSession("HOT", `2025-${month}-${day}`))),
  );
  const answers = await Promise.all(
    requests.map((request, place) => decideAndStore([request], processes[place % processes.length])),
  );
  const decisions = answers.flat().flatMap((ruling) => (ruling.kind === "decided" ? ruling.decision : []));
  expect(decisions.filter(({ disposition }) => disposition === "APPROVED")).toHaveLength(limit);
  expect(decisions.map(({ memberSequence }) => memberSequence).sort((a, b) => a - b)).toEqual(
    requests.map((_, i) => i + 1),
  );
  await Promise.all(processes.map(({ close }) => close()));
});
