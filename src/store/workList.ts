import { Decision } from "../member/decision";
import { Database } from "./dataSource";
import { parseRecord } from "./record";

/** A decision that is on the work list, and since which decision of its member's stream. */
export interface ListedCandidate {
  readonly memberSequence: number;
  readonly causeSequence: number;
}

/** Members' streams, each with those of its decisions on the work list that were asked for: one snapshot. */
export interface ListedMember {
  readonly memberId: string;
  readonly stream: readonly Decision[];
  readonly candidates: readonly ListedCandidate[];
}

/** A place on the work list of all members, which is read from the newest cause on. */
export interface WorkListPlace {
  readonly causedAt: string;
  readonly decisionId: string;
}

interface MemberRow {
  readonly member_id: string;
  readonly candidates: readonly ListedCandidate[];
  readonly records: readonly string[];
}

const withStreams = `
select listed.member_id, listed.candidates, s.records
  from (select member_id,
               json_agg(json_build_object('memberSequence', member_sequence, 'causeSequence', cause_sequence)
                        order by member_sequence) as candidates
          from chosen group by member_id) listed
 cross join lateral (
       select array_agg(d.record order by d.member_sequence) as records
         from decision d where d.member_id = listed.member_id) s`;

/** The members behind at most `limit` candidates that follow a place, or the first ones. */
export async function readWorkList(
  database: Database,
  after: WorkListPlace | undefined,
  limit: number,
): Promise<ListedMember[]> {
  const rows = await database.query<MemberRow[]>(
    `with chosen as (
       select member_id, member_sequence, cause_sequence
         from readjudication_candidate
        where $1::timestamptz is null or (caused_at, decision_id) < ($1::timestamptz, $2::uuid)
        order by caused_at desc, decision_id desc
        limit $3)${withStreams}`,
    [after?.causedAt ?? null, after?.decisionId ?? null, limit],
  );
  return rows.map(listedMember);
}

/** A member's stream and all its decisions that are on the work list. */
export async function readMemberWorkList(
  database: Database,
  memberId: string,
): Promise<ListedMember | undefined> {
  const rows = await database.query<MemberRow[]>(
    `with chosen as (
       select member_id, member_sequence, cause_sequence from readjudication_candidate where member_id = $1
     )${withStreams}`,
    [memberId],
  );
  return rows.map(listedMember).at(0);
}

function listedMember({ member_id: memberId, candidates, records }: MemberRow): ListedMember {
  return { memberId, candidates, stream: records.map(parseRecord) };
}
