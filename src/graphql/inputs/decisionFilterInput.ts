import { Field, ID, InputType } from "type-graphql";
import { DecisionFilter, readDecisionFilter } from "../../cases/decisionFilterForm";
import { filterFaultText } from "../../cases/filterForm";
import { SpinalRegion } from "../../claim/claimSession";
import { DecisionDisposition, DecisionKind } from "../../member/decision";
import { PolicyVersions } from "../../policy/policyVersion";
import { DecisionDispositionEnum, DecisionKindEnum, SpinalRegionEnum } from "../enums";
import { badInput } from "../failures";
import { DateTime, LocalDate } from "../scalars";

@InputType("DecisionFilter", {
  description:
    "Which decisions are meant: those that meet every part that is given. A part that is left out or null " +
    "restricts nothing; a list names at least one value and at most 50, and any of them will do.",
})
export class DecisionFilterInput {
  @Field(() => ID, { nullable: true, description: "About this member." })
  memberId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "About the claim of this number, of whatever member and date of service.",
  })
  claimNumber?: string | null;

  @Field(() => [DecisionDispositionEnum], { nullable: true, description: "With one of these dispositions." })
  dispositions?: DecisionDisposition[] | null;

  @Field(() => [DecisionKindEnum], { nullable: true, description: "Of one of these kinds." })
  kinds?: DecisionKind[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      "With a finding of NOT_MET or UNDETERMINED of any of these rules. An id that no rule has is an error " +
      "of the request.",
  })
  failedRules?: string[] | null;

  @Field(() => SpinalRegionEnum, { nullable: true, description: "With a governed line of this region." })
  region?: SpinalRegion | null;

  @Field(() => [String], {
    nullable: true,
    description: "With a line of any of these procedure codes, governed or not.",
  })
  procedureCodes?: string[] | null;

  @Field(() => String, { nullable: true, description: "Billed or performed by the provider of this NPI." })
  providerNpi?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "By the rules of this policy version, so of kind ADJUDICATION. An id that no version has is an error " +
      "of the request.",
  })
  policyVersionId?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Decided at this instant or later." })
  decidedFrom?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Decided before this instant." })
  decidedBefore?: string | null;

  @Field(() => LocalDate, { nullable: true, description: "With this date of service or a later one." })
  serviceFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: "With this date of service or an earlier one." })
  serviceTo?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Only decisions that no later one stands in the place of.",
  })
  effectiveOnly?: boolean | null;
}

/** The filter that an input describes; its first fault is an error. */
export function filterOf(input: DecisionFilterInput, versions: PolicyVersions): DecisionFilter {
  const read = readDecisionFilter({ ...input }, versions);
  if ("filter" in read) return read.filter;
  throw badInput(filterFaultText(read.faults[0]));
}
