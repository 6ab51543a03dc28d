import { MigrationInterface, QueryRunner } from "typeorm";

/** What auditors see: each table by a view of its name, so that who may read it all needs no table. */
export class Auditing1795492800000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(auditing);
    for (const table of tables) await queryRunner.query(viewOf(table));
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const tables = [
  ...["access_log", "audit_checkpoint", "audit_cluster", "audit_head", "audit_key", "audit_key_end"],
  ...["audit_leaf", "audit_tile", "decision", "legal_hold", "policy_exception", "policy_version"],
  ...["purge", "purged_decision", "readjudication_candidate", "schema_migration", "work_list_build"],
];

const auditing = `
create schema if not exists auditing;
comment on schema auditing is
  'What auditors may read: a view of each table, by the name of the table and with its columns.';
`;

/** A view checks the rights of its owner, and is planned as if the table stood in its place. */
const viewOf = (table: string) => `
create view auditing.${table} as select * from public.${table};

do $$
declare
  described record;
begin
  execute format('comment on view auditing.${table} is %L', concat_ws(' ', 'As auditors see it.',
    obj_description('public.${table}'::regclass, 'pg_class')));
  for described in
    select a.attname, col_description(a.attrelid, a.attnum) as text
      from pg_attribute a
     where a.attrelid = 'public.${table}'::regclass and a.attnum > 0 and not a.attisdropped
  loop
    execute format('comment on column auditing.${table}.%I is %L', described.attname, described.text);
  end loop;
end $$;
`;
