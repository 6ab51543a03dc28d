import { readjudicationCandidates } from "../adjudication/readjudication";
import { MemberStream } from "../member/stream";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { ListedRow } from "../store/everyStream";

/** The rows that the work list of a stream has, found from nothing but the stream. */
export function workListRowsOf(stream: MemberStream): ListedRow[] {
  return readjudicationCandidates(stream, molinaEsiVersions).map(({ decision, causedBy }) => ({
    memberSequence: decision.memberSequence,
    decisionId: decision.id,
    causeSequence: causedBy.memberSequence,
    causedAt: causedBy.decidedAt,
  }));
}
