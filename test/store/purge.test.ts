import { leafHashOf } from "../../src/ledger/leaf";
import { isIncluded } from "../../src/ledger/merkle";
import { purgeLeaf } from "../../src/ledger/purgeLeaf";
import { Connection, openConnection } from "../../src/store/connection";
import { ownsTables } from "../../src/store/owner";
import { eraseMember, purgedAmong } from "../../src/store/purges";
import { TextbookTree } from "../ledger/textbookTree";
import { AgedStore, agedStore, decideFive, seal, storedIds, today } from "./agedStore";

const terms = { retentionYears: 10, basis: "Schedule R-12, section 4" };

let store: AgedStore;
let connection: Connection;
beforeEach(async () => {
  store = await agedStore();
  connection = await openConnection(store.url);
});
afterEach(async () => {
  await connection.close();
  await store.close();
});

const erase = (memberId: string, retentionYears = 10) =>
  eraseMember(connection, memberId, { ...terms, retentionYears }, store.newId());

async function one<Row>(text: string, parameters: unknown[] = []): Promise<Row> {
  const [row]: Row[] = await store.database.query(text, parameters);
  return row;
}

test("a member is erased whole: records, places on the work list and all, and the purge tells what", async () => {
  const erased = await decideFive(store, "GONE");
  const kept = await decideFive(store, "KEPT");
  await seal(store);
  const leaves: { id: string; leaf: Buffer }[] = await store.database.query("select id, leaf from decision");
  await store.setClock(today);
  const id = store.newId();
  const decisionIds = erased.map((decision) => decision.id);
  expect(await eraseMember(connection, "GONE", terms, id)).toEqual({ memberId: "GONE", decisionIds });
  expect(await storedIds(store)).toEqual(kept.map((decision) => decision.id).sort());
  const left = await one(
    "select count(*)::int as rows, min(member_id) as member from readjudication_candidate",
  );
  expect(left).toEqual({ rows: 4, member: "KEPT" });
  const leaf = purgeLeaf({ sequence: 1, id, purgedAt: today, basis: terms.basis, decisionIds });
  expect(await one("select sequence, id, basis, leaf, leaf_hash from purge")).toEqual({
    ...{ sequence: 1, id, basis: terms.basis, leaf, leaf_hash: leafHashOf(leaf) },
  });
  const remains: object[] = await store.database.query(
    "select entry_id as id, leaf from purged_decision where purge_sequence = 1",
  );
  expect(remains).toHaveLength(5);
  expect(leaves).toEqual(expect.arrayContaining(remains));
  expect(await purgedAmong(store.database, [...decisionIds, kept[0].id])).toEqual(new Set(decisionIds));
});

test("after a purge every leaf is in the tree as before, those of erased decisions too", async () => {
  await decideFive(store, "GONE");
  await decideFive(store, "KEPT");
  await seal(store);
  const before = await treeOf();
  const checkpoint = { treeSize: 10n, rootHash: before.root() };
  await store.setClock(today);
  await erase("GONE");
  await seal(store);
  const after = await treeOf();
  expect(after.leaves).toHaveLength(11);
  expect(after.root(10)).toEqual(checkpoint.rootHash);
  for (const [index, leaf] of after.leaves.slice(0, 10).entries()) {
    const place = { index: BigInt(index), leafHash: leafHashOf(leaf) };
    expect(isIncluded(place, before.path(index), checkpoint)).toBe(true);
    expect(isIncluded(place, after.path(index), { treeSize: 11n, rootHash: after.root() })).toBe(true);
  }
});

/** The tree over the leaves as the tables hold them now; their hashes must be those that were sealed. */
async function treeOf(): Promise<TextbookTree> {
  const rows: { leaf: Buffer; leaf_hash: Buffer }[] = await store.database.query(`
    select coalesce(d.leaf, p.leaf, e.leaf) as leaf, l.leaf_hash
      from audit_leaf l
      left join decision d on d.id = l.entry_id
      left join purged_decision p on p.entry_id = l.entry_id
      left join purge e on e.id = l.entry_id
     order by l.leaf_index`);
  for (const { leaf, leaf_hash: sealed } of rows) expect(leafHashOf(leaf)).toEqual(sealed);
  return new TextbookTree(rows.map(({ leaf }) => leaf));
}

