import {
  ReadjudicationCandidate,
  readjudicate,
  readjudicationCandidates,
} from "../adjudication/readjudication";
import { workListView } from "../adjudication/workListView";
import { MemberStream } from "../member/stream";
import { PolicyVersions } from "../policy/policyVersion";
import { ListedMember, readMemberWorkList, readWorkList, WorkListPlace } from "../store/workList";
import { answering } from "./answering";
import { Service } from "./service";

export type { WorkListPlace };

/** A page of the work list of all members, newest cause first. */
export interface WorkListPage {
  readonly candidates: readonly ReadjudicationCandidate[];
  readonly hasMore: boolean;
}

export async function workListPage(
  after: WorkListPlace | undefined,
  size: number,
  { database, policyVersions }: Service,
): Promise<WorkListPage> {
  const members = await answering(readWorkList(database, after, size + 1));
  const candidates = members.flatMap((member) => candidatesOf(member, policyVersions)).sort(newestCauseFirst);
  return { candidates: candidates.slice(0, size), hasMore: candidates.length > size };
}

/** The work list of one member now, in the order of the decisions on it. */
export async function memberWorkList(
  memberId: string,
  { database, policyVersions }: Service,
): Promise<ReadjudicationCandidate[]> {
  const member = await answering(readMemberWorkList(database, memberId));
  return member ? candidatesOf(member, policyVersions) : [];
}

/** The work list as it was at the end of a stream, which may be one as it was known earlier. */
export function workListOf(stream: MemberStream, { policyVersions }: Service): ReadjudicationCandidate[] {
  return readjudicationCandidates(stream, policyVersions);
}

/** Where the list that follows a candidate begins. */
export function placeOfCandidate({ decision, causedBy }: ReadjudicationCandidate): WorkListPlace {
  return { causedAt: causedBy.decidedAt, decisionId: decision.id };
}

/**
 * The stored list says which decisions and since when; what each would be is found from the stream. A row
 * that the stream does not bear out is left out, so that nobody is told what is not so; `esi verify` tells
 * such rows.
 */
function candidatesOf(
  { stream, candidates }: ListedMember,
  versions: PolicyVersions,
): ReadjudicationCandidate[] {
  const view = workListView(stream);
  return candidates.flatMap(({ memberSequence, causeSequence }) => {
    const decision = view.effective.find((effective) => effective.memberSequence === memberSequence);
    const readjudication = decision && readjudicate(decision, view, versions);
    return readjudication ? { decision, ...readjudication, causedBy: stream[causeSequence - 1] } : [];
  });
}

function newestCauseFirst(one: ReadjudicationCandidate, other: ReadjudicationCandidate): number {
  const [first, second] = [one, other].map(placeOfCandidate);
  if (first.causedAt !== second.causedAt) return first.causedAt < second.causedAt ? 1 : -1;
  return first.decisionId < second.decisionId ? 1 : -1;
}
