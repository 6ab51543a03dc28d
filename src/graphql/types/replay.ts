import { Field, ObjectType } from "type-graphql";
import { Difference } from "../../adjudication/differences";
import { ReplayedDecision } from "../../cases/replayDecision";
import { Decision } from "../../member/decision";
import { SealedPolicyVersion } from "../../policy/policyVersion";
import { DecisionType } from "./decision";
import { PolicyVersionType } from "./policy";

@ObjectType("Replay", {
  simpleResolvers: true,
  description: "A stored decision run again, from the member's stream as it was then.",
})
export class ReplayType implements Omit<ReplayedDecision, "differences"> {
  @Field(() => DecisionType, { description: "The stored decision." })
  decision: Decision;

  @Field(() => Boolean, {
    description:
      "Whether the same came out: the record byte for byte, or in a what-if everything but the names of " +
      "the policy.",
  })
  identical: boolean;

  @Field(() => [String], {
    description:
      "Every place that differs, with what is recorded there and what came out: the first 80 characters of " +
      "the JSON text, or the word nothing.",
  })
  differences: readonly string[];

  @Field(() => PolicyVersionType, {
    description:
      "The version that it was run under; for a decision on which no rule is run the one that says which " +
      "of its lines are governed.",
  })
  policyVersion: SealedPolicyVersion;
}

export function showReplay({
  decision,
  identical,
  differences,
  policyVersion,
}: ReplayedDecision): ReplayType {
  return { decision, identical, differences: differences.map(inWords), policyVersion };
}

function inWords({ path, recorded, replayed }: Difference): string {
  return `${path || "decision"}: recorded ${shortJson(recorded)}, replayed ${shortJson(replayed)}`;
}

const mostCharacters = 80;

function shortJson(value: unknown): string {
  if (value === undefined) return "nothing";
  const characters = [...JSON.stringify(value)];
  if (characters.length <= mostCharacters) return characters.join("");
  return `${characters.slice(0, mostCharacters - 1).join("")}…`;
}
