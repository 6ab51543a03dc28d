import {
  faultsAcrossClaim,
  missingLines,
  missingPerformer,
  repeatedLineNumbers,
} from "../../src/claim/claimForm";

type UnjudgedClaim = Parameters<typeof faultsAcrossClaim>[0];

const claim: UnjudgedClaim = {
  claimNumber: "C-2",
  claimType: "PROFESSIONAL",
  frequency: "ORIGINAL",
  dateOfService: "2025-05-12",
  renderingProviderNpi: "1234567893",
  lines: [{ lineNumber: 1 }],
};
const voiding: UnjudgedClaim = { ...claim, frequency: "VOID", originalClaimNumber: "C-1", lines: [] };

function fieldsOf(given: UnjudgedClaim): string[] {
  return faultsAcrossClaim(given).map(({ field }) => field.join("."));
}

test.each<[string, UnjudgedClaim, string[]]>([
  ["a claim in order has no fault", claim, []],
  [
    "a professional claim needs a rendering provider",
    { ...claim, renderingProviderNpi: undefined },
    ["renderingProviderNpi"],
  ],
  ["null is no rendering provider", { ...claim, renderingProviderNpi: null }, ["renderingProviderNpi"]],
  ["a rendering provider of the wrong form is there", { ...claim, renderingProviderNpi: "" }, []],
  ["a facility needs none", { ...claim, claimType: "FACILITY", renderingProviderNpi: null }, []],
  ["a claim that bills has a line", { ...claim, lines: [] }, ["lines"]],
  ["a replacement bills too", { ...claim, frequency: "REPLACEMENT", lines: [] }, ["lines"]],
  [
    "every repetition of a line number is a fault",
    { ...claim, lines: [2, 1, 2, 2].map((lineNumber) => ({ lineNumber })) },
    ["lines.2.lineNumber", "lines.3.lineNumber"],
  ],
  [
    "a claim that bills may give an original date of its own",
    { ...claim, frequency: "REPLACEMENT", originalClaimNumber: "C-2", originalDateOfService: "2025-05-11" },
    [],
  ],
  ["a void in order has no fault", voiding, []],
  ["a void may repeat the date of its original", { ...voiding, originalDateOfService: "2025-05-12" }, []],
  [
    "a void cannot have another date",
    { ...voiding, originalDateOfService: "2025-05-11" },
    ["originalDateOfService"],
  ],
  ["null is no other date", { ...voiding, originalDateOfService: null }, []],
  ["a void has a claim number of its own", { ...voiding, originalClaimNumber: "C-2" }, ["claimNumber"]],
  [
    "a void that has lines all the same has their faults too",
    { ...voiding, lines: [{ lineNumber: 1 }, { lineNumber: 1 }] },
    ["lines", "lines.1.lineNumber"],
  ],
  [
    "a date of service that is none is compared with nothing",
    { ...voiding, dateOfService: "2025-02-29", originalDateOfService: "2025-05-12" },
    [],
  ],
  ["a void has no lines", { ...voiding, lines: [{ lineNumber: 1 }] }, ["lines"]],
  ["a void without an original has no fault of form", { ...voiding, originalClaimNumber: undefined }, []],
  [
    "a void of a professional claim needs a rendering provider",
    { ...voiding, renderingProviderNpi: null },
    ["renderingProviderNpi"],
  ],
  [
    "all faults are reported at once",
    {
      ...voiding,
      renderingProviderNpi: null,
      originalClaimNumber: "C-2",
      originalDateOfService: "2025-05-11",
      lines: [{ lineNumber: 1 }, { lineNumber: 1 }],
    },
    ["renderingProviderNpi", "claimNumber", "originalDateOfService", "lines", "lines.1.lineNumber"],
  ],
])("%s", (_, given, fields) => {
  expect(fieldsOf(given)).toEqual(fields);
});

test("every fault names the member that it is about", () => {
  const faults = [
    ...faultsAcrossClaim({ ...voiding, originalClaimNumber: "C-2", lines: [{ lineNumber: 1 }] }),
    ...missingPerformer({ claimType: "PROFESSIONAL" }),
    ...repeatedLineNumbers([{ lineNumber: 1 }, { lineNumber: 1 }]),
    ...missingLines([]),
  ];
  expect(faults).toHaveLength(5);
  for (const { field, message } of faults) expect(message.startsWith(`${field.at(-1)} `)).toBe(true);
});
