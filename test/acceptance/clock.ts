import { execute } from "../cluster/database";

/**
 * Puts a clock of the test's own before PostgreSQL's in a database: the service asks the database what time
 * it is, by functions that it does not qualify, so nothing in the service has to know of it. Until it is set
 * it shows the real time.
 */
export async function installClock(url: string): Promise<void> {
  await execute(
    url,
    `create schema test_clock;
     create table test_clock.setting (instant timestamptz);
     insert into test_clock.setting values (null);
     create function test_clock.statement_timestamp() returns timestamptz stable language sql as
       'select coalesce(instant, pg_catalog.statement_timestamp()) from test_clock.setting';
     create function test_clock.clock_timestamp() returns timestamptz volatile language sql as
       'select coalesce(instant, pg_catalog.clock_timestamp()) from test_clock.setting';
     do $$ begin execute format(
       'alter database %I set search_path = test_clock, pg_catalog, public', current_database()); end $$`,
  );
}

/** Sets the clock, or lets it show the real time again. */
export async function setClock(url: string, instant: string | null): Promise<void> {
  const setting = instant === null ? "null" : `'${new Date(instant).toISOString()}'`;
  await execute(url, `update test_clock.setting set instant = ${setting}`);
}
