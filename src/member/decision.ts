import {
  Approach,
  Billing,
  ClaimFrequency,
  ClaimLine,
  LineOfBusiness,
  SpinalRegion,
} from "../claim/claimSession";
import { Instant } from "../claim/instant";
import { PlainDate } from "../claim/plainDate";
import { ConsideredException } from "../policy/exceptions";
import { AdverseFacts, CountedSession, Reason } from "../policy/rule";

export const decisionKinds = ["ADJUDICATION", "IMPORT", "VOID", "REVIEW"] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export const decisionDispositions = [
  "APPROVED",
  "PARTIAL",
  "DENIED",
  "PENDED",
  "NOT_GOVERNED",
  "VOIDED",
] as const;
export type DecisionDisposition = (typeof decisionDispositions)[number];

export const lineDispositions = ["ALLOWED", "REDUCED", "DENIED", "PENDED", "NOT_GOVERNED"] as const;
export type LineDisposition = (typeof lineDispositions)[number];

export const reviewFlags = [
  "AMBIGUOUS_BILATERAL_ADD_ON",
  "DIAGNOSTIC_BLOCK",
  "MIXED_APPROACH",
  "MULTIPLE_PERFORMERS",
] as const;
export type ReviewFlag = (typeof reviewFlags)[number];

/**
 * What a decision is about: the claim without its member and lines. An import lacks what no rule asks of it.
 */
export interface DecidedSession extends Billing {
  readonly frequency: ClaimFrequency;
  readonly originalClaimNumber?: string;
  readonly originalDateOfService?: PlainDate;
  readonly lineOfBusiness?: LineOfBusiness;
  readonly stateOfService?: string;
  readonly placeOfService?: string;
  readonly benefitPlanId?: string;
  readonly providerContractId?: string;
  /** IMPORT: where the session was adjudicated. */
  readonly sourceSystem?: string;
}

/** Denied units with the codes that say why, and the rule that took them. */
export interface Adjustment extends Reason {
  readonly ruleId: string;
  readonly units: number;
}

export interface AdverseFinding extends AdverseFacts {
  readonly ruleId: string;
  readonly outcome: "NOT_MET" | "UNDETERMINED";
}

/**
 * What the rules said about a line. A rule of the policy version that is in neither list is NOT_APPLICABLE.
 */
export interface LineFindings {
  readonly met: readonly string[];
  readonly adverse: readonly AdverseFinding[];
}

/** A billed line and what became of it. */
export interface LineDecision extends ClaimLine {
  /** What the governed procedure code meant when it was decided; absent where the line is not governed. */
  readonly region?: SpinalRegion;
  readonly approach?: Approach;
  readonly disposition: LineDisposition;
  readonly unitsAllowed: number;
  readonly unitsDenied: number;
  readonly adjustments: readonly Adjustment[];
  /** Absent where no rule was run on the line: not governed, imported, or set by a reviewer. */
  readonly findings?: LineFindings;
}

/** What a reviewer allows on one line. */
export interface ReviewedLine {
  readonly lineNumber: number;
  readonly unitsAllowed: number;
}

export interface Review {
  readonly reviewer: string;
  readonly reason: string;
  readonly documentReference: string;
  /** The lines that the reviewer named, in that order; the others keep what they had. */
  readonly lines: readonly ReviewedLine[];
}

/** What was decided about a claim, apart from its place in the stream. */
export interface Outcome {
  readonly disposition: DecisionDisposition;
  readonly lines: readonly LineDecision[];
  /** By name. */
  readonly reviewFlags: readonly ReviewFlag[];
  /** By region and then by date. */
  readonly priorSessions: readonly CountedSession[];
  readonly exceptionsConsidered: readonly ConsideredException[];
  /** The policy version whose rules were run. */
  readonly policyVersionId?: string;
  /** IMPORT, where no rule was run: the policy version that said which lines are governed. */
  readonly governingVersionId?: string;
  /** How many entries the register of exceptions had when rules were run; absent for none. */
  readonly exceptionSequence?: number;
}

/**
 * One link of a member's stream, exactly as recorded: its canonical JSON is the record that is hashed and
 * kept. Titles, texts and citations are not repeated here; they come from the policy version, which is kept
 * too.
 */
export interface Decision extends Outcome {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly memberId: string;
  /** 1, 2, 3 … without gaps. */
  readonly memberSequence: number;
  readonly decidedAt: Instant;
  readonly engineVersion: string;
  /** The client whose token submitted it, and the client's key. */
  readonly clientId: string;
  readonly idempotencyKey: string;
  readonly session: DecidedSession;
  readonly supersedes?: { readonly id: string; readonly memberSequence: number };
  readonly review?: Review;
}
