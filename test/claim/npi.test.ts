import { npi } from "../../src/claim/npi";

test("the last digit of an NPI is decided by the nine before it", () => {
  for (let first = 0; first < 2_000; first++) {
    const nine = String(first * 499_979 + 1).padStart(9, "0");
    const accepted = "0123456789".split("").filter((last) => npi.accepts(nine + last));
    expect([nine, accepted]).toEqual([nine, [String(checkDigitOf(nine))]]);
  }
});

test("a wrong digit anywhere in an NPI is noticed", () => {
  const right = "1234567893";
  for (let place = 0; place < right.length; place++) {
    const others = "0123456789".split("").filter((digit) => digit !== right[place]);
    const accepted = others.filter((digit) =>
      npi.accepts(right.slice(0, place) + digit + right.slice(place + 1)),
    );
    expect(accepted).toEqual([]);
  }
});

/** As the published example does it: 24 for the prefix 80840, every second digit from the right doubled. */
function checkDigitOf(nine: string): number {
  const doubled = nine.split("").map((digit, place) => (place % 2 === 0 ? String(Number(digit) * 2) : digit));
  const sum = doubled
    .join("")
    .split("")
    .reduce((total, digit) => total + Number(digit), 24);
  return (10 - (sum % 10)) % 10;
}
