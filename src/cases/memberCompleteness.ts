import { readMemberEntries, readSealedLength } from "../store/auditEntries";
import { highestSequence } from "../store/decisions";
import { answering } from "./answering";
import { DecisionEntry, logCheckpoint, LogCheckpoint, LogProof, proofsIn } from "./auditLog";
import { Service } from "./service";

/** The decisions of a member, each with its proof in one checkpoint, and those that are not in it yet. */
export interface MemberCompleteness {
  /** The last place of the stream that is in the checkpoint's tree; 0 where none is. */
  readonly head: number;
  readonly proofs: readonly LogProof[];
  readonly unsealed: readonly DecisionEntry[];
  readonly checkpoint: LogCheckpoint;
}

/** A part of a stream: so many places from one on. */
export interface StreamPart {
  readonly from: number;
  readonly size: number;
}

export { highestSequence };

/** Undefined where there is no such checkpoint. */
export async function memberCompleteness(
  memberId: string,
  treeSize: bigint | undefined,
  { from, size }: StreamPart,
  service: Service,
): Promise<MemberCompleteness | undefined> {
  const checkpoint = await logCheckpoint(treeSize, service);
  if (!checkpoint) return undefined;
  const { database } = service;
  const head = await answering(readSealedLength(database, memberId, checkpoint.treeSize));
  const to = Math.min(from + size - 1, highestSequence);
  const entries = await answering(readMemberEntries(database, memberId, { from, to }));
  const sealed = entries.flatMap(({ decisionId: entryId, leafIndex, leaf, leafHash }) => {
    const isSealed = leafIndex !== undefined && leafIndex < checkpoint.treeSize;
    return isSealed ? { entryId, leafIndex, leaf, leafHash } : [];
  });
  const proofs = await proofsIn(checkpoint, sealed, service);
  const isProven = new Set(sealed.map(({ entryId }) => entryId));
  const unsealed = entries.filter(({ decisionId }) => !isProven.has(decisionId));
  return { head, proofs, unsealed, checkpoint };
}
