import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Opening, receiptFor } from "../../cases/auditLog";
import { Decision } from "../../member/decision";
import { showDecisionEntry } from "../auditViews";
import { GraphqlContext } from "../context";
import { purged } from "../failures";
import { Needs, ownMutations } from "../needs";
import { AuditOpeningType, AuditProofType, DecisionAuditType } from "../types/audit";
import { DecisionType } from "../types/decision";

const openingOf =
  "What the leaf stands for, which is the whole decision; takes the scopes audit:read and decisions:read.";

@Resolver(() => DecisionType)
export class DecisionAuditFieldResolver {
  // Who submits needs the receipt at once, and has seen the decision anyway.
  @Needs("audit:read", { freeIn: ownMutations })
  @FieldResolver(() => DecisionAuditType, {
    description:
      "What the audit log holds of it. Takes the scope audit:read, but in the reply of a mutation.",
  })
  async audit(@Root() { id }: Decision, @Ctx() { audits }: GraphqlContext): Promise<DecisionAuditType> {
    return showDecisionEntry(storedStill(await audits.load(id)));
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

  @Needs(["audit:read", "decisions:read"])
  @FieldResolver(() => AuditOpeningType, { description: openingOf })
  async opening(
    @Root() { decisionId }: DecisionAuditType,
    @Ctx() { openings }: GraphqlContext,
  ): Promise<AuditOpeningType> {
    return showOpening(storedStill(await openings.load(decisionId)));
  }
}

@Resolver(() => AuditProofType)
export class AuditProofResolver {
  @Needs(["audit:read", "decisions:read"])
  @FieldResolver(() => AuditOpeningType, {
    nullable: true,
    description: `${openingOf} Null for what is no decision, and for one whose content was erased.`,
  })
  async opening(
    @Root() { decisionId }: AuditProofType,
    @Ctx() { openings }: GraphqlContext,
  ): Promise<AuditOpeningType | null> {
    const opening = await openings.load(decisionId);
    return opening && showOpening(opening);
  }
}

/** A decision that was read a moment ago can only have been erased since. */
function storedStill<T>(found: T | null): T {
  if (found === null) throw purged();
  return found;
}

function showOpening({ memberId, decisionId, salt, record }: Opening): AuditOpeningType {
  return { shown: { memberId, decisionId }, salt: salt.toString("base64"), record };
}
