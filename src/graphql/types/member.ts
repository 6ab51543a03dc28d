import { Field, ID, Int, ObjectType } from "type-graphql";
import { SpinalRegion } from "../../claim/claimSession";
import { PlainDate } from "../../claim/plainDate";
import { Allowance, AllowanceLimit } from "../../member/allowance";
import { Decision } from "../../member/decision";
import { PolicyVersion } from "../../policy/policyVersion";
import { CountedSession } from "../../policy/rule";
import { SpinalRegionEnum } from "../enums";
import { Needs } from "../needs";
import { LocalDate } from "../scalars";
import { DecisionType } from "./decision";
import { PriorSessionType } from "./finding";
import { PolicyVersionType } from "./policy";

@ObjectType("Member", {
  simpleResolvers: true,
  description: "A person, and what is on file: all of it follows from the member's stream of decisions.",
})
export class MemberType {
  @Field(() => ID, { description: "The payer's person-level key." })
  id: string;
}

@ObjectType("CountedSession", {
  simpleResolvers: true,
  description:
    "A day on which at least one unit of a region is allowed on file. All claims and performers of a day " +
    "make one session.",
})
export class CountedSessionType implements Omit<CountedSession, "decisionIds"> {
  @Field(() => SpinalRegionEnum, { description: "The region." })
  region: SpinalRegion;

  @Field(() => LocalDate, { description: "The day." })
  dateOfService: PlainDate;

  @Needs("decisions:read")
  @Field(() => [String], {
    description: "Procedure codes of the region with an allowed unit on that day, sorted.",
  })
  procedureCodes: readonly string[];

  @Field(() => [DecisionType], {
    description: "Decisions that allow a unit, in the order of the member's stream.",
  })
  decisions: readonly Decision[];
}

@ObjectType("AllowanceLimit", {
  simpleResolvers: true,
  description: "One limit, and what is left of it in the window that ends on the date asked for.",
})
export class AllowanceLimitType implements AllowanceLimit {
  @Field(() => Int, { description: "Length of the window in calendar months." })
  months: number;

  @Field(() => Int, { description: "The most sessions that a window may hold." })
  sessions: number;

  @Field(() => Int, { description: "Sessions in the window." })
  used: number;

  @Field(() => Int, { description: "Sessions left in the window; 0 at least." })
  left: number;

  @Field(() => LocalDate, { description: "The day before the first day inside the window." })
  windowOpens: PlainDate;

  @Field(() => [PriorSessionType], { description: "The sessions in the window, by date." })
  counted: readonly CountedSession[];
}

@ObjectType("Allowance", {
  simpleResolvers: true,
  description:
    "What is left to a member in a region on a date. Whether a further session on that date is within the " +
    "limits is said by the next eligible date being that date: `left` speaks only of the window that ends " +
    "on it.",
})
export class AllowanceType implements Allowance {
  @Field(() => SpinalRegionEnum, { description: "The region asked for." })
  region: SpinalRegion;

  @Field(() => LocalDate, { description: "The date asked for." })
  on: PlainDate;

  @Field(() => [AllowanceLimitType], { description: "All limits of the region; each of them holds." })
  limits: readonly AllowanceLimit[];

  @Field(() => LocalDate, {
    nullable: true,
    description:
      "The first date, that one or later, on which one more session is within all limits; null for none.",
  })
  nextEligibleDate: PlainDate | null;

  @Field(() => PolicyVersionType, { description: "The policy version that governs the date." })
  policyVersion: PolicyVersion;
}
