import { Database } from "./dataSource";
import { isConnectionSpoilt } from "./failure";

/**
 * Whether the database takes rows, tried with none. A standby, and a server that is set to be read only,
 * refuse them, and such a connection is not used again: the next one may lead to the new primary.
 */
export async function isWritable(database: Database): Promise<boolean> {
  try {
    await database.query("insert into access_log (request_id) select null where false");
    return true;
  } catch (error) {
    if (isConnectionSpoilt(error)) return false;
    throw error;
  }
}