describe("a member stays", () => {
  beforeEach(async () => {
    await decideFive(store, "M");
  });

  const standing = async (memberId: string) => (await erase(memberId)).hindrance;

  test("who has no decisions", async () => {
    expect(await standing("NOBODY")).toBe("NO_DECISIONS");
  });

  test("while any decision is not sealed, or is not what was sealed", async () => {
    await store.setClock(today);
    expect(await standing("M")).toBe("NOT_SEALED");
    await store.database.query(`
      insert into audit_leaf (leaf_index, entry_id, source, leaf_hash)
      select member_sequence, id, 'decision', case member_sequence when 3 then sha256('other') else leaf_hash end
        from decision`);
    expect(await standing("M")).toBe("NOT_SEALED");
  });

  test("until the newest decision is older than the retention, to the millisecond", async () => {
    await seal(store);
    await store.setClock("2035-06-02T10:15:30.123Z");
    expect(await standing("M")).toBe("YOUNGER_DECISIONS");
    await store.setClock("2035-06-02T10:15:30.124Z");
    expect(await standing("M")).toBeUndefined();
  });

  test("while one of several holds stands", async () => {
    await seal(store);
    await store.setClock(today);
    const declare = (reference: string, isPlaced: boolean) =>
      store.database.query("insert into legal_hold (member_id, reference, is_placed) values ('M', $1, $2)", [
        reference,
        isPlaced,
      ]);
    await declare("DOCKET-1", true);
    await declare("DOCKET-2", true);
    expect(await standing("M")).toBe("LEGAL_HOLD");
    await declare("DOCKET-1", false);
    expect(await standing("M")).toBe("LEGAL_HOLD");
    await declare("DOCKET-2", false);
    expect(await standing("M")).toBeUndefined();
    expect(await storedIds(store)).toEqual([]);
  });

  afterEach(async () => {
    const { rows } = await one<{ rows: number }>("select count(*)::int as rows from purge");
    expect((await storedIds(store)).length).toBe(rows === 1 ? 0 : 5);
  });
});

describe("the database itself", () => {
  const call = "select purge_member($1, $2, $3, $4, $5, $6, $7)";
  const ids = { purge: "", decisions: [] as string[] };

  beforeEach(async () => {
    const decisions = await decideFive(store, "M");
    await seal(store);
    await store.setClock(today);
    Object.assign(ids, { purge: store.newId(), decisions: decisions.map(({ id }) => id) });
  });

  interface Call {
    readonly end: string;
    readonly sequence: number;
    readonly at: string;
    readonly basis: string;
    readonly leaf: Buffer;
  }

  /** Calls the function of the database with a leaf that tells what it is called with, unless one is given. */
  function purgeWith(changes: Partial<Call> = {}): Promise<unknown> {
    const { end = "2030-06-02T10:15:30.123Z", sequence = 1, at = today, basis = terms.basis } = changes;
    const told = { sequence, id: ids.purge, purgedAt: at, basis: terms.basis, decisionIds: ids.decisions };
    const { leaf = purgeLeaf(told) } = changes;
    return connection.query(call, ["M", end, sequence, ids.purge, at, basis, leaf]);
  }

  test("erases with what is as it should be", async () => {
    expect(await purgeWith()).toEqual([{ purge_member: 5 }]);
  });

  test.each<[string, Partial<Call>, string]>([
    ["a retention of less than 6 years", { end: "2030-06-02T10:15:30.124Z" }, "at least 6 years"],
    ["a retention that younger decisions are inside of", { end: "2025-06-02T10:15:30.123Z" }, "younger"],
    ["a time that is yet to come", { at: "2036-06-02T10:15:30.124Z" }, "clock"],
    ["a time that is gone", { at: "2036-06-02T10:15:24.123Z", end: "2030-06-02T10:15:24.123Z" }, "clock"],
    ["a gap in the numbers of the purges", { sequence: 2 }, "another purge"],
    ["a leaf that does not tell what is erased", { leaf: Buffer.from('{"entries":[]}') }, "leaf"],
    ["a basis that is not that of the leaf", { basis: "another" }, "leaf"],
  ])("refuses %s", async (_, changes, message) => {
    await expect(purgeWith(changes)).rejects.toThrow(message);
    expect(await storedIds(store)).toHaveLength(5);
  });

  test("refuses to erase in a transaction that would go on seeing the stream as it was", async () => {
    await connection.query("begin isolation level repeatable read");
    await expect(purgeWith()).rejects.toMatchObject({ code: "25000" });
    await connection.query("rollback");
  });

  test("refuses to delete a decision but together with its leaf, as sealed, in the same transaction", async () => {
    const remember = (leaf: string) => `
      insert into purge (sequence, id, purged_at, basis, leaf)
      values (1, gen_random_uuid(), now(), 'by hand', 'x');
      insert into purged_decision (entry_id, purge_sequence, leaf) select id, 1, ${leaf} from decision;`;
    const refused = { code: "55000" };
    await expect(connection.query("delete from decision")).rejects.toMatchObject(refused);
    await expect(connection.query(`${remember("'x'")} delete from decision`)).rejects.toMatchObject(refused);
    await connection.query(remember("leaf"));
    await expect(connection.query("delete from decision")).rejects.toMatchObject(refused);
    await expect(connection.query("truncate decision cascade")).rejects.toMatchObject(refused);
  });

  test("refuses a role that does not own the tables, and says so before", async () => {
    const role = `reader_${store.newId().replaceAll("-", "")}`;
    await store.database.query(`create role ${role}`);
    try {
      expect(await ownsTables(connection)).toBe(true);
      await store.database.query(`
        grant usage on schema public, test_clock to ${role};
        grant select on all tables in schema public, test_clock to ${role}`);
      await connection.query(`set role ${role}`);
      expect(await ownsTables(connection)).toBe(false);
      await expect(purgeWith()).rejects.toThrow("permission denied for function purge_member");
      await expect(erase("M")).rejects.toMatchObject({ code: "42501" });
    } finally {
      await connection.query("reset role");
      await store.database.query(`drop owned by ${role}; drop role ${role}`);
    }
  });
});
