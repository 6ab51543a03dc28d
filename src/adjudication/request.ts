import { createHash } from "node:crypto";
import { canonicalText } from "../claim/canonicalText";
import { ClaimLine, ClaimSession, HistoricalSession } from "../claim/claimSession";
import { DecidedSession, Decision, LineDecision, ReviewedLine } from "../member/decision";

/** What a client asks to have decided; its values are known to be well formed. */
export type Request = ClaimRequest | ImportRequest | ReviewRequest;

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

/** What a reviewer decides about a decision, and on what ground. */
export interface ReviewedDecision {
  readonly memberId: string;
  readonly decisionId: string;
  readonly lines: readonly ReviewedLine[];
  readonly reason: string;
  readonly documentReference: string;
}

export interface ReviewRequest extends Submitted {
  readonly kind: "review";
  /** The person behind the token: no part of what is asked, so another person's repetition is the same. */
  readonly reviewer: string;
  readonly review: ReviewedDecision;
}

export function memberIdOf(request: Request): string {
  return request.kind === "review" ? request.review.memberId : request.session.memberId;
}

/**
 * SHA-256, in hex, of the canonical form of a request: its kind, and its input without the key. Members that
 * are absent do not take part, the order of lines and modifiers does.
 */
export function requestHash(request: Request): string {
  return createHash("sha256")
    .update(canonicalText(contentOf(request)))
    .digest("hex");
}

/** What a request is told by: the value whose canonical form is hashed. */
export function contentOf(request: Request): object {
  return { kind: request.kind, input: inputOf(request) };
}

function inputOf(request: Request): object {
  switch (request.kind) {
    case "claim":
      return { session: request.session };
    case "import":
      return request.session;
    case "review":
      return request.review;
  }
}

/**
 * The request that a decision was made on: the record holds all of it, so that a repetition can be told by it
 * alone.
 */
export function requestOf(decision: Decision): Request {
  const { kind, clientId, idempotencyKey } = decision;
  const submitted = { clientId, idempotencyKey };
  if (kind === "REVIEW") return { kind: "review", ...reviewOf(decision), ...submitted };
  if (kind === "IMPORT") return { kind: "import", session: historicalSessionOf(decision), ...submitted };
  return { kind: "claim", session: claimSessionOf(decision), ...submitted };
}

function reviewOf({ memberId, supersedes, review }: Decision): Pick<ReviewRequest, "reviewer" | "review"> {
  if (!review || !supersedes) throw new Error("a review's record lacks what was reviewed");
  const { reviewer, ...reviewed } = review;
  return { reviewer, review: { memberId, decisionId: supersedes.id, ...reviewed } };
}

/** The claim that an adjudication or a void was made on. */
export function claimSessionOf({ memberId, session, lines }: Decision): ClaimSession {
  if (!isOfClaim(session)) throw new Error("a claim's record lacks a part of the claim");
  return { memberId, lines: lines.map(billedLineOf), ...session };
}

function isOfClaim(
  session: DecidedSession,
): session is DecidedSession & Pick<ClaimSession, "lineOfBusiness" | "stateOfService" | "placeOfService"> {
  const { lineOfBusiness, stateOfService, placeOfService } = session;
  return lineOfBusiness !== undefined && stateOfService !== undefined && placeOfService !== undefined;
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
