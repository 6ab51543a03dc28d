import { Client } from "pg";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { withTransaction } from "../../src/store/transaction";
import { Sealed, sealEntries } from "../../src/sealer/sealEntries";
import { claimRequest, claimSession } from "../cases/claims";
import { freshDatabase } from "../cluster/database";
import {
  connected,
  expectSoundLog,
  insertDecision,
  sealAll,
  sealedIds,
  SealedService,
  sealedService,
  sealOnce,
  sealSome,
  sizeOf,
} from "./sealedLog";

/* What a pass may take: only what was written by transactions that began before every one that still runs. */

let service: SealedService;
let one: Client;
let other: Client;

beforeEach(async () => {
  service = await sealedService();
  [one, other] = await Promise.all([connected(service.url), connected(service.url)]);
});
afterEach(async () => {
  await Promise.all([one.end(), other.end()]);
  await service.close();
});

/** One begins and stays open, the other begins later and is stored first. `meanwhile` sees only that. */
async function overtaking(meanwhile: () => Promise<void>): Promise<{ first: string; second: string }> {
  await one.query("begin");
  const first = await insertDecision(one, "A", 1);
  const second = await insertDecision(other, "B", 1);
  await meanwhile();
  await one.query("commit");
  return { first, second };
}

test("what is stored late by a transaction that began early is sealed, and before what overtook it", async () => {
  const { database } = service;
  const { first, second } = await overtaking(async () => {
    expect(await sealOnce(database)).toEqual({ kind: "sealed", entries: 0 });
  });
  await sealAll(database);
  expect(await sealedIds(database)).toEqual([first, second]);
});

test("wrong: a mark at the newest time of decision loses what was stored late", async () => {
  const found: string[] = [];
  let mark = "-infinity";
  const wrongPass = async (): Promise<void> => {
    const { rows } = await other.query<{ id: string; at: string }>(
      "select id, decided_at::text as at from decision where decided_at > $1 order by decided_at",
      [mark],
    );
    found.push(...rows.map(({ id }) => id));
    mark = rows.at(-1)?.at ?? mark;
  };
  const { first, second } = await overtaking(wrongPass);
  await wrongPass();
  expect(found).toEqual([second]);
  expect(found).not.toContain(first);
});

test("a transaction that only reads holds nothing back", async () => {
  await one.query("begin transaction isolation level repeatable read; select count(*) from decision");
  const id = await insertDecision(other, "A", 1);
  expect(await sealSome(service.database)).toBe(1);
  expect(await sealedIds(service.database)).toEqual([id]);
});

test("a transaction that writes in another database of the cluster holds back what comes after it", async () => {
  const elsewhere = await freshDatabase();
  const writer = await connected(elsewhere.url);
  try {
    await writer.query("begin; create table anything (number integer)");
    await insertDecision(one, "A", 1);
    expect(await sealOnce(service.database)).toEqual({ kind: "sealed", entries: 0 });
    await writer.query("commit");
    expect(await sealSome(service.database)).toBe(1);
  } finally {
    await writer.end();
    await elsewhere.drop();
  }
});

test("the rows of one transaction may be sealed by several passes", async () => {
  await one.query("begin");
  for (let sequence = 1; sequence <= 10; sequence++) await insertDecision(one, "A", sequence);
  await one.query("commit");
  const sealed = [await sealSome(service.database, 4)];
  for (let pass = 2; pass <= 4; pass++) sealed.push(entriesOf(await sealOnce(service.database, 4)));
  expect(sealed).toEqual([4, 4, 2, 0]);
  await expectSoundLog(service.database);
});

test("decisions are stored while a pass holds its transaction, and wait for the next", async () => {
  const { database } = service;
  await insertDecision(one, "A", 1);
  await sealAll(database);
  await insertDecision(one, "A", 2);
  await withTransaction(database, async (queryable) => {
    await sealEntries(queryable);
    const [ruling] = await decideAndStore([claimRequest(claimSession("B", "2025-03-10"))], service);
    expect(ruling.kind).toBe("decided");
  });
  await sealAll(database);
  await expectSoundLog(database);
  expect(await sizeOf(database)).toEqual({ entries: 3, leaves: 3 });
});

function entriesOf(sealed: Sealed): number {
  if (sealed.kind !== "sealed") throw new Error(sealed.kind);
  return sealed.entries;
}
