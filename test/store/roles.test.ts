import { join } from "node:path";
import { escapeIdentifier } from "pg";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { Connection, openConnection } from "../../src/store/connection";
import { claimRequest, claimSession } from "../cases/claims";
import { serviceOn } from "../cases/testService";
import { expectGolden } from "../golden";
import { GrantedRoles, grantedRoles, newRoles } from "./grantedRoles";

let roles: GrantedRoles;
let app: Connection;
let auditor: Connection;
let quotedApp: string;

beforeAll(async () => {
  roles = await grantedRoles();
  [app, auditor] = await Promise.all([
    openConnection(roles.url(roles.app)),
    openConnection(roles.url(roles.auditor)),
  ]);
  quotedApp = escapeIdentifier(roles.app);
  const service = await serviceOn(roles.url(roles.app));
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await service.close();
}, 30_000);
afterAll(async () => {
  await Promise.all([app.close(), auditor.close()]);
  await roles.drop();
});

/** What a role can do in whatever way with each table and view, the columns where it is not all of them. */
const matrix = `
select format('%s.%s %s%s', c.relnamespace::regnamespace, c.relname, p.name,
         case when p.name not in ('SELECT', 'INSERT', 'UPDATE') or every(h.holds) then ''
              else format(' (%s)', string_agg(a.attname, ', ' order by a.attnum) filter (where h.holds)) end) as line
  from pg_class c
 cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
            with ordinality as p (name, place)
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
 cross join lateral (select case when p.name in ('SELECT', 'INSERT', 'UPDATE')
                              then has_column_privilege($1::name, c.oid, a.attnum, p.name)
                              else has_table_privilege($1::name, c.oid, p.name) end as holds) h
 where c.relnamespace in ('public'::regnamespace, 'auditing'::regnamespace) and c.relkind in ('r', 'v')
 group by c.relnamespace, c.relname, p.name, p.place
having bool_or(h.holds)
 order by c.relnamespace::regnamespace::text collate "C", c.relname, p.place`;

test("each role has the rights written down and no other; `npm run accept` writes them anew", async () => {
  const linesOf = async (name: string, role: string): Promise<string[]> => {
    const rows = await app.query<{ line: string }[]>(matrix, [role]);
    return rows.map(({ line }) => `${name.padEnd(8)} ${line}\n`);
  };
  const lines = [...(await linesOf("app", roles.app)), ...(await linesOf("auditor", roles.auditor))];
  expectGolden(join(__dirname, "rights.golden.txt"), lines.join(""));
});

const notPermitted = { code: "42501" };
const decisionColumns = `member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
  decided_at, client_id, idempotency_key, request_hash, regions, procedure_codes, failed_rules, provider_npis,
  record, salt, leaf`;

const update = "update decision set disposition = 'APPROVED'";

const refusedToApp = [
  ["change a decision", update],
  ["delete decisions", "delete from decision"],
  ["empty the table of decisions", "truncate decision cascade"],
  ["change an exception", "update policy_exception set declared_by = 'nobody'"],
  ["delete from the access log", "delete from access_log"],
  [
    "say which transaction stored a decision",
    `insert into decision (${decisionColumns}, xact) select ${decisionColumns}, '3'::xid8 from decision`,
  ],
  [
    "say when something was read",
    `insert into access_log (at, request_id, subject, client_id, member_id, operation, document_hash, decisions,
       outcome) values ('2020-01-01', 'R', 'S', 'C', 'M', 'member', sha256(''), 0, 'ALLOWED')`,
  ],
  [
    "record a purge",
    `insert into purge (sequence, id, purged_at, basis, leaf)
     values (1, gen_random_uuid(), now(), 'R', 'leaf')`,
  ],
  ["purge", "select purge_member('M', '2000-01-01', 1, gen_random_uuid(), now(), 'R', 'leaf')"],
  ["read who is under a legal hold", "select from legal_hold"],
  [
    "say that the work list was built",
    "insert into work_list_build (engine_version, members, candidates) values ('9', 0, 0)",
  ],
  ["let the log begin anew", "insert into audit_cluster (cluster_id, low_water) values (1, '3'::xid8)"],
  [
    "put another decision on the work list's place",
    "update readjudication_candidate set decision_id = gen_random_uuid()",
  ],
  ["disable a trigger", "alter table decision disable trigger append_only"],
  ["read the views of auditors", "select from auditing.decision"],
  ["make a table", "create table public.own (number integer)"],
  ["make a function", "create function public.now() returns text language sql as 'select null::text'"],
  ["lock a table", "do $$ begin lock table decision in share row exclusive mode; end $$"],
];

test.each(refusedToApp)("the role of the service may not %s", async (_, statement) => {
  await expect(app.query(statement)).rejects.toMatchObject(notPermitted);
});

const refusedToAuditor = [
  "select from public.decision",
  "select from public.schema_migration",
  "insert into decision (member_id) values ('M')",
  "insert into access_log (member_id) values ('M')",
  update,
  "delete from readjudication_candidate",
  "create table own (number integer)",
];

