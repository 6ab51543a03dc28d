import { Instant } from "../claim/instant";
import { Queryable } from "./queryable";
import { isAhead, isPassed, SealedPlace } from "./sealedStreams";

/* Reads, for the check of the log, of what is sealed beside decisions. */

/** An entry of a table with its leaf, and its place in the log. */
export interface SealedEntry {
  readonly sequence: number;
  readonly id: string;
  readonly leaf: Buffer;
  /** As the database computed it. */
  readonly leafHash: Buffer;
  /** Absent while it is not sealed. */
  readonly sealed?: SealedPlace;
  readonly ageSeconds: number;
  /** Made at a time that is not yet, by more than clocks differ. */
  readonly isAhead: boolean;
  /** Whether the log has all that was written so early; false where that cannot be said. */
  readonly isPassed: boolean;
}

/** A row of the register of exceptions. */
export interface SealedException extends SealedEntry {
  readonly declaredAt: string;
  readonly declaredBy: string;
  readonly record: string;
}

export interface SealedPurge extends SealedEntry {
  readonly purgedAt: Instant;
  readonly basis: string;
  /** The oldest time that was too young to be purged then, or is now where that is earlier. */
  readonly retainedFrom: string;
}

/** What is left of a purged decision. */
export interface SealedPurgedDecision {
  readonly purgeSequence: number;
  readonly id: string;
  readonly leaf: Buffer;
  readonly sealed?: SealedPlace;
}

interface PlaceRow {
  readonly leaf_index: string | null;
  readonly sealed_hash: Buffer;
}

function placed<T extends PlaceRow>(row: T): Omit<T, keyof PlaceRow> & { readonly sealed?: SealedPlace } {
  const { leaf_index: leafIndex, sealed_hash: leafHash, ...rest } = row;
  return { ...rest, sealed: leafIndex === null ? undefined : { leafIndex, leafHash } };
}

const place = "l.leaf_index, l.leaf_hash as sealed_hash";
const leafOf = (id: string) =>
  `(select leaf_index, leaf_hash from audit_leaf where entry_id = ${id} limit 1) l on true`;
/** In milliseconds where it has no more, as what a program has stored. */
const instant = (time: string) =>
  `regexp_replace(to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '000$', '') || 'Z'`;
/** How old an entry was at the time of the first parameter, and what else its time and transaction tell. */
const age = (time: string, xact: string) =>
  `extract(epoch from $1::timestamptz - ${time})::float8 as "ageSeconds", ${isAhead(time)} as "isAhead",
   ${isPassed(xact)} as "isPassed"`;

/** The time by the clock of the database. */
export async function readClock(database: Queryable): Promise<Date> {
  const [{ now }] = await database.query<{ now: number }[]>(
    "select (extract(epoch from clock_timestamp()) * 1000)::float8 as now",
  );
  return new Date(now);
}

/** The whole register of exceptions, in its order. */
export async function readSealedExceptions(database: Queryable, asOf: Date): Promise<SealedException[]> {
  const rows = await database.query<(Omit<SealedException, "sealed"> & PlaceRow)[]>(
    `select e.sequence, e.id, e.record, e.leaf, e.leaf_hash as "leafHash", e.declared_by as "declaredBy",
            ${instant("e.declared_at")} as "declaredAt", ${age("e.declared_at", "e.xact")}, ${place}
       from policy_exception e
       left join lateral ${leafOf("e.id")}
      order by e.sequence`,
    [asOf],
  );
  return rows.map(placed);
}

/** The purges behind one, in their order, at most so many. */
export async function readSealedPurges(
  database: Queryable,
  asOf: Date,
  after: number,
  limit: number,
): Promise<SealedPurge[]> {
  const rows = await database.query<(Omit<SealedPurge, "sealed"> & PlaceRow)[]>(
    `select p.sequence, p.id, p.basis, p.leaf, p.leaf_hash as "leafHash",
            ${instant("p.purged_at")} as "purgedAt", ${age("p.purged_at", "p.xact")}, ${place},
            ${instant("(least(p.purged_at, statement_timestamp()) - interval '6 years')")} as "retainedFrom"
       from purge p
       left join lateral ${leafOf("p.id")}
      where p.sequence > $2
      order by p.sequence
      limit $3`,
    [asOf, after, limit],
  );
  return rows.map(placed);
}

/** What is left of the decisions that purges from one to another erased. */
export async function readSealedPurgedDecisions(
  database: Queryable,
  first: number,
  last: number,
): Promise<SealedPurgedDecision[]> {
  const rows = await database.query<(Omit<SealedPurgedDecision, "sealed"> & PlaceRow)[]>(
    `select g.purge_sequence as "purgeSequence", g.entry_id as id, g.leaf, ${place}
       from purged_decision g
       left join lateral ${leafOf("g.entry_id")}
      where g.purge_sequence between $1 and $2
      order by g.purge_sequence, l.leaf_index`,
    [first, last],
  );
  return rows.map(placed);
}

/** What is said to be left of decisions by purges that are not there. */
export async function readLeftByNone(
  database: Queryable,
): Promise<Pick<SealedPurgedDecision, "id" | "sealed">[]> {
  const rows = await database.query<(Pick<SealedPurgedDecision, "id"> & PlaceRow)[]>(
    `select g.entry_id as id, ${place}
       from purged_decision g
       left join lateral ${leafOf("g.entry_id")}
      where not exists (select from purge p where p.sequence = g.purge_sequence)
      order by l.leaf_index`,
  );
  return rows.map(placed);
}

/** An id that more than one entry has, and the place that one of them has in the log. */
export interface RepeatedId {
  readonly id: string;
  readonly leafIndex: string | null;
  readonly times: number;
}

/** The ids that are not unique over all entries, purged ones with them, or over the leaves of the log. */
export async function readRepeatedIds(database: Queryable): Promise<RepeatedId[]> {
  return database.query(
    `select e.id, min(l.leaf_index) as "leafIndex", max(e.times) as times
       from (select id, count(*)::integer as times
               from (select id from decision
                      union all select entry_id from purged_decision
                      union all select id from policy_exception
                      union all select id from purge) every
              group by id having count(*) > 1
             union all
             select entry_id, count(*)::integer from audit_leaf group by entry_id having count(*) > 1) e
       left join audit_leaf l on l.entry_id = e.id
      group by e.id`,
  );
}

/** The places in the log of the entries with these ids, by their ids. */
export async function readPlaces(
  database: Queryable,
  ids: readonly string[],
): Promise<Map<string, SealedPlace>> {
  const rows = await database.query<(SealedPlace & { id: string })[]>(
    `select entry_id as id, leaf_index as "leafIndex", leaf_hash as "leafHash"
       from audit_leaf where entry_id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ id, leafIndex, leafHash }) => [id, { leafIndex, leafHash }]));
}

/** The content of each stored policy version, and the hash that is stored with it. */
export async function readStoredVersions(
  database: Queryable,
): Promise<{ id: string; effectiveFrom: string; content: string; contentHash: Buffer }[]> {
  return database.query(
    `select id, to_char(effective_from, 'YYYY-MM-DD') as "effectiveFrom", content,
            content_hash as "contentHash"
       from policy_version order by id`,
  );
}
