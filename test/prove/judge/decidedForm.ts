import type { Decision, PriorSession, UserError } from "../../reference/contract";

/* Decisions and refusals in a form in which two systems can be compared: others are named by their place. */

type Place = (id: string) => string;

/** Everything that follows from the policy; who reviewed it is known to the token alone. */
export function decidedForm(decision: Decision, placeOf: Place): string {
  const { kind, disposition, memberId, memberSequence, dateOfService, claimNumber, session } = decision;
  const sessions = (prior: readonly PriorSession[]) =>
    prior.map(({ region, dateOfService: date, decisionIds }) => [
      region,
      date,
      decisionIds.map(placeOf).sort(),
    ]);
  const lines = decision.lines.map((line) => [
    ...[line.lineNumber, line.procedureCode, line.modifiers, line.units, line.region, line.approach],
    ...[line.disposition, line.unitsAllowed, line.unitsDenied],
    line.adjustments.map(({ group, carc, rarcs, units, ruleId }) => [group, carc, rarcs, units, ruleId]),
    line.findings.map(
      ({ ruleId, outcome, nextEligibleDate, window, relatedDecisionIds, blockingSessions }) => [
        ...[
          ruleId,
          outcome,
          nextEligibleDate,
          relatedDecisionIds.map(placeOf).sort(),
          sessions(blockingSessions),
        ],
        window && [window.opens, window.ends, window.months, window.sessions],
      ],
    ),
  ]);
  return JSON.stringify([
    ...[kind, disposition, memberId, memberSequence, dateOfService, claimNumber],
    Object.entries(session).sort(([one], [other]) => (one < other ? -1 : 1)),
    ...[
      lines,
      decision.reviewFlags,
      decision.policyVersion?.id ?? null,
      decision.interpretations.map(({ id }) => id),
    ],
    ...[sessions(decision.priorSessions), decision.supersedes && placeOf(decision.supersedes.id)],
    decision.review && [decision.review.reason, decision.review.documentReference],
  ]);
}

export function refusedForm(userErrors: readonly UserError[], placeOf: Place): string {
  return JSON.stringify(
    userErrors.map(({ code, field, decisionId }) => [code, field, decisionId && placeOf(decisionId)]),
  );
}
