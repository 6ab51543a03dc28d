import { Instant } from "../claim/instant";
import { exactInstantText } from "./instantText";
import { Queryable } from "./queryable";

/** DENIED: for a scope that was missing. */
export type AccessOutcome = "ALLOWED" | "DENIED";

/** A request that was shown something of members, or was refused it. */
export interface AccessRequest {
  readonly requestId: string;
  readonly subject: string;
  readonly clientId: string;
  /** The root fields of the operation, or the path of the request. */
  readonly operation: string;
  readonly documentHash: Buffer;
  readonly purpose?: string;
}

/** What became of it for one member: how many of the member's decisions were shown. */
export interface AccessedMember {
  readonly memberId: string;
  readonly decisions: number;
  readonly outcome: AccessOutcome;
}

/** One row for each member, in one statement: all of them or none. No member may be named twice. */
export async function appendAccess(
  queryable: Queryable,
  { requestId, subject, clientId, operation, documentHash, purpose }: AccessRequest,
  members: readonly AccessedMember[],
): Promise<void> {
  await queryable.query(
    `insert into access_log
       (request_id, subject, client_id, operation, document_hash, purpose, member_id, decisions, outcome)
     select $1, $2, $3, $4, $5, $6, member.id, member.decisions, member.outcome
       from unnest($7::text[], $8::integer[], $9::text[]) as member (id, decisions, outcome)`,
    [
      ...[requestId, subject, clientId, operation, documentHash, purpose ?? null],
      members.map(({ memberId }) => memberId),
      members.map(({ decisions }) => decisions),
      members.map(({ outcome }) => outcome),
    ],
  );
}

/** A row of the log. */
export interface AccessEntry extends AccessRequest, AccessedMember {
  /** RFC 3339 text in UTC, with microseconds: those of one millisecond have an order, too. */
  readonly at: string;
}

/** Which rows are meant: those that meet everything that is given. */
export interface AccessFilter {
  readonly memberId?: string;
  /** At this instant or later. */
  readonly from?: Instant;
  /** Before this instant. */
  readonly to?: Instant;
}

/** A place in the log of one member. */
export interface AccessPlace {
  readonly at: string;
  readonly requestId: string;
}

interface AccessLogRow {
  readonly at: string;
  readonly request_id: string;
  readonly subject: string;
  readonly client_id: string;
  readonly member_id: string;
  readonly operation: string;
  readonly document_hash: Buffer;
  readonly purpose: string | null;
  readonly decisions: number;
  readonly outcome: AccessOutcome;
}

const rowsOfLog = `
select ${exactInstantText("at")} as at, request_id, subject, client_id,
       member_id, operation, document_hash, purpose, decisions, outcome
  from access_log
 where ($1::timestamptz is null or access_log.at >= $1) and ($2::timestamptz is null or access_log.at < $2)`;

/** A part of the log of one member, newest first. */
export async function readMemberAccess(
  queryable: Queryable,
  { memberId, from, to }: AccessFilter & { readonly memberId: string },
  after: AccessPlace | undefined,
  limit: number,
): Promise<AccessEntry[]> {
  const rows = await queryable.query<AccessLogRow[]>(
    `${rowsOfLog}
   and member_id = $3
   and ($4::timestamptz is null or (access_log.at, request_id) < ($4, $5))
 order by access_log.at desc, request_id desc
 limit $6`,
    [from ?? null, to ?? null, memberId, after?.at ?? null, after?.requestId ?? null, limit],
  );
  return rows.map(entryOf);
}

const rowsOfPage = 1_000;

/** The rows of a filter that were written before now, oldest first, page by page, each a statement. */
export async function* accessPages(
  queryable: Queryable,
  { memberId, from, to }: AccessFilter,
): AsyncGenerator<AccessEntry[]> {
  const [{ now }] = await queryable.query<{ now: string }[]>("select statement_timestamp()::text as now");
  let rows: AccessLogRow[];
  let last: AccessLogRow | undefined;
  do {
    rows = await queryable.query<AccessLogRow[]>(
      `${rowsOfLog}
   and access_log.at < $3::timestamptz and ($4::text is null or member_id = $4)
   and ($5::timestamptz is null or (access_log.at, request_id, member_id) > ($5, $6, $7))
 order by access_log.at, request_id, member_id
 limit $8`,
      [
        ...[from ?? null, to ?? null, now, memberId ?? null],
        ...[last?.at ?? null, last?.request_id ?? null, last?.member_id ?? null, rowsOfPage],
      ],
    );
    if (rows.length > 0) yield rows.map(entryOf);
    last = rows.at(-1);
  } while (rows.length === rowsOfPage);
}

function entryOf(row: AccessLogRow): AccessEntry {
  const { at, subject, operation, decisions, outcome } = row;
  return {
    ...{ at, subject, operation, decisions, outcome },
    requestId: row.request_id,
    clientId: row.client_id,
    memberId: row.member_id,
    documentHash: row.document_hash,
    purpose: row.purpose ?? undefined,
  };
}
