import { Instant } from "../claim/instant";
import { exactInstantText } from "./instantText";
import { Queryable } from "./queryable";

/** The members between two ids, in the order of the database; all there are on a side without an end. */
export interface MemberRange {
  /** The last id before the range. */
  readonly after?: string;
  /** The last id in it. */
  readonly upTo?: string;
}

/** The decisions made from an instant on and before another one. */
export interface Period {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** A decision as it is stored. Its record may be anything: it is not read here. */
export interface StoredRecord {
  readonly id: string;
  readonly record: string;
  readonly isInPeriod: boolean;
}

/** A row of the work list. `causedAt` is in milliseconds, as decisions are, unless it is wrong. */
export interface ListedRow {
  readonly memberSequence: number;
  readonly decisionId: string;
  readonly causeSequence: number;
  readonly causedAt: string;
}

/** The decisions of a member in their order, and its rows of the work list at the same moment. */
export interface StoredStream {
  readonly memberId: string;
  readonly decisions: readonly StoredRecord[];
  readonly listed: readonly ListedRow[];
}

/** Of the columns of one table; $1 and $2 are the ends, null where there is none. */
export const inRange = "($1::text is null or member_id > $1) and ($2::text is null or member_id <= $2)";

/**
 * Splits all members, those there are and any others, into ranges that hold about so many decisions; one by
 * one, as they are asked for.
 */
export async function* memberRanges(database: Queryable, decisions: number): AsyncGenerator<MemberRange> {
  let after: string | undefined;
  do {
    const upTo = await memberAt(database, after, decisions);
    yield { after, upTo };
    after = upTo;
  } while (after !== undefined);
}

/** The member of the decision at a place behind a member; undefined where there are fewer. */
async function memberAt(
  database: Queryable,
  after: string | undefined,
  place: number,
): Promise<string | undefined> {
  const rows = await database.query<{ member_id: string }[]>(
    `select member_id
       from decision
      where ($1::text is null or member_id > $1)
      order by member_id, member_sequence
     offset $2 limit 1`,
    [after ?? null, place - 1],
  );
  return rows.at(0)?.member_id;
}

interface StreamRow {
  readonly member_id: string;
  readonly member_sequence: number;
  readonly id: string | null;
  readonly record: string | null;
  readonly is_in_period: boolean | null;
  readonly decision_id: string | null;
  readonly cause_sequence: number;
  readonly caused_at: string;
}

/** The streams of a range by one statement: each is whole, or was so a moment ago. */
export async function readStreams(
  database: Queryable,
  { after, upTo }: MemberRange,
  { from, to }: Period = {},
): Promise<StoredStream[]> {
  const rows = await database.query<StreamRow[]>(
    `select member_id, member_sequence, d.id, d.record, d.is_in_period, c.decision_id, c.cause_sequence,
            ${exactInstantText("c.caused_at")} as caused_at
       from (select member_id, member_sequence, id, record,
                    ($3::timestamptz is null or decided_at >= $3)
                    and ($4::timestamptz is null or decided_at < $4) as is_in_period
               from decision
              where ${inRange}) d
       full join (select * from readjudication_candidate where ${inRange}) c
      using (member_id, member_sequence)
      order by member_id, member_sequence`,
    [after ?? null, upTo ?? null, from ?? null, to ?? null],
  );
  return streamsOf(rows);
}

/** Of the streams of a range those that have become longer since they were read, as they are now. */
export async function readGrownStreams(
  database: Queryable,
  { after, upTo }: MemberRange,
  read: readonly StoredStream[],
): Promise<StoredStream[]> {
  const rows = await database.query<StreamRow[]>(
    `select member_id, member_sequence, id, record, true as is_in_period, null as decision_id
       from decision
      where member_id in (
            select member_id
              from (select member_id, count(*) as length
                      from decision where ${inRange} group by member_id) now
              left join unnest($3::text[], $4::integer[]) as known (member_id, length) using (member_id)
             where known.length is distinct from now.length)
      order by member_id, member_sequence`,
    [
      after ?? null,
      upTo ?? null,
      read.map(({ memberId }) => memberId),
      read.map(({ decisions }) => decisions.length),
    ],
  );
  return streamsOf(rows);
}

function streamsOf(rows: readonly StreamRow[]): StoredStream[] {
  const streams: { memberId: string; decisions: StoredRecord[]; listed: ListedRow[] }[] = [];
  for (const row of rows) {
    let stream = streams.at(-1);
    if (stream?.memberId !== row.member_id) {
      stream = { memberId: row.member_id, decisions: [], listed: [] };
      streams.push(stream);
    }
    const { id, record, is_in_period: isInPeriod } = row;
    if (id !== null && record !== null)
      stream.decisions.push({ id, record, isInPeriod: isInPeriod === true });
    if (row.decision_id !== null) stream.listed.push(listedRow(row, row.decision_id));
  }
  return streams;
}

/** A row of the work list as the statements that read streams select it. */
export function listedRow(
  row: Pick<StreamRow, "member_sequence" | "cause_sequence" | "caused_at">,
  decisionId: string,
): ListedRow {
  const { member_sequence: memberSequence, cause_sequence: causeSequence, caused_at: causedAt } = row;
  return { memberSequence, decisionId, causeSequence, causedAt: causedAt.replace(/000Z$/, "Z") };
}
