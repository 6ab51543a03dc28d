import { engineVersion } from "../adjudication/engineVersion";
import { Connection } from "./connection";
import { inRange, ListedRow, MemberRange, readGrownStreams, StoredRecord, StoredStream } from "./everyStream";
import { Queryable } from "./queryable";
import { underLock } from "./tableLock";

/** Whether the work list was built last by the rules of this program; it is kept up to date from then on. */
export async function isWorkListBuilt(database: Queryable): Promise<boolean> {
  const builds = await database.query<{ engine: string }[]>(
    "select engine_version as engine from work_list_build order by built_at desc limit 1",
  );
  return builds.at(0)?.engine === engineVersion;
}

/**
 * Why the work list cannot be relied on; undefined where it can. Only the owner of the tables can build it,
 * so a service that runs as another role can but say so.
 */
export async function workListFault(database: Queryable): Promise<string | undefined> {
  if (await isWorkListBuilt(database)) return undefined;
  const remedy = "let the owner of the tables run esi migrate";
  return `the work list was not built by engine ${engineVersion}: ${remedy}`;
}

export async function recordWorkListBuild(
  database: Queryable,
  { members, candidates }: { readonly members: number; readonly candidates: number },
): Promise<void> {
  await database.query(
    "insert into work_list_build (engine_version, members, candidates) values ($1, $2, $3)",
    [engineVersion, members, candidates],
  );
}

/** As many decisions are looked through under the lock in a few milliseconds. */
const mostDecisionsUnderLock = 200;
const attemptsOutsideLock = 5;

/**
 * Replaces the work list of a range of members, also of members that do not exist, by that of their streams.
 * `read` are the streams as they were a moment ago. Under the lock nobody stores a decision: those before it
 * are in what is read, those after it change the rows that are written here. What has grown since is read
 * under the lock; where that is much, it is looked through outside and the lock is taken again. Answers how
 * many rows the work list has.
 */
export async function replaceWorkList(
  connection: Connection,
  range: MemberRange,
  read: readonly StoredStream[],
  workListOf: (stored: readonly StoredRecord[]) => ListedRow[],
): Promise<number> {
  const streams = new Map(read.map((stream) => [stream.memberId, stream]));
  const rowsOf = ({ memberId, decisions }: StoredStream) => ({ memberId, rows: workListOf(decisions) });
  const lists = new Map(read.map((stream) => [stream.memberId, rowsOf(stream)]));
  const learn = (grown: readonly StoredStream[]) => {
    for (const stream of grown) {
      streams.set(stream.memberId, stream);
      lists.set(stream.memberId, rowsOf(stream));
    }
  };
  for (let attempt = 1; ; attempt++) {
    const outcome = await underLock(connection, ["readjudication_candidate"], async () => {
      const grown = await readGrownStreams(connection, range, [...streams.values()]);
      const decisions = grown.reduce((sum, stream) => sum + stream.decisions.length, 0);
      if (decisions > mostDecisionsUnderLock && attempt < attemptsOutsideLock) return grown;
      learn(grown);
      return writeRows(connection, range, [...lists.values()]);
    });
    if (typeof outcome === "number") return outcome;
    learn(outcome);
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

/** What was purged since it was read does not come back. */
const insertRows = `
insert into readjudication_candidate (member_id, member_sequence, decision_id, cause_sequence, caused_at)
select member_id, member_sequence, decision_id, cause_sequence, caused_at
  from json_to_recordset($1::json) as r (member_id text, member_sequence integer, decision_id uuid,
                                         cause_sequence integer, caused_at timestamptz)
 where exists (select from decision d where d.member_id = r.member_id
                  and d.member_sequence = r.member_sequence and d.id = r.decision_id)`;
