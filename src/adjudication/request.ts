import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { ClaimLine, ClaimSession, HistoricalSession } from "../claim/claimSession";
import { Decision, LineDecision } from "../member/decision";

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
 * SHA-256, in hex, of the canonical form of a request: its kind, and its input without the key. Members that
 * are absent do not take part, the order of lines and modifiers does.
 */
export function requestHash({ kind, session }: Request): string {
  const input = kind === "claim" ? { session } : session;
  const canonical = canonicalize({ kind, input });
  if (canonical === undefined) throw new Error("a request has no canonical form");
  return createHash("sha256").update(canonical).digest("hex");
}

/**
 * The request that a decision was made on: the record holds all of it, so that a repetition can be told by it
 * alone.
 */
export function requestOf(decision: Decision): Request {
  const { kind, clientId, idempotencyKey } = decision;
  if (kind === "REVIEW") throw new Error("a review has no request of its own yet");
  if (kind === "IMPORT")
    return { kind: "import", clientId, idempotencyKey, session: historicalSessionOf(decision) };
  return { kind: "claim", clientId, idempotencyKey, session: claimSessionOf(decision) };
}

function claimSessionOf({ memberId, session, lines }: Decision): ClaimSession {
  const { lineOfBusiness, stateOfService, placeOfService } = session;
  if (!lineOfBusiness || !stateOfService || !placeOfService)
    throw new Error("a claim's record lacks a part of the claim");
  return {
    ...session,
    lineOfBusiness,
    stateOfService,
    placeOfService,
    memberId,
    lines: lines.map(billedLineOf),
  };
}

function historicalSessionOf({ memberId, session, lines }: Decision): HistoricalSession {
  const { frequency, sourceSystem, ...billing } = session;
  if (!sourceSystem) throw new Error("an import's record lacks its source");
  return { ...billing, sourceSystem, memberId, lines: lines.map(billedLineOf) };
}

function billedLineOf(line: LineDecision): ClaimLine {
  const { lineNumber, procedureCode, modifiers, units, diagnosisCodes, chargeAmount } = line;
  return { lineNumber, procedureCode, modifiers, units, diagnosisCodes, chargeAmount };
}
