import { PlainDate } from "./plainDate";

export const claimTypes = ["PROFESSIONAL", "FACILITY"] as const;
export type ClaimType = (typeof claimTypes)[number];

export const claimFrequencies = ["ORIGINAL", "REPLACEMENT", "VOID"] as const;
export type ClaimFrequency = (typeof claimFrequencies)[number];

export const linesOfBusiness = ["MEDICARE", "MEDICAID", "MARKETPLACE"] as const;
export type LineOfBusiness = (typeof linesOfBusiness)[number];

export const spinalRegions = ["CERVICAL_THORACIC", "LUMBAR_SACRAL"] as const;
export type SpinalRegion = (typeof spinalRegions)[number];

export const approaches = ["INTERLAMINAR", "TRANSFORAMINAL"] as const;
export type Approach = (typeof approaches)[number];

export const mostLines = 50;
export const mostUnits = 999;
export const highestLineNumber = 999;

/** One billed line. Members that a client leaves out or sends as null are absent. */
export interface ClaimLine {
  readonly lineNumber: number;
  readonly procedureCode: string;
  readonly modifiers: readonly string[];
  readonly units: number;
  readonly diagnosisCodes: readonly string[];
  /** Decimal text with two places. */
  readonly chargeAmount?: string;
}

/** Who billed and performed what on which date: all that history needs to know of a claim. */
export interface Billing {
  readonly claimNumber: string;
  readonly claimType: ClaimType;
  readonly dateOfService: PlainDate;
  readonly billingProviderNpi: string;
  readonly renderingProviderNpi?: string;
}

/** What one claim bills for one member on one date of service. */
export interface ClaimSession extends Billing {
  readonly memberId: string;
  readonly frequency: ClaimFrequency;
  /** REPLACEMENT and VOID: the claim that is corrected. */
  readonly originalClaimNumber?: string;
  /** The date of service of the claim that is corrected, where it differs. */
  readonly originalDateOfService?: PlainDate;
  readonly lineOfBusiness: LineOfBusiness;
  readonly stateOfService: string;
  readonly placeOfService: string;
  readonly benefitPlanId?: string;
  readonly providerContractId?: string;
  readonly lines: readonly ClaimLine[];
}

/** A session that was adjudicated elsewhere; its lines hold what was allowed there. */
export interface HistoricalSession extends Billing {
  readonly memberId: string;
  readonly sourceSystem: string;
  readonly lines: readonly ClaimLine[];
}

/**
 * Whose work a claim bills: the second half of its stream. The form of a PROFESSIONAL claim demands the
 * rendering NPI.
 */
export function performerOf(billing: Billing): string | undefined {
  return billing.claimType === "FACILITY" ? billing.billingProviderNpi : billing.renderingProviderNpi;
}

/** Whether two claims are of one stream: the same claim type by the same performer. */
export function sameStream(one: Billing, other: Billing): boolean {
  return one.claimType === other.claimType && performerOf(one) === performerOf(other);
}
