import { dateAtUtcPlus14 } from "./calendar";
import type { ClaimSessionInput, Decision, PolicyVersionTerms, UserError, UserErrorCode } from "./contract";
import type { Path } from "./form";
import { standingIn } from "./onFile";

export function refusal(code: UserErrorCode, field: Path, decisionId: string | null = null): UserError {
  return { code, field, decisionId };
}

export const invalid = (faults: Path[]): UserError[] =>
  faults.map((fault) => refusal("INVALID_INPUT", fault));

export function futureRefusal(dateOfService: string, now: string, at: Path): UserError | null {
  return dateOfService > dateAtUtcPlus14(now)
    ? refusal("FUTURE_DATE_OF_SERVICE", [...at, "dateOfService"])
    : null;
}

export function policyRefusal(
  session: ClaimSessionInput,
  version: PolicyVersionTerms | null,
  at: Path,
): UserError | null {
  return session.frequency !== "VOID" && version === null
    ? refusal("NO_POLICY_IN_FORCE", [...at, "dateOfService"])
    : null;
}

/** The newest decision of the stream that carries a claim number and date of service. */
function latestOf(stream: Decision[], claimNumber: string, dateOfService: string): Decision | null {
  return (
    stream
      .filter((decision) => decision.claimNumber === claimNumber && decision.dateOfService === dateOfService)
      .at(-1) ?? null
  );
}

export function alreadyDecidedRefusal(
  claim: { claimNumber: string; dateOfService: string },
  stream: Decision[],
  at: Path,
): UserError | null {
  const decided = latestOf(stream, claim.claimNumber, claim.dateOfService);
  return decided === null ? null : refusal("CLAIM_ALREADY_DECIDED", [...at, "claimNumber"], decided.id);
}

const isPresent = (text: string | null | undefined): text is string => text !== null && text !== undefined;

/**
 * The decision that a replacement or void corrects; null for an original claim, or if there is none to
 * correct.
 */
export function originalOf(session: ClaimSessionInput, stream: Decision[]): Decision | null {
  const { frequency = "ORIGINAL", originalClaimNumber, originalDateOfService, dateOfService } = session;
  if (frequency === "ORIGINAL" || !isPresent(originalClaimNumber)) return null;
  return latestOf(stream, originalClaimNumber, originalDateOfService ?? dateOfService);
}

export function originalRefusal(session: ClaimSessionInput, stream: Decision[], at: Path): UserError | null {
  const named = [...at, "originalClaimNumber"];
  if ((session.frequency ?? "ORIGINAL") === "ORIGINAL") {
    if (isPresent(session.originalClaimNumber)) return refusal("ORIGINAL_NOT_ALLOWED", named);
    return isPresent(session.originalDateOfService)
      ? refusal("ORIGINAL_NOT_ALLOWED", [...at, "originalDateOfService"])
      : null;
  }
  if (!isPresent(session.originalClaimNumber)) return refusal("ORIGINAL_REQUIRED", named);
  const original = originalOf(session, stream);
  if (original === null) return refusal("ORIGINAL_NOT_FOUND", named);
  const standing = standingIn(stream, original);
  if (standing !== original || original.kind === "VOID") {
    return refusal("ORIGINAL_NOT_EFFECTIVE", named, standing.id);
  }
  const governed = original.lines.filter((line) => line.disposition !== "NOT_GOVERNED");
  const isDenied = governed.length > 0 && governed.every((line) => line.disposition === "DENIED");
  return isDenied ? refusal("ORIGINAL_DENIED", named, original.id) : null;
}

export function reviewedRefusal(reviewed: Decision, stream: Decision[]): UserError | null {
  const standing = standingIn(stream, reviewed);
  return standing !== reviewed || reviewed.kind === "VOID"
    ? refusal("DECISION_NOT_EFFECTIVE", ["decisionId"], standing.id)
    : null;
}
