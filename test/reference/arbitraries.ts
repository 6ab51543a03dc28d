import fc from "fast-check";
import { dateOf, dayNumber } from "./calendar";
import type { ClaimLineInput, ClaimSessionInput } from "./contract";

/* Random claims of few providers, codes and dates, so that they meet: for laws, and to judge others by. */

const CODES = ["62321", "62323", "64479", "64480", "64483", "64484", "J3301"];
const MODIFIERS = ["RT", "LT", "50", "53", "59", "73", "74", "76", "KX", "XS"];
const NPIS = ["1500000009", "1900000005"];

const modifierLists: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string[]>([]) },
  { weight: 3, arbitrary: fc.constantFrom<string[][]>(["RT"], ["LT"], ["50"]) },
  { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...MODIFIERS), { maxLength: 4 }) },
);

export const claimLines: fc.Arbitrary<ClaimLineInput[]> = fc
  .array(
    fc.record({
      procedureCode: fc.constantFrom(...CODES),
      modifiers: modifierLists,
      units: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 4 })),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines) => lines.map((line, place) => ({ lineNumber: place + 1, ...line })));

/** Dates of service of two and a half years; most from a few days, so that claims share days and windows. */
export const datesOfService: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
      "2024-05-31",
      "2024-08-31",
      "2024-11-30",
      "2025-02-28",
      "2025-03-01",
    ),
  },
  fc.integer({ min: dayNumber("2023-01-01"), max: dayNumber("2025-06-30") }).map(dateOf),
);

/** Original claims of one member; the place in the list is the claim number. */
export const originalClaims: fc.Arbitrary<ClaimSessionInput[]> = fc
  .array(
    fc.record({
      memberId: fc.constant("M"),
      claimType: fc.constantFrom("PROFESSIONAL" as const, "FACILITY" as const),
      lineOfBusiness: fc.constantFrom("MEDICARE" as const, "MEDICAID" as const, "MARKETPLACE" as const),
      dateOfService: datesOfService,
      stateOfService: fc.constantFrom("TX", "OH"),
      placeOfService: fc.constantFrom("11", "22", "24"),
      billingProviderNpi: fc.constantFrom(...NPIS),
      renderingProviderNpi: fc.constantFrom(...NPIS),
      lines: claimLines,
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((claims) => claims.map((claim, place) => ({ ...claim, claimNumber: `C${place + 1}` })));
