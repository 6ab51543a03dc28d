import { Field, ObjectType } from "type-graphql";
import { explain } from "../../adjudication/explain";
import { Judged } from "../../adjudication/judged";
import { Refusal } from "../../adjudication/refusal";
import { Outcome } from "../../member/decision";
import { PolicyVersion } from "../../policy/policyVersion";
import { DecisionDispositionEnum, ReviewFlagEnum } from "../enums";
import { PriorSessionType } from "./finding";
import { LineDecisionType, showLines } from "./lineDecision";
import { PolicyVersionType } from "./policy";
import { UserErrorType } from "./submission";

@ObjectType("DecisionPreview", {
  simpleResolvers: true,
  description: "A decision that was not made: nothing is stored, and it is no authorization.",
})
export class PreviewType implements Pick<Outcome, "reviewFlags" | "priorSessions"> {
  /** Whose history it rests on; null where the session's form was at fault and none was read. */
  memberId: string | null;

  @Field(() => DecisionDispositionEnum, {
    nullable: true,
    description: "What would become of the claim session; null where it would be refused.",
  })
  disposition: Outcome["disposition"] | null;

  @Field(() => String, {
    description: "The outcome in plain words, or why the claim session would be refused.",
  })
  explanation: string;

  @Field(() => [LineDecisionType], { description: "What would become of each line." })
  lines: readonly LineDecisionType[];

  @Field(() => [ReviewFlagEnum], { description: "What a person may want to look at, by name." })
  reviewFlags: Outcome["reviewFlags"];

  @Field(() => PolicyVersionType, {
    nullable: true,
    description:
      "The version whose rules were run; null for a VOID and where the claim session would be refused.",
  })
  policyVersion: PolicyVersion | null;

  @Field(() => [PriorSessionType], {
    description: "Counted sessions on file that a rule looked at, by region and then by date.",
  })
  priorSessions: Outcome["priorSessions"];

  @Field(() => [UserErrorType], {
    description: "Why the claim session would be refused: all faults of its form, or the first other reason.",
  })
  userErrors: readonly Refusal[];
}

export function showJudged(
  memberId: string,
  { kind, session, outcome }: Judged,
  version: PolicyVersion | undefined,
): PreviewType {
  const decision = { ...outcome, kind, session };
  return {
    memberId,
    disposition: outcome.disposition,
    explanation: explain(decision, version),
    lines: showLines(decision, version),
    reviewFlags: outcome.reviewFlags,
    policyVersion: version ?? null,
    priorSessions: outcome.priorSessions,
    userErrors: [],
  };
}

export function showRefusedPreview(memberId: string | null, userErrors: readonly Refusal[]): PreviewType {
  const reasons = userErrors.map(({ message }) => message).join("; ");
  return {
    memberId,
    disposition: null,
    explanation: `Not decided: ${reasons}.`,
    lines: [],
    reviewFlags: [],
    policyVersion: null,
    priorSessions: [],
    userErrors,
  };
}
