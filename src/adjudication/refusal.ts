/** Why an input was not decided. A refusal stores nothing and binds no idempotency key. */
export const refusalCodes = [
  "INVALID_INPUT",
  "IDEMPOTENCY_KEY_REUSED",
  "FUTURE_DATE_OF_SERVICE",
  "NO_POLICY_IN_FORCE",
  "CLAIM_ALREADY_DECIDED",
  "ORIGINAL_REQUIRED",
  "ORIGINAL_NOT_ALLOWED",
  "ORIGINAL_NOT_FOUND",
  "ORIGINAL_NOT_EFFECTIVE",
  "ORIGINAL_DENIED",
  "DECISION_NOT_FOUND",
  "DECISION_NOT_EFFECTIVE",
  "EXCEPTION_OVERLAPS",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** Path inside the submitted input, list places from 0. */
  readonly field: readonly string[];
  /** The decision that stands in the way. */
  readonly decisionId?: string;
}

/** The faults of one input: all of its form, or the first other reason. */
export interface Refused {
  readonly refusals: readonly Refusal[];
}

export function refuse(
  code: RefusalCode,
  field: readonly string[],
  message: string,
  decisionId?: string,
): Refusal {
  return { code, field, message, decisionId };
}
