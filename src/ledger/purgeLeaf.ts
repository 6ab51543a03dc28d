import { canonicalText } from "../claim/canonicalText";
import { Instant } from "../claim/instant";

/** The erasure of a member's decisions after their retention. Nothing in it may be personal. */
export interface PurgeEntry {
  /** 1, 2, 3 … without gaps, over all members. */
  readonly sequence: number;
  readonly id: string;
  readonly purgedAt: Instant;
  /** Why it could be done, in the words of who did it. */
  readonly basis: string;
  /** In the order of the stream. */
  readonly decisionIds: readonly string[];
}

/** What the audit log holds of a purge. */
export function purgeLeaf({ sequence: seq, id, purgedAt: at, basis, decisionIds }: PurgeEntry): Buffer {
  return Buffer.from(
    canonicalText({ v: 1, type: "purge", at, basis, entries: decisionIds, id, seq }),
    "utf8",
  );
}
