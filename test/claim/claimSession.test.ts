import { Billing, performerOf, sameStream } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";

const practitioner: Billing = {
  claimNumber: "C-1",
  claimType: "PROFESSIONAL",
  dateOfService: plainDate("2025-05-12"),
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
};
const facility: Billing = { ...practitioner, claimType: "FACILITY" };

test("the performer of a professional claim renders, that of a facility's claim bills", () => {
  expect(performerOf(practitioner)).toBe("1234567893");
  expect(performerOf(facility)).toBe("1500000009");
});

test.each<[string, Billing, Billing, boolean]>([
  [
    "one practitioner at two practices",
    practitioner,
    { ...practitioner, billingProviderNpi: "1900000005" },
    true,
  ],
  [
    "two practitioners of one practice",
    practitioner,
    { ...practitioner, renderingProviderNpi: "1000000004" },
    false,
  ],
  [
    "one facility naming two practitioners",
    facility,
    { ...facility, renderingProviderNpi: "1000000004" },
    true,
  ],
  [
    "two facilities naming one practitioner",
    facility,
    { ...facility, billingProviderNpi: "1900000005" },
    false,
  ],
  ["the same numbers on claims of both types", practitioner, facility, false],
  [
    "a practitioner with the number of a facility",
    { ...practitioner, renderingProviderNpi: "1500000009" },
    facility,
    false,
  ],
  [
    "claims of two days and numbers",
    practitioner,
    { ...practitioner, claimNumber: "C-2", dateOfService: plainDate("2025-05-13") },
    true,
  ],
])("%s: one stream or two", (_, one, other, same) => {
  expect([sameStream(one, other), sameStream(other, one)]).toEqual([same, same]);
});
