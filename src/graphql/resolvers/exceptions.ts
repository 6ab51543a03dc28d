import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { declarePolicyException, endPolicyException } from "../../cases/declarePolicyException";
import { policyExceptions } from "../../cases/exceptions";
import { StandingException } from "../../policy/exceptionRegister";
import { GraphqlContext } from "../context";
import { exceptionsCost } from "../cost";
import { served } from "../failures";
import { EndPolicyExceptionInput, readEnding } from "../inputs/endPolicyExceptionInput";
import { PolicyExceptionInput, readPolicyException } from "../inputs/policyExceptionInput";
import { Needs, NeedsAnyToken } from "../needs";
import { DeclarationType, PolicyExceptionType, showDeclaration } from "../types/exception";
import { refusalsOf } from "../types/submission";

@Resolver(() => PolicyExceptionType)
export class ExceptionResolver {
  @Needs("policy:write")
  @Mutation(() => DeclarationType, {
    description:
      "Declares an exception for the decisions made from now on; none made before is changed. The same " +
      "declaration again brings the first one.",
  })
  async declarePolicyException(
    @Arg("input", () => PolicyExceptionInput, { description: "The exception." })
    input: PolicyExceptionInput,
    @Ctx() { caller, service }: GraphqlContext,
  ): Promise<DeclarationType> {
    const read = readPolicyException(input);
    if ("faults" in read) return showDeclaration({ refusals: refusalsOf(read.faults, service) });
    return showDeclaration(await served(declarePolicyException(read.value, caller.subject, service)));
  }

  @Needs("policy:write")
  @Mutation(() => DeclarationType, {
    description:
      "Brings the end of an exception forward, for the decisions made from now on. Nothing declared is " +
      "ever taken back: the end is a further entry.",
  })
  async endPolicyException(
    @Arg("input", () => EndPolicyExceptionInput, { description: "The exception and its end." })
    input: EndPolicyExceptionInput,
    @Ctx() { caller, service }: GraphqlContext,
  ): Promise<DeclarationType> {
    const read = readEnding(input);
    if ("faults" in read) return showDeclaration({ refusals: refusalsOf(read.faults, service) });
    return showDeclaration(await served(endPolicyException(read.value, caller.subject, service)));
  }

  @NeedsAnyToken()
  @Query(() => [PolicyExceptionType], {
    complexity: exceptionsCost,
    description: "Every exception as it stands, in the order of the declarations; ended ones too.",
  })
  policyExceptions(@Ctx() { service }: GraphqlContext): Promise<StandingException[]> {
    return served(policyExceptions(service));
  }

  @FieldResolver(() => String, { description: "The value that it gives the parameter, as JSON text." })
  value(@Root() { value }: StandingException): string {
    return JSON.stringify(value);
  }
}
