import { canonicalJson } from "./canonicalJson";
import type {
  ClaimLineInput,
  ClaimSessionInput,
  DecidedSession,
  HistoricalSessionInput,
  ReviewDecisionInput,
} from "./contract";
import type { ClaimSaid, LineSaid } from "./claimInHand";

/* What the defaults of the contract make of an input, and when two requests are the same. */

const lineWithDefaults = (line: ClaimLineInput) => ({
  ...line,
  modifiers: line.modifiers ?? [],
  diagnosisCodes: line.diagnosisCodes ?? [],
});

export const lineSaid = ({ lineNumber, procedureCode, modifiers, units }: ClaimLineInput): LineSaid => ({
  lineNumber,
  procedureCode,
  modifiers: modifiers ?? [],
  units,
});

export const claimSaid = (session: ClaimSessionInput): ClaimSaid => ({
  ...session,
  lines: session.lines.map(lineSaid),
});

export function claimRequest(session: ClaimSessionInput): string {
  const { frequency = "ORIGINAL" } = session;
  const lines = session.lines.map(lineWithDefaults);
  return canonicalJson({ kind: "claim", session: { ...session, frequency, lines } });
}

export function importRequest({ idempotencyKey: _, ...input }: HistoricalSessionInput): string {
  return canonicalJson({ kind: "import", input: { ...input, lines: input.lines.map(lineWithDefaults) } });
}

export function reviewRequest({ idempotencyKey: _, ...input }: ReviewDecisionInput): string {
  const lines = input.lines.map((line) => ({ ...line }));
  return canonicalJson({ kind: "review", input: { ...input, lines } });
}

export function decidedSession(session: ClaimSessionInput): DecidedSession {
  const { claimType, lineOfBusiness, stateOfService, placeOfService, billingProviderNpi } = session;
  return {
    claimType,
    lineOfBusiness,
    frequency: session.frequency ?? "ORIGINAL",
    stateOfService,
    placeOfService,
    billingProviderNpi,
    renderingProviderNpi: session.renderingProviderNpi ?? null,
    benefitPlanId: session.benefitPlanId ?? null,
    providerContractId: session.providerContractId ?? null,
  };
}

export function importedSession(input: HistoricalSessionInput): DecidedSession {
  const { claimType, billingProviderNpi } = input;
  return {
    claimType,
    lineOfBusiness: null,
    frequency: "ORIGINAL",
    stateOfService: null,
    placeOfService: null,
    billingProviderNpi,
    renderingProviderNpi: input.renderingProviderNpi ?? null,
    benefitPlanId: null,
    providerContractId: null,
  };
}