test.each(refusedToAuditor)("an auditor may not %s", async (statement) => {
  await expect(auditor.query(statement)).rejects.toMatchObject(notPermitted);
});

test("an auditor reads every table by the view of its name", async () => {
  const [{ current_schema: schema }] =
    await auditor.query<{ current_schema: string }[]>("select current_schema()");
  expect(schema).toBe("auditing");
  expect(await auditor.query("select member_id from decision")).toEqual([{ member_id: "M" }]);
  expect(await auditor.query("select from access_log")).toEqual([]);
});

test("the role of the service writes into the access log and reads it, and auditors read it", async () => {
  await app.query(
    `insert into access_log (request_id, subject, client_id, member_id, operation, document_hash, purpose,
       decisions, outcome) values ('R', 'S', 'C', 'M', 'member', sha256(''), 'TREAT', 1, 'ALLOWED')`,
  );
  for (const connection of [app, auditor])
    expect(await connection.query("select member_id from access_log")).toEqual([{ member_id: "M" }]);
});

test("a page that is read through a view is found by the index of the table", async () => {
  const explain = (connection: Connection): Promise<object[]> =>
    connection.query(`
      explain (costs off)
      select record from decision
       where (decided_at, id) < ('2199-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff')
       order by decided_at desc, id desc limit 20`);
  // Of a few rows an index makes nothing quicker.
  for (const connection of [app, auditor])
    await connection.query("set enable_seqscan = off; set enable_bitmapscan = off");
  const plan = await explain(auditor);
  expect(JSON.stringify(plan)).toContain("Index Scan Backward using decision_decided_at on decision");
  expect(plan).toEqual(await explain(app));
});

test("what was granted beyond the list the triggers refuse all the same, and migrate takes it back", async () => {
  await roles.execute(`grant update, delete, truncate on decision to ${quotedApp};
    grant select on decision to public`);
  const refused = { code: "55000" };
  await expect(app.query(update)).rejects.toMatchObject(refused);
  await expect(app.query("delete from decision")).rejects.toMatchObject(refused);
  await expect(app.query("truncate decision")).rejects.toMatchObject(refused);
  await roles.migrate();
  await expect(app.query(update)).rejects.toMatchObject(notPermitted);
  await expect(app.query("truncate decision")).rejects.toMatchObject(notPermitted);
  await expect(auditor.query("select from public.decision")).rejects.toMatchObject(notPermitted);
});

test("a role that rights would not limit is refused, and nothing is granted to anybody", async () => {
  const { owner, auditor: auditing, app: service } = roles;
  const named: [{ app?: string; auditor?: string }, string][] = [
    [{ app: "nobody 'here'" }, `--app: there is no role "nobody 'here'"`],
    [{ auditor: "nobody" }, '--auditor: there is no role "nobody"'],
    [{ app: owner }, "owns the tables, the schema public or the database"],
    [{ auditor: service, app: service }, "--app and --auditor name one role"],
    [{ app: decodeURIComponent(new URL(roles.url()).username) }, "is a superuser, whom nothing limits"],
  ];
  for (const [given, message] of named) await expect(roles.migrate(given)).rejects.toThrow(message);
  await roles.execute(`grant ${escapeIdentifier(owner)} to ${quotedApp}`);
  await expect(roles.migrate({ app: service })).rejects.toThrow(`is a member of the owner "${owner}"`);
  await roles.execute(`revoke ${escapeIdentifier(owner)} from ${quotedApp};
    grant pg_write_all_data to ${quotedApp}; grant pg_read_all_data to ${escapeIdentifier(auditing)}`);
  await expect(roles.migrate({ app: service })).rejects.toThrow("has DELETE on access_log, audit_checkpoint");
  await expect(roles.migrate({ auditor: auditing })).rejects.toThrow("has SELECT on access_log");
  await roles.execute(`revoke pg_write_all_data from ${quotedApp};
    revoke pg_read_all_data from ${escapeIdentifier(auditing)}`);
  await roles.migrate();
});

test("what others have put into the schema is left alone, unless the service could do something with it", async () => {
  await roles.execute(`create table public.strange (number integer);
    create function public.strange() returns integer language sql as 'select 1';
    revoke all on function public.strange() from public`);
  await roles.migrate();
  await roles.execute("grant update on strange to public");
  await expect(roles.migrate()).rejects.toThrow("has UPDATE on strange (number)");
  await roles.execute("drop table strange; drop function strange()");
});

test("a schema of another role is told with the remedy, for its rights could not be settled", async () => {
  const strange = await newRoles();
  try {
    await strange.execute("alter schema public owner to current_user");
    await strange.execute(`grant all on schema public to ${escapeIdentifier(strange.owner)}`);
    await expect(strange.migrate()).rejects.toThrow("alter schema public owner to");
  } finally {
    await strange.drop();
  }
}, 30_000);
