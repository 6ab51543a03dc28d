import { Field, ID, ObjectType } from "type-graphql";
import { Refusal } from "../../adjudication/refusal";
import { Declaration } from "../../cases/declarePolicyException";
import { PlainDate } from "../../claim/plainDate";
import { ExceptionEnding, StandingException } from "../../policy/exceptionRegister";
import { ConsideredException, ExceptionSource } from "../../policy/exceptions";
import { ExceptionSourceEnum } from "../enums";
import { DateTime, LocalDate } from "../scalars";
import { UserErrorType } from "./submission";

@ObjectType("PolicyExceptionEnding", {
  simpleResolvers: true,
  description: "A later entry that brings the end of an exception forward; the declaration stays as it is.",
})
export class PolicyExceptionEndingType
  implements Omit<ExceptionEnding, "kind" | "sequence" | "id" | "exceptionId">
{
  @Field(() => LocalDate, {
    description: "The last date of service on which it holds from then on; before the first where on none.",
  })
  effectiveTo: PlainDate;

  @Field(() => String, { description: "Where the end is written." })
  citation: string;

  @Field(() => String, { nullable: true, description: "An address of what is cited." })
  citationUrl?: string;

  @Field(() => DateTime, { description: "When the end was declared." })
  declaredAt: string;

  @Field(() => String, { description: "Who declared the end." })
  declaredBy: string;
}

@ObjectType("PolicyException", {
  simpleResolvers: true,
  description: "A law, plan or contract that sets one parameter of the policy otherwise.",
})
export class PolicyExceptionType implements Omit<StandingException, "value"> {
  @Field(() => ID, { description: "Id of the declaration." })
  id: string;

  @Field(() => ExceptionSourceEnum, { description: "Who sets the parameter." })
  source: ExceptionSource;

  @Field(() => String, {
    nullable: true,
    description: "State, benefit plan id or provider contract id; null for FEDERAL.",
  })
  key?: string;

  @Field(() => String, { description: "Name of the parameter." })
  parameter: StandingException["parameter"];

  @Field(() => LocalDate, { description: "The first date of service on which it holds." })
  effectiveFrom: PlainDate;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      "The last date of service on which it holds, after the endings declared for it; null while no end is " +
      "known.",
  })
  effectiveTo?: PlainDate;

  @Field(() => String, { description: "Where it is written." })
  citation: string;

  @Field(() => String, { nullable: true, description: "An address of what is cited." })
  citationUrl?: string;

  @Field(() => DateTime, { description: "When it was declared." })
  declaredAt: string;

  @Field(() => String, { description: "Who declared it." })
  declaredBy: string;

  @Field(() => [PolicyExceptionEndingType], {
    description: "The ends declared for it since, in their order; the last one stands.",
  })
  endings: readonly ExceptionEnding[];
}

@ObjectType("ConsideredException", {
  simpleResolvers: true,
  description: "An exception that held for a claim session.",
})
export class ConsideredExceptionType implements Pick<ConsideredException, "applied"> {
  @Field(() => PolicyExceptionType, {
    description: "The exception as it stood when the decision was made.",
  })
  exception: StandingException;

  @Field(() => Boolean, {
    description: "Whether its value was the one used: of several the highest source wins.",
  })
  applied: boolean;
}

@ObjectType("DeclarePolicyExceptionPayload", {
  simpleResolvers: true,
  description: "Exactly one of exception and userErrors is filled.",
})
export class DeclarationType {
  @Field(() => PolicyExceptionType, {
    nullable: true,
    description: "The exception as it now stands; null where the input was refused.",
  })
  exception: StandingException | null;

  @Field(() => [UserErrorType], {
    description: "Why the input was refused: all faults of its form, or the first other reason.",
  })
  userErrors: readonly Refusal[];
}

export function showDeclaration(declared: Declaration): DeclarationType {
  if ("refusals" in declared) return { exception: null, userErrors: declared.refusals };
  return { exception: declared.exception, userErrors: [] };
}
