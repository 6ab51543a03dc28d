import { plainDate } from "../../src/claim/plainDate";
import { Decision, LineDecision } from "../../src/member/decision";

/** A decision of the member's stream, D1, D2 … by its place; a test names what matters to it. */
export function decided(
  memberSequence: number,
  dateOfService: string,
  about: Partial<Omit<Decision, "supersedes">> & { readonly supersedes?: number } = {},
): Decision {
  const { supersedes, ...rest } = about;
  return {
    id: `D${memberSequence}`,
    kind: "ADJUDICATION",
    disposition: "APPROVED",
    memberId: "M",
    memberSequence,
    decidedAt: `2026-03-0${memberSequence}T00:00:00.000Z`,
    engineVersion: "1.0.0",
    clientId: "client",
    idempotencyKey: `key-${memberSequence}`,
    session: {
      claimNumber: `C${memberSequence}`,
      claimType: "PROFESSIONAL",
      frequency: "ORIGINAL",
      dateOfService: plainDate(dateOfService),
      billingProviderNpi: "1500000009",
      renderingProviderNpi: "1234567893",
    },
    lines: [line("62323", 1)],
    reviewFlags: [],
    priorSessions: [],
    exceptionsConsidered: [],
    ...(supersedes && { supersedes: { id: `D${supersedes}`, memberSequence: supersedes } }),
    ...rest,
  };
}

/** A line of one unit, allowed or not. */
export function line(
  procedureCode: string,
  unitsAllowed: number,
  about: Partial<LineDecision> = {},
): LineDecision {
  return {
    lineNumber: 1,
    procedureCode,
    modifiers: [],
    units: 1,
    diagnosisCodes: [],
    disposition: unitsAllowed > 0 ? "ALLOWED" : "DENIED",
    unitsAllowed,
    unitsDenied: 1 - unitsAllowed,
    adjustments: [],
    ...about,
  };
}
