import { Instant } from "../claim/instant";
import { sealExceptionEntry } from "../ledger/exceptionLeaf";
import { ExceptionEntry } from "../policy/exceptionRegister";
import { instantText } from "./instantText";
import { Queryable } from "./queryable";

/** The entries of the register behind a place, in their order, and the database's clock at the read. */
export async function readExceptions(
  database: Queryable,
  after: number,
): Promise<{ now: Instant; entries: ExceptionEntry[] }> {
  const rows = await database.query<{ now: Instant; record: string | null }[]>(
    `select e.record,
            ${instantText("statement_timestamp()")} as now
       from (values (1)) as one
       left join policy_exception e on e.sequence > $1
      order by e.sequence`,
    [after],
  );
  const entries = rows.flatMap(({ record }) => (record === null ? [] : parseEntry(record)));
  return { now: rows[0].now, entries };
}

/**
 * Stores an entry at its place; false, and nothing is stored, where another one was there first or the
 * process slept since it read the clock.
 */
export async function appendException(database: Queryable, entry: ExceptionEntry): Promise<boolean> {
  const { record, leaf } = sealExceptionEntry(entry);
  const rows = await database.query<unknown[]>(
    `insert into policy_exception (sequence, id, declared_at, declared_by, record, leaf)
     select $1::integer, $2, $3, $4, $5, $6
      where $1::integer = (select coalesce(max(sequence), 0) + 1 from policy_exception)
        and clock_timestamp() < $3::timestamptz + interval '5 seconds'
     on conflict (sequence) do nothing
     returning sequence`,
    [entry.sequence, entry.id, entry.declaredAt, entry.declaredBy, record, leaf],
  );
  return rows.length === 1;
}

/** What was written is canonical JSON of exactly this shape, and hashed as such. */
function parseEntry(record: string): ExceptionEntry {
  return JSON.parse(record) as ExceptionEntry;
}
