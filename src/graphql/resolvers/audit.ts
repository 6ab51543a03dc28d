import { Arg, Args, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import {
  consistencyPath,
  entryProof,
  KnownKey,
  LogCheckpoint,
  logCheckpoint,
  logEntries,
  logKeys,
} from "../../cases/auditLog";
import { memberCompleteness } from "../../cases/memberCompleteness";
import { Service } from "../../cases/service";
import { hashText } from "../../ledger/hashText";
import { countArgument, ifGiven, logIndexArgument } from "../arguments";
import { showCheckpoint, showDecisionEntry, showEntry, showProof } from "../auditViews";
import { GraphqlContext } from "../context";
import { completenessCost, entriesCost, mostEntries, usualEntries } from "../cost";
import { badInput, served } from "../failures";
import { CompletenessArguments, readCompletenessArguments } from "../inputs/completenessArguments";
import { Needs } from "../needs";
import { LogIndex } from "../scalars";
import {
  AuditCheckpointType,
  AuditConsistencyType,
  AuditEntryType,
  AuditKeyType,
  AuditProofType,
  MemberCompletenessType,
} from "../types/audit";

const ofNewest = "Tree size of the checkpoint; without it the newest.";

@Resolver()
export class AuditResolver {
  @Needs("audit:read")
  @Query(() => [AuditKeyType], {
    description: "Every key that has signed for the log. Compare with the keys received by another way.",
  })
  auditKeys(@Ctx() { service }: GraphqlContext): Promise<KnownKey[]> {
    return served(logKeys(service));
  }

  @Needs("audit:read")
  @Query(() => AuditCheckpointType, {
    nullable: true,
    description: "The newest checkpoint, or the one of exactly that size; null where there is none.",
  })
  async auditCheckpoint(
    @Arg("treeSize", () => LogIndex, { nullable: true, description: ofNewest }) treeSize: string | null,
    @Ctx() { service }: GraphqlContext,
  ): Promise<AuditCheckpointType | null> {
    const size = ifGiven(treeSize, (text) => logIndexArgument("treeSize", text));
    const checkpoint = await served(logCheckpoint(size, service));
    return checkpoint ? showCheckpoint(checkpoint) : null;
  }

  @Needs("audit:read")
  @Query(() => AuditProofType, {
    nullable: true,
    description: "That a decision is in the log; null where it is unknown, or not in that tree yet.",
  })
  async auditProof(
    @Arg("decisionId", () => ID, {
      description: "Id of the decision; that of an exception's entry or of a purge is taken too.",
    })
    decisionId: string,
    @Arg("treeSize", () => LogIndex, { nullable: true, description: ofNewest }) treeSize: string | null,
    @Ctx() { service }: GraphqlContext,
  ): Promise<AuditProofType | null> {
    const size = ifGiven(treeSize, (text) => logIndexArgument("treeSize", text));
    const proof = await served(entryProof(decisionId.toLowerCase(), size, service));
    return proof ? showProof(proof) : null;
  }

  @Needs("audit:read")
  @Query(() => AuditConsistencyType, {
    description: "That the second checkpoint continues the first. Both sizes must be those of checkpoints.",
  })
  async auditConsistency(
    @Arg("first", () => LogIndex, { description: "Tree size of the earlier checkpoint." }) first: string,
    @Arg("second", () => LogIndex, { description: "Tree size of the later checkpoint." }) second: string,
    @Ctx() { service }: GraphqlContext,
  ): Promise<AuditConsistencyType> {
    const [from, to] = [
      await checkpointArgument("first", first, service),
      await checkpointArgument("second", second, service),
    ];
    if (from.treeSize > to.treeSize) throw badInput("first must not be larger than second");
    const path = await served(consistencyPath(from, to, service));
    return { first: showCheckpoint(from), second: showCheckpoint(to), path: path.map(hashText) };
  }

  @Needs("audit:read")
  @Query(() => [AuditEntryType], {
    complexity: entriesCost,
    description:
      "Entries of the log in their order, which is the order of storing: a reader who goes on from the " +
      "last one misses none.",
  })
  async auditEntries(
    @Arg("from", () => LogIndex, { description: "Index of the first entry, from 0." }) from: string,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: usualEntries,
      description: `How many at most, from 1 to ${mostEntries}.`,
    })
    first: number | null,
    @Ctx() { service }: GraphqlContext,
  ): Promise<AuditEntryType[]> {
    const index = logIndexArgument("from", from);
    const count = countArgument("first", first ?? usualEntries, mostEntries);
    return (await served(logEntries(index, count, service))).map(showEntry);
  }

  @Needs(["audit:read", "decisions:read"])
  @Query(() => MemberCompletenessType, {
    nullable: true,
    complexity: completenessCost,
    description: "That a member's decisions are all there. Null where there is no such checkpoint.",
  })
  async memberCompleteness(
    @Args(() => CompletenessArguments) given: CompletenessArguments,
    @Ctx() { service }: GraphqlContext,
  ): Promise<MemberCompletenessType | null> {
    const { memberId, treeSize, part } = readCompletenessArguments(given);
    const found = await served(memberCompleteness(memberId, treeSize, part, service));
    if (!found) return null;
    const { head, proofs, unsealed, checkpoint } = found;
    return {
      memberId,
      head,
      proofs: proofs.map(showProof),
      unsealed: unsealed.map(showDecisionEntry),
      checkpoint: showCheckpoint(checkpoint),
    };
  }
}

async function checkpointArgument(name: string, text: string, service: Service): Promise<LogCheckpoint> {
  const checkpoint = await served(logCheckpoint(logIndexArgument(name, text), service));
  if (!checkpoint) throw badInput(`${name} must be the tree size of a checkpoint`);
  return checkpoint;
}
