import { Field, ID, ObjectType } from "type-graphql";
import { Ruling } from "../../adjudication/decide";
import { Refusal, RefusalCode, refuse } from "../../adjudication/refusal";
import { Service } from "../../cases/service";
import { Fault } from "../../claim/claimForm";
import { Decision } from "../../member/decision";
import { UserErrorCodeEnum } from "../enums";
import { faultsCost } from "../cost";
import { DecisionType } from "./decision";

@ObjectType("UserError", {
  simpleResolvers: true,
  description: "Why an input was not decided. Nothing was stored.",
})
export class UserErrorType implements Refusal {
  @Field(() => UserErrorCodeEnum, { description: "The kind of fault." })
  code: RefusalCode;

  @Field(() => String, { description: "What was expected; it never repeats what was sent." })
  message: string;

  @Field(() => [String], {
    description:
      "Path inside the input, list places from 0, such as [session, lines, 0, units]; in a batch it starts " +
      "inside the one input, in a preview inside the session. A fault in a list of texts has the list as " +
      "its path.",
  })
  field: readonly string[];

  @Field(() => ID, { nullable: true, description: "The decision that stands in the way." })
  decisionId?: string;
}

@ObjectType("SubmitClaimSessionPayload", {
  simpleResolvers: true,
  description: "Exactly one of decision and userErrors is filled.",
})
export class SubmissionType {
  @Field(() => DecisionType, {
    nullable: true,
    description: "The decision; null where the input was refused.",
  })
  decision: Decision | null;

  @Field(() => [UserErrorType], {
    complexity: faultsCost,
    description: "Why the input was refused: all faults of its form, or the first other reason.",
  })
  userErrors: readonly Refusal[];

  @Field(() => Boolean, {
    description: "Whether the key brought back a decision stored earlier; nothing was written then.",
  })
  replayed: boolean;
}

export function showRuling(ruling: Ruling): SubmissionType {
  if (ruling.kind === "refused") return showRefusals(ruling.refusals);
  return { decision: ruling.decision, userErrors: [], replayed: ruling.kind === "replayed" };
}

export function showRefusals(userErrors: readonly Refusal[]): SubmissionType {
  return { decision: null, userErrors, replayed: false };
}

/** The refusals of an input whose form is at fault; whoever counts refusals is told. */
export function refusalsOf(faults: readonly Fault[], { observe }: Pick<Service, "observe">): Refusal[] {
  observe({ what: "refused", code: "INVALID_INPUT" });
  return faults.map(({ field, message }) => refuse("INVALID_INPUT", field, message));
}
