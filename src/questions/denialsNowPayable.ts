import { readjudicationCandidates } from "../adjudication/readjudication";
import { LineDecision } from "../member/decision";
import { isAskedAbout, question } from "./question";

/** Found from the streams; `esi verify` holds the stored work list against the same. */
export const denialsNowPayable = question({
  name: "denials-now-payable",
  sentence:
    "Which effective decisions would now allow more, on what is on file today, and since which decision? " +
    "Nothing is paid by itself.",
  columns: [
    ...(["memberId", "decisionId", "claimNumber", "dateOfService", "decidedAt", "disposition"] as const),
    ...(["wouldBe", "unitsAllowed", "unitsNowPayable", "causedBy", "causedAt"] as const),
  ],
  rows: (asked) =>
    readjudicationCandidates(asked.stream, asked.versions)
      .filter(
        ({ direction, decision }) =>
          direction === "MORE_PAYABLE" && isAskedAbout(decision.session.dateOfService, asked),
      )
      .map(({ decision, wouldBe, causedBy }) => ({
        memberId: decision.memberId,
        decisionId: decision.id,
        claimNumber: decision.session.claimNumber,
        dateOfService: decision.session.dateOfService,
        decidedAt: decision.decidedAt,
        disposition: decision.disposition,
        wouldBe: wouldBe.disposition,
        unitsAllowed: unitsAllowed(decision.lines),
        unitsNowPayable: unitsAllowed(wouldBe.lines),
        causedBy: causedBy.id,
        causedAt: causedBy.decidedAt,
      })),
});

function unitsAllowed(lines: readonly LineDecision[]): number {
  return lines.reduce((sum, line) => sum + line.unitsAllowed, 0);
}
