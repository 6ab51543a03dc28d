import { Field, ID, Int, ObjectType } from "type-graphql";
import { Finding, findingsOf, Found } from "../../adjudication/findings";
import { Approach, SpinalRegion } from "../../claim/claimSession";
import { chargeDenied } from "../../claim/money";
import { Adjustment, LineDecision, LineDisposition } from "../../member/decision";
import { PolicyVersion } from "../../policy/policyVersion";
import { AdjustmentGroupEnum, ApproachEnum, LineDispositionEnum, SpinalRegionEnum } from "../enums";
import { Needs, ownAnswers } from "../needs";
import { Money } from "../scalars";
import { FindingType } from "./finding";

@ObjectType("Adjustment", {
  simpleResolvers: true,
  description: "Denied units with the codes that say why, for the remittance advice.",
})
export class AdjustmentType implements Adjustment {
  @Field(() => AdjustmentGroupEnum, { description: "Claim adjustment group code." })
  group: Adjustment["group"];

  @Field(() => String, { description: "Claim adjustment reason code." })
  carc: string;

  @Field(() => [String], { description: "Remittance advice remark codes, in the order of the policy." })
  rarcs: readonly string[];

  @Field(() => Int, { description: "Units that the rule took." })
  units: number;

  @Field(() => ID, { description: "The rule that took them." })
  ruleId: string;
}

@ObjectType("LineDecision", { simpleResolvers: true, description: "A billed line and what became of it." })
export class LineDecisionType implements Omit<LineDecision, "findings" | "diagnosisCodes"> {
  @Field(() => Int, { description: "The line's number on the claim." })
  lineNumber: number;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => String, { description: "Procedure code as billed." })
  procedureCode: string;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => [String], { description: "Modifiers as billed." })
  modifiers: readonly string[];

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => Int, { description: "Units as billed." })
  units: number;

  @Field(() => SpinalRegionEnum, {
    nullable: true,
    description: "What the procedure code means; null where the line is not governed.",
  })
  region?: SpinalRegion;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => ApproachEnum, {
    nullable: true,
    description: "What the procedure code means; null where the line is not governed.",
  })
  approach?: Approach;

  @Field(() => LineDispositionEnum, { description: "What became of the line." })
  disposition: LineDisposition;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => Int, { description: "Units allowed; 0 on a pended line." })
  unitsAllowed: number;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => Int, { description: "Units denied by a rule or a reviewer." })
  unitsDenied: number;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => Money, { nullable: true, description: "What was charged for the line; null where nothing." })
  chargeAmount?: string;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => Money, {
    nullable: true,
    description:
      "The share of the charge for the units denied, half a cent rounded up; null where nothing was charged.",
  })
  chargeDenied: () => string | null;

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => [AdjustmentType], {
    description:
      "One for each rule that took units, in evaluation order; none where a reviewer named the line.",
  })
  adjustments: readonly Adjustment[];

  @Needs("decisions:read", { freeIn: ownAnswers })
  @Field(() => [FindingType], {
    description:
      "What each rule of the policy said, in evaluation order; none where no rule was run on the line or a " +
      "reviewer named it. A line that a reviewer left as it was keeps what was said of it.",
  })
  findings: () => readonly Finding[] | Promise<readonly Finding[]>;
}

/** The lines of a decision or preview. Findings are put together only where they are asked for. */
export function showLines(
  decision: Found & { readonly lines: readonly LineDecision[] },
  version: PolicyVersion | undefined,
): LineDecisionType[] {
  return decision.lines.map((line) => ({
    ...line,
    chargeDenied: () => chargeDenied(line),
    findings: () => (version ? findingsOf(decision, line, version) : []),
  }));
}

/** What the rules said about lines that a reviewer left as they were, and the version that they are of. */
export interface JudgedBefore {
  readonly decision: Found;
  readonly version: PolicyVersion | undefined;
}

/** The lines of a review: those that it names have no findings, the others those of the first decision. */
export function showReviewedLines(
  { lines }: { readonly lines: readonly LineDecision[] },
  judgedBefore: () => Promise<JudgedBefore>,
): LineDecisionType[] {
  return lines.map((line) => ({
    ...line,
    chargeDenied: () => chargeDenied(line),
    findings: () => (line.findings ? keptFindings(line, judgedBefore) : []),
  }));
}

async function keptFindings(
  line: LineDecision,
  judgedBefore: () => Promise<JudgedBefore>,
): Promise<readonly Finding[]> {
  const { decision, version } = await judgedBefore();
  return version ? findingsOf(decision, line, version) : [];
}
