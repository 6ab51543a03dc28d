import { Instant } from "../claim/instant";
import { PlainDate } from "../claim/plainDate";
import { Decision } from "./decision";

/** All decisions of one member, by member sequence: the only stored truth about the member. */
export type MemberStream = readonly Decision[];

/** The stream as it was known at an instant. */
export function asKnownAt(stream: MemberStream, instant: Instant): MemberStream {
  return stream.filter(({ decidedAt }) => decidedAt <= instant);
}

/** The decisions that no later one supersedes. */
export function effectiveDecisions(stream: MemberStream): Decision[] {
  const superseded = new Set(stream.map(({ supersedes }) => supersedes?.memberSequence));
  return stream.filter(({ memberSequence }) => !superseded.has(memberSequence));
}

/** The decision itself, or the last of those that supersede it one after the other. */
export function effectiveSuccessor(stream: MemberStream, decision: Decision): Decision {
  const successors = new Map(stream.map((later) => [later.supersedes?.memberSequence, later]));
  let effective = decision;
  for (let next: Decision | undefined = decision; next; next = successors.get(next.memberSequence))
    effective = next;
  return effective;
}

/** The latest decision about a claim number and date of service; reviews carry those of what they review. */
export function latestOfClaim(
  stream: MemberStream,
  claimNumber: string,
  dateOfService: PlainDate,
): Decision | undefined {
  return stream.findLast(
    ({ session }) => session.claimNumber === claimNumber && session.dateOfService === dateOfService,
  );
}

/** The earliest date of service on file; null where nothing is. */
export function historyOnFileSince(stream: MemberStream): PlainDate | null {
  const dates = effectiveDecisions(stream)
    .filter(({ kind }) => kind !== "VOID")
    .map(({ session }) => session.dateOfService);
  return dates.length === 0 ? null : dates.reduce((earliest, date) => (date < earliest ? date : earliest));
}
