import { Field, ID, Int, ObjectType } from "type-graphql";
import { ClaimFrequency, ClaimType, LineOfBusiness } from "../../claim/claimSession";
import {
  DecidedSession,
  Decision,
  DecisionDisposition,
  DecisionKind,
  Review,
  ReviewedLine,
  ReviewFlag,
} from "../../member/decision";
import { CountedSession } from "../../policy/rule";
import {
  ClaimFrequencyEnum,
  ClaimTypeEnum,
  DecisionDispositionEnum,
  DecisionKindEnum,
  LineOfBusinessEnum,
  ReviewFlagEnum,
} from "../enums";
import { Needs, ownAnswers } from "../needs";
import { DateTime } from "../scalars";
import { PriorSessionType } from "./finding";

@ObjectType("ClaimSession", {
  simpleResolvers: true,
  description: "What a decision is about. An import lacks what no rule asks of it.",
})
export class ClaimSessionType implements Omit<DecidedSession, "claimNumber" | "dateOfService"> {
  @Field(() => ClaimTypeEnum, { description: "Who billed." })
  claimType: ClaimType;

  @Field(() => LineOfBusinessEnum, { nullable: true, description: "The member's kind of coverage." })
  lineOfBusiness?: LineOfBusiness;

  @Field(() => ClaimFrequencyEnum, { description: "Whether the claim is new or corrects another." })
  frequency: ClaimFrequency;

  @Field(() => String, { nullable: true, description: "Two-letter code of the state." })
  stateOfService?: string;

  @Field(() => String, { nullable: true, description: "Two digits." })
  placeOfService?: string;

  @Field(() => String, { nullable: true, description: "NPI of the billing provider." })
  billingProviderNpi: string;

  @Field(() => String, { nullable: true, description: "NPI of the rendering provider." })
  renderingProviderNpi?: string;

  @Field(() => ID, { nullable: true, description: "The member's benefit plan." })
  benefitPlanId?: string;

  @Field(() => ID, { nullable: true, description: "The provider's contract." })
  providerContractId?: string;
}

@ObjectType("ReviewedLine", { simpleResolvers: true, description: "What a reviewer allowed on one line." })
export class ReviewedLineType implements ReviewedLine {
  @Field(() => Int, { description: "The line's number on the claim." })
  lineNumber: number;

  @Field(() => Int, { description: "Units allowed, beyond a limit or short of it." })
  unitsAllowed: number;
}

@ObjectType("Review", { simpleResolvers: true, description: "Why a reviewer decided." })
export class ReviewType implements Review {
  @Field(() => String, { description: "Who reviewed: the subject of the token." })
  reviewer: string;

  @Field(() => String, { description: "The reviewer's reason." })
  reason: string;

  @Field(() => String, { description: "Where the review is filed." })
  documentReference: string;

  @Field(() => [ReviewedLineType], {
    description: "The lines that the reviewer named, in that order; the others kept what they had.",
  })
  lines: readonly ReviewedLine[];
}

/** What is shown as it is recorded; the rest of the fields are the resolver's. */
@ObjectType("Decision", {
  simpleResolvers: true,
  description:
    "One link of a member's stream. It is stored for ever and never changed; a later one may supersede it.",
})
export class DecisionType
  implements Omit<Decision, "lines" | "supersedes" | "exceptionsConsidered" | "clientId" | "idempotencyKey">
{
  @Field(() => ID, { description: "Id of the decision." })
  id: string;

  @Field(() => DecisionKindEnum, { description: "What made the decision." })
  kind: DecisionKind;

  @Field(() => DecisionDispositionEnum, { description: "What became of the claim session." })
  disposition: DecisionDisposition;

  @Field(() => ID, { description: "The member." })
  memberId: string;

  @Field(() => Int, { description: "Its place in the member's stream: 1, 2, 3 … without gaps." })
  memberSequence: number;

  @Field(() => DateTime, { description: "When it was decided, by the database's clock." })
  decidedAt: string;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => ClaimSessionType, { nullable: true, description: "What was billed, without the lines." })
  session: DecidedSession;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => [ReviewFlagEnum], { description: "What a person may want to look at, by name." })
  reviewFlags: readonly ReviewFlag[];

  @Field(() => String, { description: "Version of the program's rules that decided." })
  engineVersion: string;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => [PriorSessionType], {
    description: "Counted sessions on file that a rule looked at, by region and then by date.",
  })
  priorSessions: readonly CountedSession[];

  @Needs("decisions:read", { freeIn: ["reviewDecision"] })
  @Field(() => ReviewType, { nullable: true, description: "REVIEW: who decided and why. Else null." })
  review?: Review;
}
