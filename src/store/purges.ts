import { Instant } from "../claim/instant";
import { purgeLeaf } from "../ledger/purgeLeaf";
import { Connection } from "./connection";
import { inRange, MemberRange } from "./everyStream";
import { Queryable } from "./queryable";
import { underLock } from "./tableLock";

/** What forbids to erase a member's decisions; the first that holds is told. */
export const hindrances = ["NO_DECISIONS", "LEGAL_HOLD", "YOUNGER_DECISIONS", "NOT_SEALED"] as const;
export type Hindrance = (typeof hindrances)[number];

/** How a member stands to the retention. */
export interface Standing {
  readonly memberId: string;
  /** In the order of the stream. */
  readonly decisionIds: readonly string[];
  readonly hindrance?: Hindrance;
}

/** What a purge is done under. */
export interface PurgeTerms {
  /** Whole years since the member's newest decision. */
  readonly retentionYears: number;
  readonly basis: string;
}

/** Of these ids those of decisions that were erased. */
export async function purgedAmong(database: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await database.query<{ id: string }[]>(
    "select entry_id as id from purged_decision where entry_id = any ($1::uuid[])",
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Before which instant the newest decision of a member must be, by the clock of the database. */
export async function retentionEnd(database: Queryable, retentionYears: number): Promise<Instant> {
  return (await readClock(database, retentionYears)).retentionEnd;
}

/** The members of a range that have a decision from before the instant, and perhaps younger ones too. */
export async function membersWithDecisionsBefore(
  database: Queryable,
  { after, upTo }: MemberRange,
  instant: Instant,
): Promise<string[]> {
  const rows = await database.query<{ member_id: string }[]>(
    `select member_id
       from decision
      where ${inRange}
      group by member_id having min(decided_at) < $3::timestamptz
      order by member_id`,
    [after ?? null, upTo ?? null, instant],
  );
  return rows.map(({ member_id: memberId }) => memberId);
}

interface StandingRow {
  readonly member_id: string;
  readonly decision_ids: string[] | null;
  readonly is_held: boolean;
  readonly is_old: boolean;
  readonly is_sealed: boolean;
}

/** How these members stand, in their order. A decision is sealed where the log has it as it is. */
export async function readStandings(
  database: Queryable,
  memberIds: readonly string[],
  end: Instant,
): Promise<Standing[]> {
  const rows = await database.query<StandingRow[]>(
    `select n.member_id, s.decision_ids, is_on_legal_hold(n.member_id) as is_held, s.is_old, s.is_sealed
       from unnest($1::text[]) with ordinality as n (member_id, place)
      cross join lateral (
            select array_agg(d.id::text order by d.member_sequence) as decision_ids,
                   max(d.decided_at) < $2::timestamptz as is_old,
                   bool_and(l.entry_id is not null) as is_sealed
              from decision d
              left join audit_leaf l on l.entry_id = d.id and l.leaf_hash = d.leaf_hash
             where d.member_id = n.member_id) s
      order by n.place`,
    [memberIds, end],
  );
  return rows.map((row) => {
    const { member_id: memberId, decision_ids: decisionIds } = row;
    return { memberId, decisionIds: decisionIds ?? [], hindrance: hindranceOf(row) };
  });
}

function hindranceOf(row: StandingRow): Hindrance | undefined {
  if (row.decision_ids === null) return "NO_DECISIONS";
  if (row.is_held) return "LEGAL_HOLD";
  if (!row.is_old) return "YOUNGER_DECISIONS";
  return row.is_sealed ? undefined : "NOT_SEALED";
}

/**
 * Erases a member's decisions unless something forbids it, in one transaction; answers how the member stood
 * in it. Nobody stores a decision, places a hold or purges meanwhile. The id is that of the purge.
 */
export async function eraseMember(
  connection: Connection,
  memberId: string,
  { retentionYears, basis }: PurgeTerms,
  id: string,
): Promise<Standing> {
  return underLock(connection, ["decision", "legal_hold"], async () => {
    const { now: purgedAt, retentionEnd: end, sequence } = await readClock(connection, retentionYears);
    const [standing] = await readStandings(connection, [memberId], end);
    if (standing.hindrance) return standing;
    const { decisionIds } = standing;
    const leaf = purgeLeaf({ sequence, id, purgedAt, basis, decisionIds });
    await connection.query("select purge_member($1, $2, $3, $4, $5, $6, $7)", [
      ...[memberId, end, sequence, id, purgedAt, basis, leaf],
    ]);
    return standing;
  });
}

/**
 * Frees the room of what was erased, and lets the planner forget it: its statistics hold samples of rows. It
 * takes as long as it takes, and nobody waits for it.
 */
export async function clearAway(connection: Connection): Promise<void> {
  await connection.query("set statement_timeout = 0; set lock_timeout = 0");
  await connection.query("vacuum (analyze, truncate false) decision, readjudication_candidate");
}

interface Clock {
  readonly now: Instant;
  readonly retentionEnd: Instant;
  /** Of the next purge. */
  readonly sequence: number;
}

async function readClock(database: Queryable, retentionYears: number): Promise<Clock> {
  const [clock] = await database.query<Clock[]>(
    `select to_char(now, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now,
            to_char(now - make_interval(years => $1), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "retentionEnd",
            (select coalesce(max(sequence), 0) + 1 from purge) as sequence
       from (select clock_timestamp() at time zone 'UTC' as now) clock`,
    [retentionYears],
  );
  return clock;
}
