import { In } from "typeorm";
import { Decision } from "../member/decision";
import { Database } from "./dataSource";
import { DecisionRow } from "./decisionRow";
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

/** A part of a member's stream, newest first: at most `limit` decisions before the sequence given. */
export async function readStreamBackwards(
  database: Database,
  memberId: string,
  beforeSequence: number | undefined,
  limit: number,
): Promise<Decision[]> {
  const rows = await database.query<{ record: string }[]>(
    `select record
       from decision
      where member_id = $1 and member_sequence < $2
      order by member_sequence desc
      limit $3`,
    [memberId, beforeSequence ?? highestSequence, limit],
  );
  return rows.map(({ record }) => parseRecord(record));
}

/** How many decisions a member's stream holds: its sequence has no gaps. */
export async function streamLength(database: Database, memberId: string): Promise<number> {
  return (await rowsOf(database).maximum("memberSequence", { memberId })) ?? 0;
}

/** The highest value of a PostgreSQL integer. */
const highestSequence = 2 ** 31 - 1;

export async function hasDecisions(database: Database): Promise<boolean> {
  return rowsOf(database).exists();
}

const key = { memberId: true, memberSequence: true } as const;

function rowsOf(database: Database) {
  return database.getRepository(DecisionRow);
}
