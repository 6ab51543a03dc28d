import { Decision } from "../member/decision";
import { inOne } from "./question";

/** What may explain that more was allowed than the policy by itself allows: exceptions used, and reviews. */
export const explainedColumns = ["exceptionIds", "reviewIds"] as const;

export function explainedBy(decisions: readonly Decision[]): { exceptionIds: string; reviewIds: string } {
  const applied = decisions.flatMap(({ exceptionsConsidered }) =>
    exceptionsConsidered.flatMap((exception) => (exception.applied ? exception.exceptionId : [])),
  );
  const reviews = decisions.filter(({ kind }) => kind === "REVIEW").map(({ id }) => id);
  return { exceptionIds: inOne(new Set(applied)), reviewIds: inOne(reviews) };
}
