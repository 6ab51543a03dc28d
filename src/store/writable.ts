import { Database } from "./dataSource";

/** Whether the database answers and would take a row: no standby, and not set to be read only. */
export async function isWritable(database: Database): Promise<boolean> {
  const [{ writable }] = await database.query<{ writable: boolean }[]>(
    `select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writable`,
  );
  return writable;
}
