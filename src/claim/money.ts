import { pattern } from "./format";

/** An amount in US dollars as decimal text. */
export const chargeAmount = pattern(
  'decimal text with two places, such as "1250.00", of at most 9 digits before the point',
  /^[0-9]{1,9}\.[0-9]{2}$/,
);

const centsOfDollar = 100;

/**
 * The share of a line's charge that falls to its denied units, exact to the cent, half a cent rounded up;
 * null where nothing was charged. Nothing is decided by it.
 */
export function chargeDenied(line: {
  readonly chargeAmount?: string | null;
  readonly units: number;
  readonly unitsDenied: number;
}): string | null {
  const { units, unitsDenied } = line;
  if (line.chargeAmount === undefined || line.chargeAmount === null) return null;
  // Whole numbers below 2^53: at most 10^11 cents, 999 units and the factor 2.
  const cents = Number(line.chargeAmount.replace(".", ""));
  return dollars(wholeQuotient(2 * cents * unitsDenied + units, 2 * units));
}

function wholeQuotient(dividend: number, divisor: number): number {
  return (dividend - (dividend % divisor)) / divisor;
}

function dollars(cents: number): string {
  return `${wholeQuotient(cents, centsOfDollar)}.${String(cents % centsOfDollar).padStart(2, "0")}`;
}
