import { setTimeout as delay } from "node:timers/promises";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { memberStream } from "../../src/cases/reading";
import { Connection, openConnection } from "../../src/store/connection";
import { readStreams } from "../../src/store/everyStream";
import { declareHold } from "../../src/store/legalHolds";
import { eraseMember, Standing } from "../../src/store/purges";
import { replaceWorkList } from "../../src/store/workListBuild";
import { claimRequest, claimSession } from "../cases/claims";
import { serviceOn } from "../cases/testService";
import { AgedStore, agedStore, decideFive, seal, storedIds, today } from "./agedStore";

const terms = { retentionYears: 10, basis: "Schedule R-12, section 4" };

let store: AgedStore;
let one: Connection;
let other: Connection;
beforeEach(async () => {
  store = await agedStore();
  [one, other] = [await openConnection(store.url), await openConnection(store.url)];
  await decideFive(store, "M");
  await seal(store);
  await store.setClock(today);
});
afterEach(async () => {
  await one.close();
  await other.close();
  await store.close();
});

const erase = (connection: Connection, memberId = "M"): Promise<Standing> =>
  eraseMember(connection, memberId, terms, store.newId());

/** Until somebody waits for a lock of the table. */
async function waiting(table: string): Promise<void> {
  for (let tries = 1; tries <= 400; tries++) {
    const rows: object[] = await store.database.query(
      "select from pg_locks where relation = $1::regclass and not granted",
      [table],
    );
    if (rows.length > 0) return;
    await delay(5);
  }
  throw new Error(`nobody waits for ${table}`);
}

test("a submission that read the stream before a purge and stores after it is decided anew", async () => {
  const stream = await memberStream("M", store);
  const request = claimRequest(claimSession("M", "2025-04-10"));
  const submission = await one.inTransaction(async () => {
    await one.query("lock table decision in share row exclusive mode");
    const submitted = decideAndStore([request], store);
    await waiting("decision");
    // The same transaction goes on to purge: the submission has read five decisions, and waits to store a sixth.
    expect(await erase({ ...one, inTransaction: (act) => act() })).toMatchObject({ hindrance: undefined });
    return { submitted };
  });
  const [ruling] = await submission.submitted;
  expect(ruling).toMatchObject({ kind: "decided", decision: { memberSequence: 1, disposition: "APPROVED" } });
  const rows: object[] = await store.database.query(`
    select member_sequence as sequence, convert_from(leaf, 'UTF8')::json ->> 'prev' as prev from decision`);
  expect(rows).toEqual([{ sequence: 1, prev: null }]);
  expect(stream).toHaveLength(5);
});

test("a purge waits for a decision on its way, and then the member stays", async () => {
  const purge = await one.inTransaction(async () => {
    await one.query(`
      insert into decision (member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
             decided_at, client_id, idempotency_key, request_hash, regions, procedure_codes, failed_rules,
             provider_npis, record, salt, leaf)
      select member_id, 6, gen_random_uuid(), 'REVIEW', disposition, claim_number, date_of_service,
             clock_timestamp(), client_id, 'late', request_hash, regions, procedure_codes, failed_rules,
             provider_npis, record, salt, leaf
        from decision where member_sequence = 5`);
    const erasing = erase(other);
    await waiting("decision");
    return { erasing };
  });
  expect(await purge.erasing).toMatchObject({ hindrance: "YOUNGER_DECISIONS" });
  expect(await storedIds(store)).toHaveLength(6);
});

test("a purge waits for a hold on its way, and then the member stays", async () => {
  const purge = await one.inTransaction(async () => {
    await one.query(
      "insert into legal_hold (member_id, reference, is_placed) values ('M', 'DOCKET-1', true)",
    );
    const erasing = erase(other);
    await waiting("legal_hold");
    return { erasing };
  });
  expect(await purge.erasing).toMatchObject({ hindrance: "LEGAL_HOLD" });
  expect(await storedIds(store)).toHaveLength(5);
});

test("a hold that comes while a purge is under way is told that nothing is left to hold", async () => {
  const hold = { memberIds: ["M"], reference: "DOCKET-1", isPlaced: true };
  const late = await one.inTransaction(async () => {
    await erase({ ...one, inTransaction: (act) => act() });
    const declaring = declareHold(other, hold);
    await waiting("legal_hold");
    return { declaring };
  });
  expect(await late.declaring).toEqual([{ isChange: true, hasDecisions: false }]);
  expect(await storedIds(store)).toEqual([]);
});

test("purges at once take turns, each with a number of its own", async () => {
  await store.setClock("2025-06-02T10:15:30.123Z");
  for (const memberId of ["N", "O", "P"]) await decideFive(store, memberId);
  await seal(store);
  await store.setClock(today);
  const standings = await Promise.all([
    ...[erase(one, "M").then(() => erase(one, "N"))],
    ...[erase(other, "O").then(() => erase(other, "P"))],
  ]);
  expect(standings.map(({ hindrance }) => hindrance)).toEqual([undefined, undefined]);
  const rows: object[] = await store.database.query("select sequence from purge order by sequence");
  expect(rows).toEqual([1, 2, 3, 4].map((sequence) => ({ sequence })));
});

test("two purges of one member erase it once", async () => {
  const hindrances = (await Promise.all([erase(one), erase(other)])).map(({ hindrance }) => hindrance);
  expect(hindrances.sort()).toEqual(["NO_DECISIONS", undefined]);
});

test("a work list that is built from what was read before a purge does not bring the member back", async () => {
  const read = await readStreams(one, {});
  expect(read[0].listed).toHaveLength(4);
  await erase(other);
  await replaceWorkList(one, {}, read, () => [...read[0].listed]);
  expect(await store.database.query("select from readjudication_candidate")).toEqual([]);
});

test("the claim and the key of an erased decision can be submitted again, and begin a new stream", async () => {
  const [first] = await memberStream("M", store);
  const session = claimSession("M", first.session.dateOfService, { claimNumber: first.session.claimNumber });
  const request = claimRequest(session, first.idempotencyKey);
  const process = await serviceOn(store.url);
  const submit = async () => (await decideAndStore([request], process))[0];
  expect(await submit()).toMatchObject({ kind: "replayed" });
  await erase(one);
  expect(await submit()).toMatchObject({ kind: "decided", decision: { memberSequence: 1 } });
  expect(await submit()).toMatchObject({ kind: "replayed" });
  const rows: object[] = await store.database.query(`
    select convert_from(leaf, 'UTF8')::json ->> 'prev' as prev from decision`);
  expect(rows).toEqual([{ prev: null }]);
  await process.close();
});
