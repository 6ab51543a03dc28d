import fc from "fast-check";
import type { ClaimLineInput, ClaimSessionInput, HistoricalSessionInput } from "../reference/contract";

/** What happens to the one member M of a law, in the shape of the public contract. */
export type Event =
  | { readonly kind: "claim"; readonly idempotencyKey: string; readonly session: ClaimSessionInput }
  | { readonly kind: "preview"; readonly session: ClaimSessionInput }
  | { readonly kind: "import"; readonly input: HistoricalSessionInput };

/** Few days, close together and at the edges of months and of windows, so that sessions meet each other. */
const dateOfService = fc.constantFrom(
  ...[
    "2023-02-28",
    "2023-03-01",
    "2023-08-31",
    "2023-10-31",
    "2024-01-31",
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
  ],
  ...[
    "2024-04-30",
    "2024-08-30",
    "2024-08-31",
    "2024-12-31",
    "2025-01-31",
    "2025-02-28",
    "2025-03-01",
    "2025-05-12",
  ],
  ...["2025-05-12", "2025-05-12", "2025-05-12", "2021-12-11", "2199-12-31"],
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
const lines: fc.Arbitrary<ClaimLineInput[]> = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 5 }),
    fc.shuffledSubarray([1, 2, 3, 4, 5, 7, 9], { minLength: 7 }),
  )
  .map(([billed, numbers]) => billed.map((one, place) => ({ ...one, lineNumber: numbers[place] })));

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
  { weight: 3, arbitrary: fc.constantFrom("A", "B", "C") },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 40 }).map((number) => `N${number}`) },
);

const correction = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        frequency: fc.constantFrom("REPLACEMENT", "VOID", "ORIGINAL"),
        originalClaimNumber: claimNumber,
        originalDateOfService: dateOfService,
      },
      { requiredKeys: ["frequency"] },
    ),
  },
);

const session: fc.Arbitrary<ClaimSessionInput> = fc
  .record({
    claimNumber,
    correction,
    billing,
    dateOfService,
    lines,
    lineOfBusiness: fc.constantFrom("MEDICARE", "MEDICAID", "MARKETPLACE"),
    placeOfService: fc.constantFrom("11", "22", "24"),
  })
  .map(({ correction: corrected, billing: by, lines: billed, ...rest }) => ({
    memberId: "M",
    stateOfService: "TX",
    ...rest,
    ...by,
    ...corrected,
    lines: "frequency" in corrected && corrected.frequency === "VOID" ? [] : billed,
  }));

/** A key is used twice now and then. */
const idempotencyKey = fc.integer({ min: 1, max: 60 }).map((number) => `key-${number}`);

const imported = fc
  .record({ idempotencyKey, claimNumber, dateOfService, billing, lines })
  .map(({ billing: by, ...rest }) => ({ memberId: "M", sourceSystem: "LEGACY", ...rest, ...by }));

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("claim" as const), idempotencyKey, session }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("import" as const), input: imported }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("preview" as const), session }) },
);

/** What happens to a member, in order. */
export const events: fc.Arbitrary<Event[]> = fc.array(event, { minLength: 1, maxLength: 14 });
