import { SpinalRegion } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { datesOf } from "../member/countedSessions";
import { Decision } from "../member/decision";
import { OnFile, without } from "../member/onFile";
import { MemberStream } from "../member/stream";
import { parametersUnder } from "../policy/exceptions";
import { overfilledWindow } from "../policy/frequency";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { joining, mayConcern, versionOfAdjudication } from "./concern";
import { isAdjudication, readjudicate, WorkListView, workListView } from "./readjudication";

/** Whether a decision is on the work list once another one has joined the stream. */
export interface Reassessment {
  readonly decision: Decision;
  readonly isCandidate: boolean;
}

/**
 * The decisions of a stream whose place on the work list the next decision may have changed. Of all others
 * nothing has changed that their rules look at: what is on file on their day, and whether one more session on
 * it is within the limits.
 */
export function reassess(
  stream: MemberStream,
  next: Decision,
  versions: readonly SealedPolicyVersion[],
): Reassessment[] {
  if (stream.length === 0) return [];
  const before = workListView(stream);
  const after = workListView([...stream, next]);
  const others = joining(next, stream);
  const days = others.map(({ session }) => session.dateOfService);
  // What a reviewer allowed may be left out for one decision and not for another: then each is looked at.
  const hasReviews = [...stream, next].some(({ kind }) => kind === "REVIEW");
  const isTouched = (decision: Decision) =>
    mayConcern(decision, others, versions) &&
    (hasReviews ||
      days.includes(decision.session.dateOfService) ||
      frequencyChanged(decision, before, after, versions));
  const touched = after.effective.filter(
    (decision) => isAdjudication(decision) && decision !== next && isTouched(decision),
  );
  return [
    ...others
      .filter((decision) => decision !== next && isAdjudication(decision))
      .map((decision) => ({ decision, isCandidate: false })),
    ...touched.map((decision) => ({
      decision,
      isCandidate: readjudicate(decision, after, versions) !== undefined,
    })),
  ];
}

/** Whether the frequency of a region that the decision bills would now be judged otherwise. */
function frequencyChanged(
  decision: Decision,
  before: WorkListView,
  after: WorkListView,
  versions: readonly SealedPolicyVersion[],
): boolean {
  const version = versionOfAdjudication(decision, versions);
  const regions = new Set(decision.lines.flatMap(({ region }) => region ?? []));
  return [...regions].some((region) => {
    const was = sessionDates(before.onFile, region, version);
    const is = sessionDates(after.onFile, region, version);
    if (areEqual(was, is)) return false;
    return (
      isOverLimit(decision, region, before.onFile, version) !==
      isOverLimit(decision, region, after.onFile, version)
    );
  });
}

function isOverLimit(
  decision: Decision,
  region: SpinalRegion,
  file: OnFile,
  version: SealedPolicyVersion,
): boolean {
  const { sessionsPerRegion } = parametersUnder(version.parameters, decision.exceptionsConsidered);
  const dates = sessionDates(without(file, decision), region, version);
  return overfilledWindow(dates, decision.session.dateOfService, sessionsPerRegion) !== undefined;
}

function sessionDates(file: OnFile, region: SpinalRegion, { procedures }: SealedPolicyVersion): PlainDate[] {
  return datesOf(file.sessions(procedures)[region]);
}

function areEqual(some: readonly PlainDate[], others: readonly PlainDate[]): boolean {
  return some.length === others.length && some.every((date, place) => date === others[place]);
}
