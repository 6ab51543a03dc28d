import { Format } from "./format";

/** Health industry number of the issuer that the check digit of an NPI is computed with. */
const issuerPrefix = "80840";

/**
 * A National Provider Identifier: ten digits, the last one a Luhn check digit over the prefix and the first
 * nine.
 */
export const npi: Format = {
  expected: "a 10-digit NPI with a valid check digit",
  accepts: (text) => /^[0-9]{10}$/.test(text) && luhnSum(issuerPrefix + text) % 10 === 0,
};

function luhnSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
