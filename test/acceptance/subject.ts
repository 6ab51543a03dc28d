import type { JsonObject, Need, VectorPolicyVersion } from "./vectorFile";

/*
 * What can run a vector. Answers are in the shape of the public contract; what a subject does not know it
 * leaves out.
 */

export interface AnsweredError {
  code: string;
  field: string[];
  decisionId?: string | null;
  message?: string;
}
export interface AnsweredSession {
  region: string;
  dateOfService: string;
}
export interface AnsweredFinding {
  ruleId: string;
  outcome: string;
  blockingSessions: AnsweredSession[];
  nextEligibleDate: string | null;
  window: { opens: string; ends: string; months: number; sessions: number } | null;
  relatedDecisionIds: string[];
}
export interface AnsweredLine {
  lineNumber: number;
  disposition: string;
  unitsAllowed: number;
  unitsDenied: number;
  adjustments: { group: string; carc: string; rarcs: string[]; units: number; ruleId: string }[];
  findings: AnsweredFinding[];
}
export interface AnsweredException {
  exception: { source: string; parameter: string; value: string };
  applied: boolean;
}
/** A decision or, with fewer members, a preview. */
export interface AnsweredDecision {
  id?: string;
  kind?: string;
  disposition: string | null;
  memberSequence?: number;
  lines: AnsweredLine[];
  reviewFlags: string[];
  priorSessions: AnsweredSession[];
  supersedes?: { id: string } | null;
  interpretations?: { id: string }[];
  policyVersion: { id: string } | null;
  exceptionsConsidered?: AnsweredException[];
}
export interface AnsweredSubmission {
  decision: AnsweredDecision | null;
  userErrors: AnsweredError[];
  replayed: boolean;
}
export interface AnsweredPreview extends AnsweredDecision {
  userErrors: AnsweredError[];
}
export interface AnsweredDeclaration {
  exception: { id: string } | null;
  userErrors: AnsweredError[];
}
export interface AnsweredMember {
  historyOnFileSince: string | null;
  allowance: {
    limits: {
      months: number;
      sessions: number;
      used: number;
      left: number;
      windowOpens: string;
      counted: { dateOfService: string }[];
    }[];
    nextEligibleDate: string | null;
    policyVersion: { id: string };
  } | null;
}
export interface AnsweredCandidate {
  decision: { id: string };
  wouldBe: string;
  direction: string;
  causedBy: { id: string };
  wouldBeLines: { lineNumber: number; disposition: string; unitsAllowed: number }[];
}

export interface Subject {
  submit(input: JsonObject): Promise<AnsweredSubmission>;
  preview(input: JsonObject): Promise<AnsweredPreview>;
  importSessions(inputs: JsonObject[]): Promise<AnsweredSubmission[]>;
  review(input: JsonObject): Promise<AnsweredSubmission>;
  declareException(input: JsonObject): Promise<AnsweredDeclaration>;
  allowance(memberId: string, asked: JsonObject): Promise<AnsweredMember>;
  candidates(memberId: string): Promise<AnsweredCandidate[]>;
  /** Present where the subject has the ability `clock`. */
  setClock?(instant: string): void | Promise<void>;
  close?(): void | Promise<void>;
}

/** What a vector asks of the subject that it is run on, beside what it needs. */
export interface Setting {
  policyVersions: VectorPolicyVersion[];
  /** It declares exceptions, which a service cannot take back. */
  declaresExceptions: boolean;
}

export interface SubjectFactory {
  /** What vectors may need; those that need something else are passed over. */
  abilities: ReadonlySet<Need>;
  /** A subject without exceptions, with these policy versions beside the one always in force. */
  start(setting: Setting): Promise<Subject>;
}
