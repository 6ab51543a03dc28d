import { pattern } from "./format";

export const diagnosisCode = pattern(
  "a diagnosis code: a capital letter, then 2 to 7 digits, capital letters or points",
  /^[A-Z][0-9A-Z.]{2,7}$/,
);
export const mostDiagnosisCodes = 12;
