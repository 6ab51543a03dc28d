import { openDatabase } from "./openDatabase";
import { Queryable } from "./queryable";
import { inTransaction } from "./transaction";

/** One connection, for a program that goes through the whole store: nobody waits for its statements. */
export interface Connection extends Queryable {
  /** All that is done in it is done, or nothing. */
  readonly inTransaction: <T>(act: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

const statementMilliseconds = 10 * 60 * 1_000;

export async function openConnection(url: string): Promise<Connection> {
  const database = await openDatabase(url);
  const queryRunner = database.createQueryRunner();
  await queryRunner.query(`set statement_timeout = ${statementMilliseconds}`);
  return {
    query: (text, parameters) => queryRunner.query(text, parameters),
    inTransaction: (act) => inTransaction(queryRunner, act),
    close: async () => {
      await queryRunner.release();
      await database.destroy();
    },
  };
}

/** Lends a connection for a while. */
export async function withConnection<T>(
  url: string,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await openConnection(url);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}
