import { Field, ID, Int, ObjectType } from "type-graphql";
import { Parameter } from "../../adjudication/findings";
import { PlainDate } from "../../claim/plainDate";
import { Citation } from "../../policy/dated";
import { Interpretation } from "../../policy/interpretations";
import { SealedPolicyVersion } from "../../policy/policyVersion";
import { Rule } from "../../policy/rule";
import { contentCost } from "../cost";
import { LocalDate } from "../scalars";

@ObjectType("Citation", {
  simpleResolvers: true,
  description: "Where a piece of policy is written. Nothing is quoted from there.",
})
export class CitationType implements Citation {
  @Field(() => ID, { description: "The document, by our own id." })
  documentId: string;

  @Field(() => String, { description: "Section of the document, and bullet where it has any." })
  section: string;
}

@ObjectType("Parameter", {
  simpleResolvers: true,
  description: "A number of the policy, or a list of limits.",
})
export class ParameterType implements Parameter {
  @Field(() => String, { description: "Name of the parameter, such as sessionsPerRegion." })
  name: string;

  @Field(() => String, { description: "Its value as JSON text." })
  value: string;
}

@ObjectType("Interpretation", {
  simpleResolvers: true,
  description: "A reading that was chosen where the policy is silent or can be read in several ways.",
})
export class InterpretationType implements Interpretation {
  @Field(() => ID, { description: "Id in the register of readings, such as I-09." })
  id: Interpretation["id"];

  @Field(() => String, { description: "What asks to be read." })
  subject: string;

  @Field(() => String, { description: "The reading taken." })
  reading: string;

  @Field(() => [String], { description: "Readings that were not taken." })
  alternatives: readonly string[];
}

@ObjectType("PolicyRule", { simpleResolvers: true, description: "A rule of a policy version." })
export class PolicyRuleType implements Pick<Rule, "id" | "title" | "interpretations"> {
  @Field(() => ID, { description: "Id of the rule, such as ESI-FREQUENCY; never given to another rule." })
  id: string;

  @Field(() => String, { description: "What the rule asks, in a few words." })
  title: string;

  @Field(() => [Int], { description: "Its rows in the evaluation order, from 1." })
  order: readonly number[];

  @Field(() => [CitationType], { description: "What the rule rests on." })
  citations: readonly Citation[];

  @Field(() => [ID], { description: "Ids of the readings that the rule relies on." })
  interpretations: Rule["interpretations"];
}

@ObjectType("PolicyVersion", {
  simpleResolvers: true,
  description: "The payer's policy as it stands from a date of service on, until the next version.",
})
export class PolicyVersionType
  implements Pick<SealedPolicyVersion, "id" | "effectiveFrom" | "contentHash" | "content">
{
  @Field(() => ID, { description: "Name and effective date, such as molina-esi@2021-12-12." })
  id: string;

  @Field(() => LocalDate, { description: "The first date of service that it governs." })
  effectiveFrom: PlainDate;

  @Field(() => String, { description: "SHA-256, in hex, of `content`." })
  contentHash: string;

  @Field(() => String, {
    complexity: contentCost,
    description:
      "The canonical JSON (RFC 8785) of the whole version: every parameter, code, rule and citation.",
  })
  content: string;

  @Field(() => [InterpretationType], { description: "The register of readings." })
  interpretations: readonly Interpretation[];
}
