import { Field, ID, Int, ObjectType } from "type-graphql";
import { DecisionEntry } from "../../cases/auditLog";
import { AuditEntryKind, AuditEntryKindEnum } from "../enums";
import { Shown } from "../requestAccess";
import { DateTime, LogIndex } from "../scalars";

const hashForm = "Standard Base64 of 32 bytes.";

@ObjectType("AuditOpening", {
  simpleResolvers: true,
  description:
    "What a decision's leaf stands for: its `body` is SHA-256 over the salt's bytes and the record.",
})
export class AuditOpeningType {
  /** Whose decision it is. */
  shown: Shown;

  @Field(() => String, { description: "16 random bytes in Base64." })
  salt: string;

  @Field(() => String, { description: "RFC 8785 canonical JSON of the whole decision, as hashed." })
  record: string;
}

/** What it opens to, and the receipt, are the resolver's. */
@ObjectType("DecisionAudit", {
  simpleResolvers: true,
  description: "What the audit log holds, or will hold, of a decision.",
})
export class DecisionAuditType {
  /** What the fields are of. */
  entry: DecisionEntry;

  @Field(() => ID, { description: "The decision." })
  decisionId: string;

  @Field(() => String, {
    description: "Canonical JSON that names no member: what is hashed into the tree, byte for byte.",
  })
  leaf: string;

  @Field(() => String, { description: `SHA-256 over a zero byte and the leaf. ${hashForm}` })
  leafHash: string;

  @Field(() => LogIndex, { nullable: true, description: "Its place in the log; null until it is sealed." })
  leafIndex: string | null;
}

@ObjectType("AuditCheckpoint", {
  simpleResolvers: true,
  description: "What the log was at a time, signed. One size has one root for ever.",
})
export class AuditCheckpointType {
  @Field(() => LogIndex, { description: "Number of entries." })
  treeSize: string;

  @Field(() => String, { description: `RFC 6962 root hash of them. ${hashForm}` })
  rootHash: string;

  @Field(() => String, {
    description: "C2SP signed note: keep it, or compare it with those that others keep.",
  })
  note: string;

  @Field(() => DateTime, { description: "When it was signed." })
  at: string;
}

/** What it opens to is the resolver's. */
@ObjectType("AuditProof", {
  simpleResolvers: true,
  description: "That an entry is in the log of a checkpoint. verifier/verify-proof.js checks it.",
})
export class AuditProofType {
  @Field(() => ID, { description: "The decision, or the exception's entry or purge, by its id." })
  decisionId: string;

  @Field(() => LogIndex, { description: "Its place in the log, counted from 0." })
  leafIndex: string;

  @Field(() => String, { description: "Canonical JSON that names no member, byte for byte as hashed." })
  leaf: string;

  @Field(() => String, { description: `SHA-256 over a zero byte and the leaf. ${hashForm}` })
  leafHash: string;

  @Field(() => [String], { description: "RFC 6962 path from the leaf's sibling up, each hash in Base64." })
  path: readonly string[];

  @Field(() => AuditCheckpointType, { description: "The checkpoint that the path leads to." })
  checkpoint: AuditCheckpointType;

  @Field(() => String, { description: "The proof as a file: C2SP tlog-proof, with the checkpoint in it." })
  tlogProof: string;
}

@ObjectType("AuditConsistency", {
  simpleResolvers: true,
  description: "That one checkpoint continues another: nothing before was changed, removed or put between.",
})
export class AuditConsistencyType {
  @Field(() => AuditCheckpointType, { description: "The checkpoint of the smaller tree, or the same." })
  first: AuditCheckpointType;

  @Field(() => AuditCheckpointType, { description: "The checkpoint of the larger tree." })
  second: AuditCheckpointType;

  @Field(() => [String], { description: "RFC 6962 consistency proof, each hash in Base64." })
  path: readonly string[];
}

@ObjectType("AuditEntry", { simpleResolvers: true, description: "An entry of the log." })
export class AuditEntryType {
  @Field(() => LogIndex, { description: "Its place in the log, counted from 0." })
  leafIndex: string;

  @Field(() => AuditEntryKindEnum, { description: "What it is the entry of." })
  kind: AuditEntryKind;

  @Field(() => ID, { description: "Id of the decision, the exception's entry or the purge." })
  entryId: string;

  @Field(() => String, { description: `As it was sealed. ${hashForm}` })
  leafHash: string;

  @Field(() => String, { description: "Canonical JSON that names no member." })
  leaf: string;

  @Field(() => Boolean, { description: "Whether its content was erased after its retention." })
  purged: boolean;
}

@ObjectType("MemberCompleteness", {
  simpleResolvers: true,
  description:
    "All decisions of a member up to the head, each with its proof in one checkpoint. With places 1 to " +
    "head, each leaf naming the one before as `prev`, none before the head is missing. What came after " +
    "the head shows only in the entries of the whole log, or by a later receipt.",
})
export class MemberCompletenessType {
  /** Whose decisions they are. */
  memberId: string;

  @Field(() => Int, { description: "The last place of the stream in the checkpoint; 0 where none is." })
  head: number;

  @Field(() => [AuditProofType], { description: "One proof for each place, in their order." })
  proofs: readonly AuditProofType[];

  @Field(() => [DecisionAuditType], { description: "Decisions that are not in the checkpoint yet." })
  unsealed: readonly DecisionAuditType[];

  @Field(() => AuditCheckpointType, { description: "The checkpoint of all the proofs." })
  checkpoint: AuditCheckpointType;
}

@ObjectType("AuditKey", {
  simpleResolvers: true,
  description: "A key that has signed for the log. Compare it with what was received by another way.",
})
export class AuditKeyType {
  @Field(() => String, { description: "C2SP verifier key: name, key id and public key." })
  verifierKey: string;

  @Field(() => String, { description: "What it signs: checkpoint or receipt." })
  use: string;

  @Field(() => DateTime, { description: "Since when it signs." })
  from: string;

  @Field(() => DateTime, { nullable: true, description: "Since when it signs no more; null while it does." })
  until: string | null;
}
