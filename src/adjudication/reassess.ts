import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { joining, mayDifferAfter } from "./concern";
import { isAdjudication, readjudicate } from "./readjudication";
import { workListView } from "./workListView";

/** Whether a decision is on the work list once another one has joined the stream. */
export interface Reassessment {
  readonly decision: Decision;
  readonly isCandidate: boolean;
}

/** The decisions of a stream whose place on the work list the next decision may have changed. */
export function reassess(
  stream: MemberStream,
  next: Decision,
  versions: readonly SealedPolicyVersion[],
): Reassessment[] {
  if (stream.length === 0) return [];
  const after = workListView([...stream, next]);
  const step = { others: joining(next, stream), before: workListView(stream), after };
  const touched = after.effective.filter(
    (decision) => isAdjudication(decision) && decision !== next && mayDifferAfter(decision, step, versions),
  );
  return [
    ...step.others
      .filter((decision) => decision !== next && isAdjudication(decision))
      .map((decision) => ({ decision, isCandidate: false })),
    ...touched.map((decision) => ({
      decision,
      isCandidate: readjudicate(decision, after, versions) !== undefined,
    })),
  ];
}
