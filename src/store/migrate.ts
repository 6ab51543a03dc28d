import { DataSource, MigrationExecutor } from "typeorm";
import { grantRoles, Roles } from "./grantRoles";

/** Any number will do, as long as nothing else in the database takes the same advisory lock. */
const migrationLock = 711_400;

/**
 * Brings the schema up to date, and the rights of the roles that are named; of several processes one does the
 * work and the others wait. The executor takes no lock.
 */
export async function migrate(dataSource: DataSource, roles: Roles = {}): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.startTransaction("READ COMMITTED");
  try {
    // A long migration, or the wait for one, is no hanging statement.
    await queryRunner.query("set local statement_timeout = 0; set local lock_timeout = 0");
    await queryRunner.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    const executor = new MigrationExecutor(dataSource, queryRunner);
    executor.transaction = "none";
    await executor.executePendingMigrations();
    await grantRoles({ query: (text, parameters) => queryRunner.query(text, parameters) }, roles);
    await queryRunner.commitTransaction();
  } catch (error) {
    await queryRunner.rollbackTransaction();
    throw error;
  } finally {
    await queryRunner.release();
  }
}
