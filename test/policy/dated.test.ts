import { plainDate } from "../../src/claim/plainDate";
import { inForce } from "../../src/policy/dated";

const entries = ["2025-03-01", "2024-02-29", "2021-12-12"].map((date) => ({
  effectiveFrom: plainDate(date),
}));

test.each([
  ["2021-12-11", undefined],
  ["2021-12-12", "2021-12-12"],
  ["2024-02-28", "2021-12-12"],
  ["2024-02-29", "2024-02-29"],
  ["2025-02-28", "2024-02-29"],
  ["2025-03-01", "2025-03-01"],
  ["2199-12-31", "2025-03-01"],
])("on %s the entry from %s on is in force", (date, from) => {
  expect(inForce(entries, plainDate(date))?.effectiveFrom).toBe(from);
});

test("nothing is in force where there is nothing", () => {
  expect(inForce([], plainDate("2025-05-12"))).toBeUndefined();
});
