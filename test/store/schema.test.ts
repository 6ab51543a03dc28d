import { join } from "node:path";
import { DecisionRow } from "../../src/store/decisionRow";
import { PolicyVersionRow } from "../../src/store/policyVersions";
import { expectGolden } from "../golden";
import { freshService, TestService } from "../cases/testService";

let service: TestService;

beforeAll(async () => {
  service = await freshService();
});
afterAll(() => service.close());

const describeSchema = `
select 'column     ' || table_name || '.' || column_name || ' ' || data_type
       || case is_nullable when 'NO' then ' not null' else '' end
       || coalesce(' default ' || column_default, '') || coalesce(' generated ' || generation_expression, '') as line
  from information_schema.columns where table_schema = 'public'
union all
select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
union all
select 'index      ' || indexdef from pg_indexes where schemaname = 'public'
union all
select 'trigger    ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all
select 'view       ' || table_schema || '.' || table_name || ' (' ||
       (select string_agg(column_name, ', ' order by ordinal_position)
          from information_schema.columns c
         where c.table_schema = v.table_schema and c.table_name = v.table_name) || ')'
  from information_schema.views v where table_schema in ('public', 'auditing')
 order by 1`;

test("the schema is the one written down; `npm run accept` writes it anew", async () => {
  const rows: { line: string }[] = await service.database.query(describeSchema);
  const schema = rows.map(({ line }) => `${line}\n`).join("");
  expectGolden(join(__dirname, "schema.golden.txt"), schema);
});

test("every table, view and column says what it is for", async () => {
  const silent: { name: string }[] = await service.database.query(`
    select c.relname || coalesce('.' || a.attname, '') as name
      from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace in ('public'::regnamespace, 'auditing'::regnamespace) and c.relkind in ('r', 'v')
       and c.relname not in ('schema_migration', 'audit_source')
       and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)`);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test("auditors have a view of every table, with all its columns", async () => {
  const columnsOf = (schema: string): Promise<object[]> =>
    service.database.query(
      `select c.table_name, c.column_name, c.data_type
         from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
        where table_schema = $1 and (t.table_type = 'BASE TABLE') = ($1 = 'public')
        order by 1, c.ordinal_position`,
      [schema],
    );
  expect(await columnsOf("auditing")).toEqual(await columnsOf("public"));
});

test.each([DecisionRow, PolicyVersionRow])("the entity %p names the columns of its table", async (entity) => {
  const { tableName, columns } = service.database.getMetadata(entity);
  const rows: { name: string; nullable: boolean }[] = await service.database.query(
    `select column_name as name, is_nullable = 'YES' as nullable
       from information_schema.columns
      where table_schema = 'public' and table_name = $1 and column_name <> 'xact'`,
    [tableName],
  );
  const named = columns.map(({ databaseName, isNullable }) => ({ name: databaseName, nullable: isNullable }));
  expect(new Set(named)).toEqual(new Set(rows));
});
