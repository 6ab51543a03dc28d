import { setTimeout as delay } from "node:timers/promises";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { declarePolicyException } from "../../src/cases/declarePolicyException";
import { startSealer } from "../../src/sealer/sealer";
import { claimRequest, claimSession, exceptionTerms } from "../cases/claims";
import { serviceOn, TestService } from "../cases/testService";
import {
  connected,
  expectSoundCheckpoints,
  expectSoundLog,
  insertDecision,
  SealedService,
  sealedService,
  sizeOf,
  untilSealed,
} from "./sealedLog";

/* A sealer at work beside twelve writers: submissions as they are, and transactions that dawdle or give up. */

const entriesOfAWriter = 46;

let service: SealedService;
let processes: TestService[];

beforeAll(async () => {
  service = await sealedService();
  processes = await Promise.all([service.url, service.url].map(serviceOn));
});
afterAll(async () => {
  await Promise.all(processes.map(({ close }) => close()));
  await service.close();
});

function dawdle(mostMilliseconds: number): Promise<void> {
  return delay(Math.random() * mostMilliseconds);
}

/** Two writers of each member, in two processes. */
async function submitter(place: number): Promise<void> {
  for (let sent = 0; sent < entriesOfAWriter; sent++) {
    const day = String(1 + (sent % 28)).padStart(2, "0");
    const claim = claimRequest(claimSession(`M${place % 3}`, `2025-0${1 + place}-${day}`));
    await decideAndStore([claim], processes[place % 2]);
    if (sent === 20) await declarePolicyException(exceptionTerms({ key: `T${place}` }), "tester", service);
    await dawdle(10);
  }
}

async function dawdler(place: number): Promise<void> {
  const client = await connected(service.url);
  for (let sequence = 1; sequence <= entriesOfAWriter; ) {
    await client.query("begin");
    const most = Math.min(sequence + Math.floor(Math.random() * 5), entriesOfAWriter);
    for (let next = sequence; next <= most; next++) {
      await insertDecision(client, `D${place}`, next);
      await dawdle(20);
    }
    const isKept = Math.random() < 0.7;
    await client.query(isKept ? "commit" : "rollback");
    if (isKept) sequence = most + 1;
  }
  await client.end();
}

const lags = `
select extract(epoch from h.at - d.decided_at)::double precision as seconds
  from decision d
  join audit_leaf l on l.entry_id = d.id
 cross join lateral (select at from audit_head where tree_size > l.leaf_index order by tree_size limit 1) h
 order by seconds`;

test("every entry of many writers gets a place, soon, in its member's order, and every head is right", async () => {
  const sealer = await startSealer(service.setting);
  const places = [0, 1, 2, 3, 4, 5];
  await Promise.all(places.flatMap((place) => [submitter(place), dawdler(place)]));
  await untilSealed(service.database);
  await sealer.stop();

  const { entries, leaves } = await sizeOf(service.database);
  expect(entries).toBeGreaterThan(12 * entriesOfAWriter);
  expect(leaves).toBe(entries);
  const tree = await expectSoundLog(service.database);
  const published = await expectSoundCheckpoints(service, tree);
  expect(published.length).toBeGreaterThan(1);
  expect(published.at(-1)).toBe(entries);
  expect(service.lines).toEqual([]);
  const rows = await service.database.query<{ seconds: number }[]>(lags);
  expect(rows[Math.floor(rows.length * 0.99)].seconds).toBeLessThan(5);
}, 60_000);
