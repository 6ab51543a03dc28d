import type { GraphQLResolveInfo } from "graphql";
import { Authorized, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { Scope } from "../../access/scopes";
import { receiptFor } from "../../cases/auditLog";
import { Decision } from "../../member/decision";
import { showDecisionEntry } from "../auditViews";
import { refuseWithout } from "../authorization";
import { GraphqlContext } from "../context";
import { AuditOpeningType, AuditProofType, DecisionAuditType } from "../types/audit";
import { DecisionType } from "../types/decision";

const openingOf =
  "What the leaf stands for, which is the whole decision; takes the scopes audit:read and decisions:read.";

@Resolver(() => DecisionType)
export class DecisionAuditFieldResolver {
  @FieldResolver(() => DecisionAuditType, {
    description:
      "What the audit log holds of it. Takes the scope audit:read, but in the reply of a mutation.",
  })
  async audit(
    @Root() { id }: Decision,
    @Ctx() { audits, caller }: GraphqlContext,
    @Info() { operation }: GraphQLResolveInfo,
  ): Promise<DecisionAuditType> {
    // Who submits needs the receipt at once, and has seen the decision anyway.
    if (operation.operation !== "mutation") refuseWithout(caller, ["audit:read"]);
    const entry = await audits.load(id);
    if (!entry) throw new Error("a decision that was read is no longer stored");
    return showDecisionEntry(entry);
  }
}

@Resolver(() => DecisionAuditType)
export class DecisionAuditResolver {
  @FieldResolver(() => String, {
    description:
      "Signed note that promises the leaf in the log a minute after the decision. Keep it: it proves a " +
      "decision that vanished before it was sealed.",
  })
  receipt(@Root() { entry }: DecisionAuditType, @Ctx() { service }: GraphqlContext): string {
    return receiptFor(entry, service);
  }

  @Authorized<Scope>("audit:read", "decisions:read")
  @FieldResolver(() => AuditOpeningType, { description: openingOf })
  async opening(
    @Root() { decisionId }: DecisionAuditType,
    @Ctx() { openings }: GraphqlContext,
  ): Promise<AuditOpeningType> {
    const opening = await openings.load(decisionId);
    if (!opening) throw new Error("a decision that was read is no longer stored");
    return { salt: opening.salt.toString("base64"), record: opening.record };
  }
}

@Resolver(() => AuditProofType)
export class AuditProofResolver {
  @Authorized<Scope>("audit:read", "decisions:read")
  @FieldResolver(() => AuditOpeningType, {
    nullable: true,
    description: `${openingOf} Null for what is no decision, and for one whose content was erased.`,
  })
  async opening(
    @Root() { decisionId }: AuditProofType,
    @Ctx() { openings }: GraphqlContext,
  ): Promise<AuditOpeningType | null> {
    const opening = await openings.load(decisionId);
    return opening && { salt: opening.salt.toString("base64"), record: opening.record };
  }
}
