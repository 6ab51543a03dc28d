import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { ClaimSession, HistoricalSession } from "../claim/claimSession";

/** What a client asks to have decided; its values are known to be well formed. */
export type Request = ClaimRequest | ImportRequest;

interface Submitted {
  readonly clientId: string;
  readonly idempotencyKey: string;
}

export interface ClaimRequest extends Submitted {
  readonly kind: "claim";
  readonly session: ClaimSession;
}

export interface ImportRequest extends Submitted {
  readonly kind: "import";
  readonly session: HistoricalSession;
}

/**
 * SHA-256, in hex, of the canonical form of a request: its kind, and its input without the key. Members that are absent
 * do not take part, the order of lines and modifiers does.
 */
export function requestHash({ kind, session }: Request): string {
  const input = kind === "claim" ? { session } : session;
  const canonical = canonicalize({ kind, input });
  if (canonical === undefined) throw new Error("a request has no canonical form");
  return createHash("sha256").update(canonical).digest("hex");
}
