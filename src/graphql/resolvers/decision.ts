import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { explain } from "../../adjudication/explain";
import { interpretationsReliedOn } from "../../adjudication/findings";
import { decisionByIdempotencyKey } from "../../cases/reading";
import { idempotencyKey, identifier } from "../../claim/identifier";
import { PlainDate } from "../../claim/plainDate";
import { Decision } from "../../member/decision";
import { Interpretation } from "../../policy/interpretations";
import { PolicyVersion } from "../../policy/policyVersion";
import { textArgument } from "../arguments";
import { GraphqlContext } from "../context";
import { served } from "../failures";
import { DecisionView, viewIfKnown } from "../knownAt";
import { Needs, ownAnswers } from "../needs";
import { showConsidered, versionOf } from "../policyVersions";
import { LocalDate } from "../scalars";
import { startOfReviews } from "../startOfReviews";
import { DecisionType } from "../types/decision";
import { ConsideredExceptionType } from "../types/exception";
import { LineDecisionType, showLines, showReviewedLines } from "../types/lineDecision";
import { InterpretationType, PolicyVersionType } from "../types/policy";

@Resolver(() => DecisionType)
export class DecisionResolver {
  @Needs("decisions:read")
  @Query(() => DecisionType, {
    nullable: true,
    description: "A decision; null where there is none of that id.",
  })
  decision(
    @Arg("id", () => ID, { description: "Id of the decision." }) id: string,
    @Ctx() { decisions }: GraphqlContext,
  ): Promise<Decision | null> {
    return decisions.load(id);
  }

  @Needs("claims:submit")
  @Query(() => DecisionType, {
    nullable: true,
    description:
      "What became of a submission of this client whose reply was lost. Null says that nothing is on file " +
      "now; the sure way to learn the outcome is to send the same input again.",
  })
  decisionByIdempotencyKey(
    @Arg("memberId", () => ID, { description: "The member of the submission." }) memberId: string,
    @Arg("idempotencyKey", () => String, { description: "The key of the submission." }) key: string,
    @Ctx() { caller, service }: GraphqlContext,
  ): Promise<Decision | null> {
    const member = textArgument("memberId", memberId, identifier);
    const given = textArgument("idempotencyKey", key, idempotencyKey);
    return served(decisionByIdempotencyKey(member, caller.clientId, given, service));
  }

  @Needs("decisions:read", { freeIn: ownAnswers })
  @FieldResolver(() => String, {
    description: "What was decided and why, in plain words that a provider can act on.",
  })
  explanation(@Root() decision: Decision, @Ctx() { service }: GraphqlContext): string {
    return explain(decision, versionOf(decision, service));
  }

  @FieldResolver(() => LocalDate, { description: "The day of service." })
  dateOfService(@Root() { session }: Decision): PlainDate {
    return session.dateOfService;
  }

  @Needs("decisions:read", { freeIn: ownAnswers })
  @FieldResolver(() => String, {
    description: "The claim's number; a review carries that of what it reviews.",
  })
  claimNumber(@Root() { session }: Decision): string {
    return session.claimNumber;
  }

  @FieldResolver(() => [LineDecisionType], { description: "The lines in the order in which they were sent." })
  lines(@Root() decision: Decision, @Ctx() { decisions, service }: GraphqlContext): LineDecisionType[] {
    if (decision.kind !== "REVIEW") return showLines(decision, versionOf(decision, service));
    return showReviewedLines(decision, async () => {
      const start = await startOfReviews(decision, decisions);
      return { decision: start, version: versionOf(start, service) };
    });
  }

  @FieldResolver(() => PolicyVersionType, {
    nullable: true,
    description: "The version whose rules were run. Null for VOID, IMPORT and REVIEW.",
  })
  policyVersion(@Root() decision: Decision, @Ctx() { service }: GraphqlContext): PolicyVersion | undefined {
    return versionOf(decision, service);
  }

  @Needs("decisions:read", { freeIn: ownAnswers })
  @FieldResolver(() => [ConsideredExceptionType], {
    description: "Every exception that held, by parameter and then from the highest source down.",
  })
  async exceptionsConsidered(
    @Root() { exceptionsConsidered, exceptionSequence = 0 }: Decision,
    @Ctx() { exceptionsAfter }: GraphqlContext,
  ): Promise<ConsideredExceptionType[]> {
    if (exceptionsConsidered.length === 0) return [];
    return showConsidered(exceptionsConsidered, await exceptionsAfter.load(exceptionSequence));
  }

  @Needs("decisions:read", { freeIn: ownAnswers })
  @FieldResolver(() => [InterpretationType], {
    description: "The readings that an adjudication rests on, by id; none for the other kinds.",
  })
  interpretations(@Root() decision: Decision, @Ctx() { service }: GraphqlContext): Interpretation[] {
    const version = versionOf(decision, service);
    if (!version) return [];
    const ids = interpretationsReliedOn(decision, version);
    return version.interpretations.filter(({ id }) => ids.includes(id));
  }

  // It may be a reviewer's, or another client's: a submitter sees what became of it, and none before it.
  @Needs("decisions:read", { freeIn: [...ownAnswers, "member"], staysFreeIn: ["member", "reviewDecision"] })
  @FieldResolver(() => DecisionType, {
    nullable: true,
    description: "The decision that this one stands in the place of.",
  })
  async supersedes(
    @Root() decision: DecisionView,
    @Ctx() { decisions }: GraphqlContext,
  ): Promise<DecisionView | null> {
    const { supersedes } = decision;
    return supersedes ? viewIfKnown(await decisions.load(supersedes.id), decision) : null;
  }

  // What came after a submission is another's. Below `member` it shows no more than any decision there.
  @Needs("decisions:read", { freeIn: ["member"] })
  @FieldResolver(() => DecisionType, {
    nullable: true,
    description: "The decision that stands in the place of this one; null while it is effective.",
  })
  async supersededBy(
    @Root() decision: DecisionView,
    @Ctx() { successors }: GraphqlContext,
  ): Promise<DecisionView | null> {
    return viewIfKnown(await successors.load(decision), decision);
  }

  @FieldResolver(() => Boolean, { description: "Whether no later decision stands in the place of this one." })
  async isEffective(@Root() decision: DecisionView, @Ctx() context: GraphqlContext): Promise<boolean> {
    return (await this.supersededBy(decision, context)) === null;
  }
}
