import { Request, ReviewedDecision } from "../../src/adjudication/request";
import { ClaimLine, ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { ExceptionTerms } from "../../src/policy/exceptions";

let made = 0;

/** A text that no other call in this process gave. */
export function unique(prefix: string): string {
  made += 1;
  return `${prefix}-${process.pid}-${made}`;
}

export function billed(procedureCode: string, about: Partial<ClaimLine> = {}): ClaimLine {
  return { lineNumber: 1, procedureCode, modifiers: [], units: 1, diagnosisCodes: [], ...about };
}

/** A claim that is in order; a test names what matters to it. */
export function claimSession(
  memberId: string,
  date: string,
  about: Partial<ClaimSession> = {},
): ClaimSession {
  return {
    memberId,
    claimNumber: unique("C"),
    frequency: "ORIGINAL",
    claimType: "PROFESSIONAL",
    lineOfBusiness: "MEDICAID",
    dateOfService: plainDate(date),
    stateOfService: "TX",
    placeOfService: "11",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    lines: [billed("62323")],
    ...about,
  };
}

export function historicalSession(memberId: string, date: string): HistoricalSession {
  return {
    memberId,
    claimNumber: unique("H"),
    claimType: "PROFESSIONAL",
    dateOfService: plainDate(date),
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    sourceSystem: "LEGACY",
    lines: [billed("62323")],
  };
}

export function claimRequest(
  session: ClaimSession,
  idempotencyKey = unique("key"),
  clientId = "client",
): Request {
  return { kind: "claim", clientId, idempotencyKey, session };
}

export function importRequest(session: HistoricalSession, idempotencyKey = unique("key")): Request {
  return { kind: "import", clientId: "client", idempotencyKey, session };
}

/** A review of one line; by default it allows the one unit of line 1. */
export function reviewRequest(
  memberId: string,
  decisionId: string,
  lines: ReviewedDecision["lines"] = [{ lineNumber: 1, unitsAllowed: 1 }],
  idempotencyKey = unique("key"),
): Request {
  const review = { memberId, decisionId, lines, reason: "Appeal", documentReference: "DOC-1" };
  return { kind: "review", clientId: "client", idempotencyKey, reviewer: "reviewer", review };
}

/** An exception that is in order: more sessions in Ohio. */
export function exceptionTerms(about: Partial<ExceptionTerms> = {}): ExceptionTerms {
  return {
    source: "STATE",
    key: "OH",
    parameter: "sessionsPerRegion",
    value: [{ months: 12, sessions: 6 }],
    effectiveFrom: plainDate("2024-01-01"),
    citation: "Notice 7, section 2",
    ...about,
  };
}
