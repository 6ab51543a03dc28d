import { readjudicationCandidates } from "../adjudication/readjudication";
import { LineDecision } from "../member/decision";
import { isAskedAbout, question } from "./question";

/** Found from the streams; `esi verify` holds the stored work list against the same. */
export const denialsNowPayable = question({
  name: "denials-now-payable",
  sentence:
    "Which effective decisions would now allow more on any line, by what is on file, and since which one? " +
    "Nothing is paid by itself.",
  columns: [
    ...(["memberId", "decisionId", "claimNumber", "dateOfService", "decidedAt", "disposition"] as const),
    ...(["wouldBe", "direction", "unitsAllowed", "unitsNowPayable", "causedBy", "causedAt"] as const),
  ],
  rows: (asked) =>
    readjudicationCandidates(asked.stream, asked.versions)
      .filter(
        ({ decision, wouldBe }) =>
          isAnyLineGaining(decision.lines, wouldBe.lines) &&
          isAskedAbout(decision.session.dateOfService, asked),
      )
      .map(({ decision, wouldBe, direction, causedBy }) => ({
        memberId: decision.memberId,
        decisionId: decision.id,
        claimNumber: decision.session.claimNumber,
        dateOfService: decision.session.dateOfService,
        decidedAt: decision.decidedAt,
        disposition: decision.disposition,
        wouldBe: wouldBe.disposition,
        direction,
        unitsAllowed: unitsAllowed(decision.lines),
        unitsNowPayable: unitsAllowed(wouldBe.lines),
        causedBy: causedBy.id,
        causedAt: causedBy.decidedAt,
      })),
});

/** A claim of which one line gains while another loses has a denial that is payable too. */
function isAnyLineGaining(before: readonly LineDecision[], now: readonly LineDecision[]): boolean {
  const allowed = new Map(before.map((line) => [line.lineNumber, line.unitsAllowed]));
  return now.some((line) => line.unitsAllowed > (allowed.get(line.lineNumber) ?? 0));
}

function unitsAllowed(lines: readonly LineDecision[]): number {
  return lines.reduce((sum, line) => sum + line.unitsAllowed, 0);
}
