import fc from "fast-check";
import { chargeDenied } from "../../src/claim/money";

const table: [charge: string, units: number, denied: number, share: string][] = [
  ["1250.00", 1, 0, "0.00"],
  ["1250.00", 1, 1, "1250.00"],
  ["1250.00", 2, 1, "625.00"],
  ["0.01", 2, 1, "0.01"],
  ["0.01", 3, 1, "0.00"],
  ["0.01", 3, 2, "0.01"],
  ["100.00", 3, 1, "33.33"],
  ["100.00", 3, 2, "66.67"],
  ["0.05", 10, 9, "0.05"],
  ["0.05", 10, 1, "0.01"],
  ["0.00", 4, 2, "0.00"],
  ["7.07", 7, 3, "3.03"],
  ["999999999.99", 999, 999, "999999999.99"],
  ["999999999.99", 999, 998, "998998998.99"],
  ["000000001.10", 1, 1, "1.10"],
];

test.each(table)("of %s for %i units %i denied are %s", (chargeAmount, units, unitsDenied, share) => {
  expect(chargeDenied({ chargeAmount, units, unitsDenied })).toBe(share);
});

test("where nothing was charged there is no share", () => {
  expect(chargeDenied({ units: 1, unitsDenied: 1 })).toBeNull();
  expect(chargeDenied({ chargeAmount: null, units: 1, unitsDenied: 1 })).toBeNull();
});

test("it is the share of whole cents, half a cent rounded up, for every charge and number of units", () => {
  const charge = fc.bigInt({ min: 0n, max: 99_999_999_999n });
  const units = fc.integer({ min: 1, max: 999 }).chain((all) => fc.tuple(fc.constant(all), fc.nat(all)));
  fc.assert(
    fc.property(charge, units, (cents, [all, denied]) => {
      const text = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`;
      const exact = (2n * cents * BigInt(denied) + BigInt(all)) / (2n * BigInt(all));
      expect(chargeDenied({ chargeAmount: text(cents), units: all, unitsDenied: denied })).toBe(text(exact));
    }),
  );
});
