import { Field, ID, Int, ObjectType } from "type-graphql";
import { Finding, Parameter, RuleOutcome } from "../../adjudication/findings";
import { SpinalRegion } from "../../claim/claimSession";
import { PlainDate } from "../../claim/plainDate";
import { Citation } from "../../policy/dated";
import { FrequencyWindow } from "../../policy/frequency";
import { CountedSession } from "../../policy/rule";
import { RuleOutcomeEnum, SpinalRegionEnum } from "../enums";
import { Needs, ownAnswers } from "../needs";
import { LocalDate } from "../scalars";
import { CitationType, ParameterType } from "./policy";

@ObjectType("PriorSession", {
  simpleResolvers: true,
  description: "A counted session: a day on which a unit of a region is allowed on file.",
})
export class PriorSessionType implements CountedSession {
  @Field(() => SpinalRegionEnum, { description: "The region." })
  region: SpinalRegion;

  @Field(() => LocalDate, { description: "The day." })
  dateOfService: PlainDate;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => [ID], { description: "Decisions that allow a unit, in the order of the member's stream." })
  decisionIds: readonly string[];
}

@ObjectType("FrequencyWindow", {
  simpleResolvers: true,
  description:
    "A rolling period, and the limit it is held to. The first day inside is the day after `opens`.",
})
export class FrequencyWindowType implements FrequencyWindow {
  @Field(() => LocalDate, { description: "The day before the first day inside." })
  opens: PlainDate;

  @Field(() => LocalDate, { description: "The last day inside." })
  ends: PlainDate;

  @Field(() => Int, { description: "Length in calendar months." })
  months: number;

  @Field(() => Int, { description: "The most sessions of a region that it may hold." })
  sessions: number;
}

@ObjectType("Finding", { simpleResolvers: true, description: "What one rule said about one line, and why." })
export class FindingType implements Finding {
  @Field(() => ID, { description: "The rule." })
  ruleId: string;

  @Field(() => String, { description: "What the rule asks, in a few words." })
  ruleTitle: string;

  @Field(() => RuleOutcomeEnum, { description: "What the rule said." })
  outcome: RuleOutcome;

  @Field(() => String, { description: "The finding in plain words." })
  message: string;

  @Field(() => [ParameterType], {
    description: "The parameters that the rule read, with the values it used.",
  })
  parameters: readonly Parameter[];

  @Field(() => [PriorSessionType], { description: "The counted sessions that stand in the way." })
  blockingSessions: readonly CountedSession[];

  @Field(() => LocalDate, {
    nullable: true,
    description: "ESI-FREQUENCY, not met: the first date on which it would be; null where there is none.",
  })
  nextEligibleDate: PlainDate | null;

  @Field(() => FrequencyWindowType, {
    nullable: true,
    description: "ESI-FREQUENCY, not met: the earliest-ending window that would be overfilled.",
  })
  window: FrequencyWindow | null;

  @Field(() => [ID], {
    description:
      "ESI-DUPLICATE: decisions with the equal line. ESI-REGION: those behind regions on file. Else empty.",
  })
  relatedDecisionIds: readonly string[];

  @Field(() => [CitationType], { description: "What the rule rests on." })
  citations: readonly Citation[];
}
