import { Reassessment } from "../adjudication/reassess";
import { Decision } from "../member/decision";
import { WorkListChange } from "../store/append";

/**
 * Adds what a new decision does to the work list to the changes of the decisions that are stored together
 * with it, by the id of the decision concerned.
 */
export function addReassessments(
  changes: Map<string, WorkListChange>,
  reassessments: readonly Reassessment[],
  cause: Decision,
): void {
  for (const { decision, isCandidate } of reassessments) {
    const earlier = changes.get(decision.id);
    if (isCandidate && earlier?.cause) continue;
    const { memberId, memberSequence, id: decisionId } = decision;
    const isReopened = isCandidate && earlier !== undefined;
    changes.set(decision.id, {
      ...{ memberId, memberSequence, decisionId },
      cause: isCandidate ? { memberSequence: cause.memberSequence, decidedAt: cause.decidedAt } : null,
      isReopened,
    });
  }
}
