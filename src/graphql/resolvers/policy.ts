import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { listParameters, Parameter } from "../../adjudication/findings";
import { Citation, inForce } from "../../policy/dated";
import { documents, PolicyDocument } from "../../policy/documents";
import { PolicyVersion, rulesOf } from "../../policy/policyVersion";
import { dateArgument } from "../arguments";
import { GraphqlContext } from "../context";
import { NeedsAnyToken } from "../needs";
import { LocalDate } from "../scalars";
import { CitationType, ParameterType, PolicyRuleType, PolicyVersionType } from "../types/policy";

@Resolver(() => PolicyVersionType)
export class PolicyVersionResolver {
  @NeedsAnyToken()
  @Query(() => PolicyVersionType, {
    nullable: true,
    description: "The policy version that governs a date of service; null before the first.",
  })
  policyInForce(
    @Arg("on", () => LocalDate, { description: "The date of service." }) on: string,
    @Ctx() { service }: GraphqlContext,
  ): PolicyVersion | undefined {
    return inForce(service.policyVersions, dateArgument("on", on));
  }

  @NeedsAnyToken()
  @Query(() => [PolicyVersionType], { description: "Every version of the policy, newest first." })
  policyVersions(@Ctx() { service }: GraphqlContext): readonly PolicyVersion[] {
    return service.policyVersions;
  }

  @FieldResolver(() => [ParameterType], { description: "The policy's own values, without any exception." })
  parameters(@Root() { parameters }: PolicyVersion): Parameter[] {
    return listParameters(parameters);
  }

  @FieldResolver(() => [PolicyRuleType], { description: "Its rules, each once, in evaluation order." })
  rules(@Root() version: PolicyVersion): PolicyRuleType[] {
    return rulesOf(version).map(({ rule: { id, title, cites, interpretations }, order }) => ({
      id,
      title,
      order,
      citations: cites,
      interpretations,
    }));
  }
}

@Resolver(() => CitationType)
export class CitationResolver {
  @FieldResolver(() => String, { description: "Title of the document." })
  title(@Root() { documentId }: Citation): string {
    return documentOf(documentId).title;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Where the document can be read, if it is known.",
  })
  url(@Root() { documentId }: Citation): string | undefined {
    return documentOf(documentId).url;
  }
}

function documentOf(documentId: string): PolicyDocument {
  const document = documents.find(({ id }) => id === documentId);
  if (!document) throw new Error(`document ${documentId} is cited and not listed`);
  return document;
}
