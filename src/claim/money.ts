import { pattern } from "./format";

/** An amount in US dollars as decimal text; nothing is ever computed with it. */
export const chargeAmount = pattern(
  'decimal text with two places, such as "1250.00", of at most 9 digits before the point',
  /^[0-9]{1,9}\.[0-9]{2}$/,
);
