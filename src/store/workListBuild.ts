import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "./connection";
import { inRange, ListedRow, MemberRange, readGrownStreams, StoredRecord, StoredStream } from "./everyStream";
import { Queryable } from "./queryable";

/** Whether the work list of all decisions has been built; kept up to date from then on. */
export async function isWorkListBuilt(database: Queryable): Promise<boolean> {
  const [{ built }] = await database.query<{ built: boolean }[]>(
    "select exists (select from work_list_build) as built",
  );
  return built;
}

export async function recordWorkListBuild(
  database: Queryable,
  { members, candidates }: { readonly members: number; readonly candidates: number },
): Promise<void> {
  await database.query("insert into work_list_build (members, candidates) values ($1, $2)", [
    members,
    candidates,
  ]);
}

/** Whoever stores decisions meanwhile waits for the lock; they give up after two seconds. */
const lockWaitMilliseconds = 500;
const mostAttempts = 40;
const pauseMilliseconds = 250;
const lockNotAvailable = "55P03";

/**
 * Replaces the work list of a range of members, also of members that do not exist, by that of their streams.
 * `read` are the streams as they were a moment ago; only those that have grown since are read under the lock.
 * Under the lock nobody stores a decision: those before it are in what is read, those after it change the
 * rows that are written here. Answers how many rows these are.
 */
export async function replaceWorkList(
  connection: Connection,
  range: MemberRange,
  read: readonly StoredStream[],
  workListOf: (stored: readonly StoredRecord[]) => ListedRow[],
): Promise<number> {
  const rowsOf = ({ memberId, decisions }: StoredStream) => ({ memberId, rows: workListOf(decisions) });
  const lists = new Map(read.map((stream) => [stream.memberId, rowsOf(stream)]));
  const replace = async () => {
    await connection.query(`set local lock_timeout = ${lockWaitMilliseconds}`);
    await connection.query("lock table readjudication_candidate in share row exclusive mode");
    const grown = await readGrownStreams(connection, range, read);
    for (const stream of grown) lists.set(stream.memberId, rowsOf(stream));
    return writeRows(connection, range, [...lists.values()]);
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.inTransaction(replace);
    } catch (error) {
      if (!isLockTimeout(error) || attempt === mostAttempts) throw error;
      await delay(pauseMilliseconds);
    }
  }
}

async function writeRows(
  locked: Queryable,
  { after, upTo }: MemberRange,
  lists: readonly { readonly memberId: string; readonly rows: readonly ListedRow[] }[],
): Promise<number> {
  await locked.query(`delete from readjudication_candidate where ${inRange}`, [after ?? null, upTo ?? null]);
  const rows = lists.flatMap((list) =>
    list.rows.map((row) => ({
      member_id: list.memberId,
      member_sequence: row.memberSequence,
      decision_id: row.decisionId,
      cause_sequence: row.causeSequence,
      caused_at: row.causedAt,
    })),
  );
  if (rows.length > 0) await locked.query(insertRows, [JSON.stringify(rows)]);
  return rows.length;
}

const insertRows = `
insert into readjudication_candidate (member_id, member_sequence, decision_id, cause_sequence, caused_at)
select member_id, member_sequence, decision_id, cause_sequence, caused_at
  from json_to_recordset($1::json) as r (member_id text, member_sequence integer, decision_id uuid,
                                         cause_sequence integer, caused_at timestamptz)`;

function isLockTimeout(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === lockNotAvailable;
}
