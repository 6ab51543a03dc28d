import { Field, ID, InputType } from "type-graphql";
import { SpinalRegion } from "../../claim/claimSession";
import { Format } from "../../claim/format";
import { identifier } from "../../claim/identifier";
import { npi } from "../../claim/npi";
import { procedureCode } from "../../claim/procedureCode";
import { DecisionDisposition, DecisionKind } from "../../member/decision";
import { PolicyVersions, rulesOf } from "../../policy/policyVersion";
import { DecisionFilter } from "../../cases/searchDecisions";
import { dateArgument, ifGiven, instantArgument, textArgument } from "../arguments";
import { DecisionDispositionEnum, DecisionKindEnum, SpinalRegionEnum } from "../enums";
import { badInput } from "../failures";
import { DateTime, LocalDate } from "../scalars";

/** The most values that one part of a filter can name. */
const mostValues = 50;

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

/** The filter that an input describes, in one form for all ways of writing it; any fault is an error. */
export function readDecisionFilter(input: DecisionFilterInput, versions: PolicyVersions): DecisionFilter {
  const written = (name: keyof DecisionFilterInput, format: Format) => (text: string) =>
    textArgument(inFilter(name), text, format);
  const instant = (name: keyof DecisionFilterInput) => (text: string) =>
    instantArgument(inFilter(name), text);
  const date = (name: keyof DecisionFilterInput) => (text: string) => dateArgument(inFilter(name), text);
  const filter: DecisionFilter = {
    memberId: ifGiven(input.memberId, written("memberId", identifier)),
    claimNumber: ifGiven(input.claimNumber, written("claimNumber", identifier)),
    dispositions: ifGiven(input.dispositions, listed("dispositions")),
    kinds: ifGiven(input.kinds, listed("kinds")),
    failedRules: ifGiven(input.failedRules, listed("failedRules", ruleOf(versions))),
    region: input.region ?? undefined,
    procedureCodes: ifGiven(input.procedureCodes, listed("procedureCodes", procedureCode)),
    providerNpi: ifGiven(input.providerNpi, written("providerNpi", npi)),
    policyVersionId: ifGiven(input.policyVersionId, written("policyVersionId", versionOf(versions))),
    decidedFrom: ifGiven(input.decidedFrom, instant("decidedFrom")),
    decidedBefore: ifGiven(input.decidedBefore, instant("decidedBefore")),
    serviceFrom: ifGiven(input.serviceFrom, date("serviceFrom")),
    serviceTo: ifGiven(input.serviceTo, date("serviceTo")),
    effectiveOnly: input.effectiveOnly ? true : undefined,
  };
  demandOrder(filter);
  return filter;
}

function inFilter(name: keyof DecisionFilterInput): string {
  return `filter.${name}`;
}

/** The values that a list names, each once and sorted. */
function listed<Value extends string>(name: keyof DecisionFilterInput, format?: Format) {
  return (values: readonly Value[]): Value[] => {
    if (values.length === 0) throw badInput(`${inFilter(name)} must name a value, or be left out`);
    if (values.length > mostValues)
      throw badInput(`${inFilter(name)} must name at most ${mostValues} values`);
    if (format) values.forEach((value) => textArgument(`each of ${inFilter(name)}`, value, format));
    return [...new Set(values)].sort();
  };
}

/** A name that is not known would find nothing, and look as if there was nothing. */
function oneOf(ids: readonly string[]): Format {
  return { expected: `one of ${ids.join(", ")}`, accepts: (text) => ids.includes(text) };
}

function ruleOf(versions: PolicyVersions): Format {
  const ids = versions.flatMap((version) => rulesOf(version).map(({ rule }) => rule.id));
  return oneOf([...new Set(ids)].sort());
}

function versionOf(versions: PolicyVersions): Format {
  return oneOf(versions.map(({ id }) => id));
}

/** A range that nothing can be in is a mistake. */
function demandOrder({ decidedFrom, decidedBefore, serviceFrom, serviceTo }: DecisionFilter): void {
  if (decidedFrom && decidedBefore && decidedBefore <= decidedFrom)
    throw badInput("filter.decidedBefore must be later than filter.decidedFrom");
  if (serviceFrom && serviceTo && serviceTo < serviceFrom)
    throw badInput("filter.serviceTo must not be before filter.serviceFrom");
}
