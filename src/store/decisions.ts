import { In } from "typeorm";
import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { Database } from "./dataSource";
import { DecisionRow } from "./decisionRow";
import { instantText } from "./instantText";
import { parseRecord } from "./record";

/** A place in a member's stream. */
export interface StreamPlace {
  readonly memberId: string;
  readonly memberSequence: number;
}

/** The decisions with these ids that exist, in any order. */
export async function findDecisions(database: Database, ids: readonly string[]): Promise<Decision[]> {
  const rows = await rowsOf(database).find({ select: { record: true, ...key }, where: { id: In(ids) } });
  return rows.map(({ record }) => parseRecord(record));
}

/** The decision that a client's key stands for. */
export async function findDecisionByKey(
  database: Database,
  where: { readonly memberId: string; readonly clientId: string; readonly idempotencyKey: string },
): Promise<Decision | undefined> {
  const row = await rowsOf(database).findOne({ select: { record: true, ...key }, where });
  return row ? parseRecord(row.record) : undefined;
}

/** The decisions that supersede those at the places given, where there are any. */
export async function findSuccessors(
  database: Database,
  places: readonly StreamPlace[],
): Promise<Decision[]> {
  const rows = await database.query<{ record: string }[]>(
    `select d.record
       from unnest($1::text[], $2::integer[]) as place (member_id, member_sequence)
       join decision d on d.member_id = place.member_id and d.supersedes = place.member_sequence`,
    [places.map(({ memberId }) => memberId), places.map(({ memberSequence }) => memberSequence)],
  );
  return rows.map(({ record }) => parseRecord(record));
}

/** A member's whole stream. */
export async function readStream(database: Database, memberId: string): Promise<Decision[]> {
  const rows = await rowsOf(database).find({
    select: { record: true, ...key },
    where: { memberId },
    order: { memberSequence: "ASC" },
  });
  return rows.map(({ record }) => parseRecord(record));
}

/** A member's stream up to a sequence, with the records as they are stored. */
export async function readStoredStream(
  database: Database,
  memberId: string,
  lastSequence: number,
): Promise<{ decision: Decision; record: string }[]> {
  const rows = await database.query<{ record: string }[]>(
    "select record from decision where member_id = $1 and member_sequence <= $2 order by member_sequence",
    [memberId, lastSequence],
  );
  return rows.map(({ record }) => ({ decision: parseRecord(record), record }));
}

/**
 * A part of a member's stream, newest first: at most `limit` decisions before the sequence given, none
 * decided after the instant.
 */
export async function readStreamBackwards(
  database: Database,
  memberId: string,
  beforeSequence: number | undefined,
  limit: number,
  knownAt?: Instant,
): Promise<Decision[]> {
  const rows = await database.query<{ record: string }[]>(
    `select record
       from decision
      where member_id = $1 and member_sequence < $2 and ($4::timestamptz is null or decided_at <= $4)
      order by member_sequence desc
      limit $3`,
    [memberId, beforeSequence ?? highestSequence, limit, knownAt ?? null],
  );
  return rows.map(({ record }) => parseRecord(record));
}

/**
 * How many decisions a member's stream holds, or held as it was known at an instant: its sequence has no
 * gaps, and its times never decrease.
 */
export async function streamLength(database: Database, memberId: string, knownAt?: Instant): Promise<number> {
  const [{ length }] = await database.query<{ length: number }[]>(
    `select coalesce(max(member_sequence), 0) as length
       from decision
      where member_id = $1 and ($2::timestamptz is null or decided_at <= $2)`,
    [memberId, knownAt ?? null],
  );
  return length;
}

/** The database's clock. */
export async function databaseTime(database: Database): Promise<Instant> {
  const [{ now }] = await database.query<{ now: Instant }[]>(
    `select ${instantText("statement_timestamp()")} as now`,
  );
  return now;
}

/** The highest place that a stream can have: the highest value of a PostgreSQL integer. */
export const highestSequence = 2 ** 31 - 1;

export async function hasDecisions(database: Database): Promise<boolean> {
  return rowsOf(database).exists();
}

const key = { memberId: true, memberSequence: true } as const;

function rowsOf(database: Database) {
  return database.getRepository(DecisionRow);
}
