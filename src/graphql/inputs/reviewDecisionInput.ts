import { Field, ID, InputType, Int } from "type-graphql";
import { ReviewToRecord } from "../../cases/reviewDecision";
import { reasonText, shortText } from "../../claim/freeText";
import { idempotencyKey, identifier } from "../../claim/identifier";
import { ReviewedLine } from "../../member/decision";
import { faultsOfMembers, Read, readUnless } from "./form";
import { WrittenAs } from "./writtenAs";

@InputType("ReviewLineInput", { description: "What a reviewer allows on one line." })
export class ReviewLineInput implements ReviewedLine {
  @Field(() => Int, { description: "Number of a line that the policy governs; each at most once." })
  lineNumber: number;

  @Field(() => Int, { description: "0 to the units billed, whatever the limits say." })
  unitsAllowed: number;
}

@InputType("ReviewDecisionInput", { description: "A reviewer's outcome for a decision, and its ground." })
export class ReviewDecisionInput {
  @WrittenAs(idempotencyKey)
  @Field(() => String, {
    description: "1 to 255 visible ASCII characters, unique for this client and member, for ever.",
  })
  idempotencyKey: string;

  @WrittenAs(identifier)
  @Field(() => ID, { description: "The member whom the decision is about." })
  memberId: string;

  @Field(() => ID, { description: "The decision reviewed; it must be effective, and no void." })
  decisionId: string;

  @Field(() => [ReviewLineInput], {
    description: "1 to 50 lines. Those that are not named keep what they had.",
  })
  lines: ReviewLineInput[];

  @WrittenAs(reasonText)
  @Field(() => String, { description: "The reason: up to 2,000 characters." })
  reason: string;

  @WrittenAs(shortText)
  @Field(() => String, { description: "Where the review is filed: up to 500 characters." })
  documentReference: string;
}

/** The review that an input describes, or every fault of it but those of its lines. */
export function readReview(input: ReviewDecisionInput): Read<ReviewToRecord> {
  const { idempotencyKey: key, memberId, decisionId, lines, reason, documentReference } = input;
  return readUnless(faultsOfMembers(input), () => ({
    idempotencyKey: key,
    review: {
      ...{ memberId, decisionId: decisionId.toLowerCase(), reason, documentReference },
      lines: lines.map(({ lineNumber, unitsAllowed }) => ({ lineNumber, unitsAllowed })),
    },
  }));
}
