import { DataSource, MigrationExecutor } from "typeorm";

/** Any number will do, as long as nothing else in the database takes the same advisory lock. */
const migrationLock = 711_400;

/**
 * Brings the schema up to date; of several processes one does the work and the others wait. The executor
 * takes no lock.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.startTransaction("READ COMMITTED");
  try {
    // A long migration, or the wait for one, is no hanging statement.
    await queryRunner.query("set local statement_timeout = 0; set local lock_timeout = 0");
    await queryRunner.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    const executor = new MigrationExecutor(dataSource, queryRunner);
    executor.transaction = "none";
    await executor.executePendingMigrations();
    await queryRunner.commitTransaction();
  } catch (error) {
    await queryRunner.rollbackTransaction();
    throw error;
  } finally {
    await queryRunner.release();
  }
}

/**
 * Whether every migration of this program has been run; what needs them does not start on an older schema.
 * Asking makes nothing: the executor would make its table.
 */
export async function isMigrated(dataSource: DataSource): Promise<boolean> {
  const [{ exists }] = await dataSource.query<{ exists: boolean }[]>(
    "select to_regclass('schema_migration') is not null as exists",
  );
  if (!exists) return false;
  const run = await dataSource.query<{ name: string }[]>("select name from schema_migration");
  const names = new Set(run.map(({ name }) => name));
  return dataSource.migrations.every((migration) => names.has(migration.name ?? migration.constructor.name));
}
