/** Claims of these tests: what does not matter to a test is filled in. */

export interface Line {
  readonly lineNumber?: unknown;
  readonly procedureCode?: unknown;
  readonly units?: unknown;
  readonly modifiers?: unknown;
  readonly diagnosisCodes?: unknown;
  readonly chargeAmount?: unknown;
}

export type Given = Readonly<Record<string, unknown>>;

export function line(given: Line = {}): object {
  return { lineNumber: 1, procedureCode: "62323", units: 1, ...given };
}

export function session(given: Given = {}): object {
  return {
    memberId: "M1",
    claimNumber: "A1",
    claimType: "PROFESSIONAL",
    lineOfBusiness: "MEDICAID",
    dateOfService: "2025-05-12",
    stateOfService: "TX",
    placeOfService: "11",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    lines: [line()],
    ...given,
  };
}

/** A submission of a claim; the key is one for all, unless another is given. */
export function submission(given: Given = {}, idempotencyKey = "key-1"): object {
  return { idempotencyKey, session: session(given) };
}

export function history(given: Given = {}): object {
  return {
    idempotencyKey: `key-${given.claimNumber ?? "H1"}`,
    memberId: "M1",
    claimNumber: "H1",
    claimType: "PROFESSIONAL",
    dateOfService: "2025-01-06",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    sourceSystem: "LEGACY",
    lines: [line()],
    ...given,
  };
}
