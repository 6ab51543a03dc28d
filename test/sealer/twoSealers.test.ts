import { Sealed, sealEntries } from "../../src/sealer/sealEntries";
import { signNewestHead } from "../../src/sealer/signHead";
import { createDataSource, Database } from "../../src/store/dataSource";
import { Queryable } from "../../src/store/queryable";
import { withTransaction } from "../../src/store/transaction";
import {
  connected,
  expectSoundLog,
  insertDecision,
  sealAll,
  SealedService,
  sealedService,
  until,
} from "./sealedLog";

let service: SealedService;
let others: Database;

beforeEach(async () => {
  service = await sealedService();
  others = await createDataSource(service.url).initialize();
  const client = await connected(service.url);
  for (let sequence = 1; sequence <= 20; sequence++) await insertDecision(client, "A", sequence);
  await client.end();
  await sealAll(service.database);
  const again = await connected(service.url);
  for (let sequence = 21; sequence <= 40; sequence++) await insertDecision(again, "A", sequence);
  await again.end();
});
afterEach(async () => {
  await others.destroy();
  await service.close();
});

/** A pass whose every attempt at the lock succeeds. */
function withoutLock(queryable: Queryable): Queryable {
  const lock = /pg_try_advisory_xact_lock\(7114, \$1\)/;
  return { query: (text, parameters) => queryable.query(text.replace(lock, "$1 = $1"), parameters) };
}

/** One pass is through and waits before its commit; then a second begins. */
async function twoAtOnce(pass: (queryable: Queryable) => Promise<Sealed>): Promise<Promise<Sealed>[]> {
  let second: Promise<Sealed> | undefined;
  const first = withTransaction(service.database, async (queryable) => {
    const sealed = await pass(queryable);
    second = withTransaction(others, pass);
    await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 150))]).catch(() => undefined);
    return sealed;
  });
  await first;
  return [first, second ?? first];
}

test("the lock lets one process seal at a time, and nobody waits", async () => {
  const [, second] = await twoAtOnce((queryable) => sealEntries(queryable));
  expect(await second).toEqual({ kind: "busy" });
  await sealAll(service.database);
  await expectSoundLog(service.database);
});

test("the lock lets one process sign at a time", async () => {
  const sign = (queryable: Queryable) => signNewestHead(queryable, service.setting);
  await withTransaction(service.database, async (queryable) => {
    expect(await sign(queryable)).toEqual({ kind: "signed" });
    expect(await withTransaction(others, sign)).toEqual({ kind: "busy" });
  });
});

test("without the lock the primary keys let one process win, and the log does not fork", async () => {
  await untilAllCanBeSealed();
  const [, second] = await twoAtOnce((queryable) => sealEntries(withoutLock(queryable)));
  await expect(second).rejects.toMatchObject({ code: "23505" });
  await sealAll(service.database);
  await expectSoundLog(service.database);
});

test("wrong: without the lock and the keys, two entries get one place", async () => {
  await untilAllCanBeSealed();
  await service.database.query(`
    alter table audit_leaf drop constraint audit_leaf_pkey, drop constraint audit_leaf_entry;
    alter table audit_head drop constraint audit_head_pkey cascade`);
  const [, second] = await twoAtOnce((queryable) => sealEntries(withoutLock(queryable)));
  expect(await second).toEqual({ kind: "sealed", entries: 20 });
  await expect(expectSoundLog(service.database)).rejects.toThrow();
});

/** Tests of other files hold back the horizon for moments. */
async function untilAllCanBeSealed(): Promise<void> {
  const behind =
    "select bool_and(xact < pg_snapshot_xmin(pg_current_snapshot())) as are_behind from decision";
  await until(async () => {
    const [{ are_behind: areBehind }] = await service.database.query<{ are_behind: boolean }[]>(behind);
    return areBehind;
  });
}
