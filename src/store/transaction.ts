import { QueryRunner } from "typeorm";
import { Database } from "./dataSource";
import { Queryable } from "./queryable";

/** All that is done on the connection is done, or nothing. */
export async function inTransaction<T>(queryRunner: QueryRunner, act: () => Promise<T>): Promise<T> {
  await queryRunner.startTransaction("READ COMMITTED");
  try {
    const result = await act();
    await queryRunner.commitTransaction();
    return result;
  } catch (error) {
    // A connection that is lost cannot roll back, and needs not; what went wrong before is what matters.
    await queryRunner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

/** The same on a connection of the pool, lent for as long as it takes. */
export async function withTransaction<T>(
  database: Database,
  act: (queryable: Queryable) => Promise<T>,
): Promise<T> {
  const queryRunner = database.createQueryRunner();
  try {
    await queryRunner.connect();
    const queryable: Queryable = { query: (text, parameters) => queryRunner.query(text, parameters) };
    return await inTransaction(queryRunner, () => act(queryable));
  } finally {
    await queryRunner.release();
  }
}

/** A database none of whose statements takes longer; each has a connection for itself, and gives it back. */
export function withStatementLimit(database: Database, milliseconds: number): Queryable {
  return {
    query: <T>(text: string, parameters?: unknown[]) =>
      withTransaction(database, async (transaction) => {
        await transaction.query(`set local statement_timeout = ${milliseconds}`);
        return transaction.query<T>(text, parameters);
      }),
  };
}
