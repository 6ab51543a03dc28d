import { createHash, hash } from "node:crypto";
import { canonicalText } from "../claim/canonicalText";
import { Decision } from "../member/decision";

/** What the audit log needs of a decision; stored in the same row from the first day. */
export interface Sealed {
  /** RFC 8785 text of the whole decision; the bytes that are hashed are its UTF-8. */
  readonly record: string;
  readonly salt: Buffer;
  /** RFC 8785 text of the leaf, without anything that identifies the member. */
  readonly leaf: Buffer;
}

/** What a leaf names beside the decision itself. */
export interface Links {
  /** Leaf hash of the member's decision before; null for the first. */
  readonly previousLeafHash: Buffer | null;
  /** Content hash, in hex, of the policy version whose rules were run; null where none were. */
  readonly policyHash: string | null;
}

/** The record and the leaf of a decision. */
export function sealDecision(decision: Decision, salt: Buffer, links: Links): Sealed {
  const record = canonicalText(decision);
  const body = createHash("sha256").update(salt).update(record, "utf8").digest("hex");
  return { record, salt, leaf: Buffer.from(canonicalText(leafOf(decision, body, links)), "utf8") };
}

/** RFC 6962 leaf hash: SHA-256 over a zero byte and the leaf. */
export function leafHashOf(leaf: Buffer): Buffer {
  return hash("sha256", Buffer.concat([leafPrefix, leaf]), "buffer");
}

const leafPrefix = Buffer.of(0);

/** What the leaf of a decision says; `body` is the hash, in hex, of salt and record. */
export function leafOf(decision: Decision, body: string, { previousLeafHash, policyHash }: Links): object {
  return {
    v: 1,
    type: "decision",
    at: decision.decidedAt,
    body,
    client: decision.clientId,
    disposition: decision.disposition,
    engine: decision.engineVersion,
    exceptions: decision.exceptionsConsidered
      .filter(({ applied }) => applied)
      .map(({ exceptionId }) => exceptionId),
    id: decision.id,
    kind: decision.kind,
    policy: decision.policyVersionId ?? null,
    policyHash,
    prev: previousLeafHash?.toString("hex") ?? null,
    rules: failedRules(decision),
    seq: decision.memberSequence,
    supersedes: decision.supersedes?.id ?? null,
  };
}

/** The rules with a NOT_MET or UNDETERMINED finding, by id. */
export function failedRules({ lines }: Pick<Decision, "lines">): string[] {
  const adverse = lines.flatMap(({ findings }) => findings?.adverse ?? []);
  return adverse.length === 0 ? [] : [...new Set(adverse.map(({ ruleId }) => ruleId))].sort();
}
