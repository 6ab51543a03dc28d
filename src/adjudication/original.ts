import { ClaimSession } from "../claim/claimSession";
import { Decision } from "../member/decision";
import { effectiveSuccessor, latestOfClaim, MemberStream } from "../member/stream";
import { Refusal, refuse } from "./refusal";

/** The decision that a claim corrects (none for an original claim), or why it corrects none. */
export type OriginalFound = { readonly original?: Decision } | { readonly refusal: Refusal };

const field = ["originalClaimNumber"];

export function findOriginal(claim: ClaimSession, stream: MemberStream): OriginalFound {
  const { frequency, originalClaimNumber, originalDateOfService, dateOfService } = claim;
  if (frequency === "ORIGINAL")
    return (originalClaimNumber ?? originalDateOfService) ? notAllowed(claim) : {};
  if (originalClaimNumber === undefined) {
    return {
      refusal: refuse(
        "ORIGINAL_REQUIRED",
        field,
        `originalClaimNumber is required for frequency ${frequency}`,
      ),
    };
  }
  const original = latestOfClaim(stream, originalClaimNumber, originalDateOfService ?? dateOfService);
  if (!original) {
    const message =
      "originalClaimNumber must name a claim decided for this member on the original date of service";
    return { refusal: refuse("ORIGINAL_NOT_FOUND", field, message) };
  }
  return judgeOriginal(original, stream);
}

function notAllowed({ originalClaimNumber }: ClaimSession): OriginalFound {
  const member = originalClaimNumber === undefined ? "originalDateOfService" : "originalClaimNumber";
  const message = `${member} must be left out for frequency ORIGINAL`;
  return { refusal: refuse("ORIGINAL_NOT_ALLOWED", [member], message) };
}

function judgeOriginal(original: Decision, stream: MemberStream): OriginalFound {
  const effective = effectiveSuccessor(stream, original);
  if (effective !== original || original.kind === "VOID") {
    const message =
      "the original is replaced or voided already, or is a void itself; the effective decision is given";
    return { refusal: refuse("ORIGINAL_NOT_EFFECTIVE", field, message, effective.id) };
  }
  if (isWhollyDenied(original)) {
    const message =
      "every governed line of the original is denied: submit a new claim of frequency ORIGINAL instead";
    return { refusal: refuse("ORIGINAL_DENIED", field, message, original.id) };
  }
  return { original };
}

function isWhollyDenied({ lines }: Decision): boolean {
  const governed = lines.filter(({ disposition }) => disposition !== "NOT_GOVERNED");
  return governed.length > 0 && governed.every(({ disposition }) => disposition === "DENIED");
}
