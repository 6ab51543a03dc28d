import { decideAndStore } from "../../src/cases/decideAndStore";
import { declarePolicyException } from "../../src/cases/declarePolicyException";
import { claimRequest, claimSession, exceptionTerms } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";

let service: TestService;

beforeAll(async () => {
  service = await freshService();
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await declarePolicyException(exceptionTerms(), "tester", service);
  await service.database.query(oneRowEach);
});
afterAll(() => service.close());

/** Row triggers say nothing of a table without rows: one for each table that is empty otherwise. */
const oneRowEach = `
insert into purge (sequence, id, purged_at, basis, leaf) values (1, gen_random_uuid(), now(), 'R-12', 'leaf');
insert into purged_decision (entry_id, purge_sequence, leaf) values (gen_random_uuid(), 1, 'leaf');
insert into legal_hold (member_id, reference, is_placed) values ('M', 'DOCKET-1', true);
insert into audit_leaf (leaf_index, entry_id, source, leaf_hash)
  values (0, gen_random_uuid(), 'decision', sha256(''));
insert into audit_tile (level, idx, hashes, root)
  values (0, 0, decode(repeat('00', 8192), 'hex'), sha256(''));
insert into audit_head (tree_size, root, cluster_id, low_water)
  select 1, sha256(''), cluster_id, low_water from audit_cluster;
insert into audit_checkpoint (tree_size, key_id, note) values (1, 'key', 'note');
insert into audit_key (verifier_key, use) values ('key', 'checkpoint');
insert into audit_key_end (verifier_key) values ('key');
insert into access_log (request_id, subject, client_id, member_id, operation, document_hash, decisions, outcome)
  values ('R', 'S', 'C', 'M', 'member', sha256(''), 0, 'ALLOWED')`;

/** What is not stored truth: the work list follows from the streams, and the migrations are the owner's. */
const changing = ["readjudication_candidate", "schema_migration"];

interface Table {
  readonly name: string;
  /** One that a value can be given for. */
  readonly column: string;
}

async function appendOnlyTables(): Promise<Table[]> {
  return service.database.query(
    `select t.table_name as name,
            (select c.column_name from information_schema.columns c
              where c.table_schema = t.table_schema and c.table_name = t.table_name
                and c.is_generated = 'NEVER' and c.is_identity = 'NO'
              order by c.ordinal_position limit 1) as column
       from information_schema.tables t
      where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and t.table_name <> all ($1::text[])
      order by 1`,
    [changing],
  );
}

const refused = { code: "55000", message: expect.stringContaining("append-only") };
const refusal = (statement: string) =>
  expect(service.database.query(statement)).rejects.toMatchObject(refused);

test("the database refuses to change, delete and truncate what any table holds, even to its owner", async () => {
  const tables = await appendOnlyTables();
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["decision", "purge", "legal_hold"]));
  for (const { name, column } of tables) {
    const rows: object[] = await service.database.query(`select from ${name} limit 1`);
    expect([name, rows.length]).toEqual([name, 1]);
    await refusal(`update ${name} set ${column} = ${column}`);
    await refusal(`delete from ${name}`);
    await refusal(`truncate ${name} cascade`);
    await refusal(`set session_replication_role = replica; delete from ${name}`);
  }
});

const changes = [
  ["an update of a decision", "update decision set disposition = 'APPROVED'"],
  ["an update of an exception", "update policy_exception set declared_by = 'somebody else'"],
  ["the lifting of a hold by an update", "update legal_hold set is_placed = false"],
  [
    "an erased decision that is said to be another",
    "update purged_decision set entry_id = gen_random_uuid()",
  ],
] as const;

test.each(changes)("the database refuses %s", async (_, statement) => {
  await refusal(statement);
});

test("what was tried has changed nothing", async () => {
  const [counts] = await service.database.query(`
    select (select count(*) from decision)::int as decisions, (select count(*) from policy_version)::int as versions,
           (select count(*) from policy_exception)::int as exceptions,
           (select count(*) from legal_hold where is_placed)::int as holds`);
  expect(counts).toEqual({ decisions: 1, versions: 1, exceptions: 1, holds: 1 });
});

test("a policy version whose text does not have its hash is not stored", async () => {
  const statement =
    "insert into policy_version (id, effective_from, content, content_hash) values ('x', '2030-01-01', 'a', $1)";
  await expect(service.database.query(statement, [Buffer.alloc(32)])).rejects.toMatchObject({
    code: "23514",
  });
});
