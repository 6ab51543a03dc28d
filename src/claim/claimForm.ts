import { ClaimFrequency, ClaimType } from "./claimSession";
import { parsePlainDate } from "./plainDate";

/** A value of the wrong form: the path inside what was submitted, and what was expected. */
export interface Fault {
  readonly field: readonly string[];
  readonly message: string;
}

/**
 * A claim before its values are known to be well formed: only what the members say about each other is judged
 * here.
 */
interface UnjudgedClaim {
  readonly claimNumber: string;
  readonly claimType: ClaimType;
  readonly frequency: ClaimFrequency;
  readonly originalClaimNumber?: string | null;
  readonly originalDateOfService?: string | null;
  readonly dateOfService: string;
  readonly renderingProviderNpi?: string | null;
  readonly lines: readonly { readonly lineNumber: number }[];
}

/** The faults of a claim session that only show when several of its members are read together. */
export function faultsAcrossClaim(claim: UnjudgedClaim): Fault[] {
  return [
    ...missingPerformer(claim),
    ...(claim.frequency === "VOID" ? faultsOfVoid(claim) : missingLines(claim.lines)),
    ...repeatedLineNumbers(claim.lines),
  ];
}

export function missingPerformer(billing: {
  claimType: ClaimType;
  renderingProviderNpi?: string | null;
}): Fault[] {
  if (billing.claimType === "FACILITY" || isGiven(billing.renderingProviderNpi)) return [];
  return [
    {
      field: ["renderingProviderNpi"],
      message: "renderingProviderNpi is required for claim type PROFESSIONAL",
    },
  ];
}

export function missingLines(lines: readonly unknown[]): Fault[] {
  return lines.length > 0 ? [] : [{ field: ["lines"], message: "lines must hold at least one line" }];
}

export function repeatedLineNumbers(lines: readonly { readonly lineNumber: number }[]): Fault[] {
  const seen = new Set<number>();
  return lines.flatMap(({ lineNumber }, place) => {
    const repeated = seen.has(lineNumber);
    seen.add(lineNumber);
    const field = ["lines", String(place), "lineNumber"];
    return repeated ? [{ field, message: "lineNumber must differ from those of the lines before" }] : [];
  });
}

function faultsOfVoid(claim: UnjudgedClaim): Fault[] {
  const faults: Fault[] = [];
  if (claim.claimNumber === claim.originalClaimNumber) {
    faults.push({
      field: ["claimNumber"],
      message: "claimNumber of a VOID must differ from originalClaimNumber",
    });
  }
  const isComparable =
    isGiven(claim.originalDateOfService) && parsePlainDate(claim.dateOfService) !== undefined;
  if (isComparable && claim.originalDateOfService !== claim.dateOfService) {
    const message = "originalDateOfService of a VOID must be its dateOfService, or be left out";
    faults.push({ field: ["originalDateOfService"], message });
  }
  if (claim.lines.length > 0) faults.push({ field: ["lines"], message: "lines of a VOID must be empty" });
  return faults;
}

function isGiven(text: string | null | undefined): text is string {
  return text !== undefined && text !== null;
}
