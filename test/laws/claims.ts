import fc from "fast-check";
import type {
  ClaimFrequency,
  ClaimLineInput,
  ClaimSessionInput,
  HistoricalSessionInput,
} from "../reference/contract";

/* Claims and sessions loaded from elsewhere, of few providers, codes and days, so that they meet. */

/** Few days, close together and at the edges of months and of windows, so that sessions meet each other. */
const busyYear = ["2024-08-30", "2024-08-31", "2024-12-31", "2025-01-31", "2025-02-28", "2025-03-01"];
const busyDay = Array<string>(12).fill("2025-05-12");
const around = [
  ...["2023-02-28", "2023-03-01", "2023-08-31", "2023-10-31", "2024-01-31", "2024-02-28"],
  ...["2024-02-29", "2024-03-01"],
];
const outside = ["2021-12-11", "2199-12-31"];
export const dateOfService = fc.constantFrom(
  ...[...busyYear, ...busyYear, ...busyDay, ...around, ...outside],
);

function oneOf(...modifierLists: string[]): fc.Arbitrary<string[]> {
  return fc.constantFrom(...modifierLists).map((list) => list.split(" "));
}

const modifiers = fc.oneof(
  { weight: 5, arbitrary: fc.constant<string[]>([]) },
  { weight: 5, arbitrary: oneOf("RT", "LT", "50", "RT LT", "59", "RT 59", "59 RT") },
  { weight: 2, arbitrary: oneOf("53", "73", "74", "KX", "KX LT", "53 50", "RT RT") },
);

const procedureCode = fc.constantFrom(
  "62321",
  "62323",
  "64479",
  "64480",
  "64483",
  "64483",
  "64484",
  "64484",
  "J3301",
);

const line = fc.record({ procedureCode, modifiers, units: fc.constantFrom(1, 1, 1, 2, 2, 3) });

/** One to five lines, numbered in another order than they are sent in. */
const anyLines: fc.Arbitrary<ClaimLineInput[]> = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 5 }),
    fc.shuffledSubarray([1, 2, 3, 4, 5, 7, 9], { minLength: 7 }),
  )
  .map(([billed, numbers]) => billed.map((one, place) => ({ ...one, lineNumber: numbers[place] })));

/** What most claims bill: a session that nothing is wrong with. */
const plainLines: fc.Arbitrary<ClaimLineInput[]> = fc
  .constantFrom("62323", "62323", "62323", "62321", "64483", "64483 64484", "64484", "64484 64484")
  .map((codes) => codes.split(" ").map((code, place) => plainLine(code, place + 1)));

export function plainLine(code: string, lineNumber: number): ClaimLineInput {
  return { lineNumber, procedureCode: code, units: 1 };
}

const lines = fc.oneof(anyLines, { weight: 2, arbitrary: plainLines });

const billing = fc.constantFrom(
  {
    claimType: "PROFESSIONAL",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
  } as const,
  {
    claimType: "PROFESSIONAL",
    billingProviderNpi: "1500000017",
    renderingProviderNpi: "1234567893",
  } as const,
  {
    claimType: "PROFESSIONAL",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1000000004",
  } as const,
  { claimType: "FACILITY", billingProviderNpi: "1900000005", renderingProviderNpi: null } as const,
  { claimType: "FACILITY", billingProviderNpi: "1900000005" } as const,
  { claimType: "FACILITY", billingProviderNpi: "1900000013", renderingProviderNpi: "1234567893" } as const,
);

const claimNumber = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom("A", "B", "C") },
  { weight: 4, arbitrary: fc.noBias(fc.integer({ min: 1, max: 99 })).map((number) => `N${number}`) },
);

const uncorrected: ClaimFrequency = "ORIGINAL";

/** Corrections that are not in order, or name what is not on file. */
const oddCorrection = fc.record(
  {
    frequency: fc.constantFrom("REPLACEMENT", "VOID", uncorrected),
    originalClaimNumber: claimNumber,
    originalDateOfService: dateOfService,
  },
  { requiredKeys: ["frequency"] },
);

export const claimed: fc.Arbitrary<ClaimSessionInput> = fc
  .record({
    claimNumber,
    correction: fc.oneof({ weight: 11, arbitrary: fc.constant({}) }, oddCorrection),
    billing,
    dateOfService,
    lines,
    lineOfBusiness: fc.constantFrom("MEDICARE", "MEDICAID", "MARKETPLACE"),
    placeOfService: fc.constantFrom("11", "22", "24"),
    stateOfService: fc.constantFrom("TX", "TX", "OH"),
    benefitPlanId: fc.constantFrom(undefined, null, "PLAN"),
    providerContractId: fc.constantFrom(undefined, null, "CONTRACT"),
  })
  .map(({ correction: corrected, billing: by, lines: billed, ...rest }) => ({
    memberId: "M",
    ...rest,
    ...by,
    ...corrected,
    lines: "frequency" in corrected && corrected.frequency === "VOID" ? [] : billed,
  }));

/** A key is used twice now and then. */
export const idempotencyKey = fc.noBias(fc.integer({ min: 1, max: 200 })).map((number) => `key-${number}`);

export const imported: fc.Arbitrary<HistoricalSessionInput> = fc
  .record({ idempotencyKey, claimNumber, dateOfService, billing, lines })
  .map(({ billing: by, ...rest }) => ({ memberId: "M", sourceSystem: "LEGACY", ...rest, ...by }));
