import type { SessionLimit } from "./contract";

const STATES = new Set(
  (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND " +
    "OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI"
  ).split(" "),
);

export const isIdentifier = (text: string): boolean => /^[\x21-\x7e]{1,64}$/.test(text);
export const isIdempotencyKey = (text: string): boolean => /^[\x21-\x7e]{1,255}$/.test(text);
export const isProcedureCode = (text: string): boolean => /^[0-9A-Z]{5}$/.test(text);
export const isModifier = (text: string): boolean => /^[0-9A-Z]{2}$/.test(text);
export const isDiagnosis = (text: string): boolean => /^[A-Z][0-9A-Z.]{2,7}$/.test(text);
export const isPlaceOfService = (text: string): boolean => /^[0-9]{2}$/.test(text);
export const isCharge = (text: string): boolean => /^[0-9]{1,9}\.[0-9]{2}$/.test(text);
export const isState = (text: string): boolean => STATES.has(text);

/**
 * Ten digits whose check digit is right when 80840 stands before them (every second digit from the right
 * doubled).
 */
export function isNpi(text: string): boolean {
  if (!/^[0-9]{10}$/.test(text)) return false;
  const digits = [..."80840", ...text].map(Number).reverse();
  const weighed = digits
    .map((digit, place) => (place % 2 === 0 ? digit : digit * 2))
    .map((digit) => (digit > 9 ? digit - 9 : digit));
  return weighed.reduce((sum, digit) => sum + digit, 0) % 10 === 0;
}

/** One to `longest` code points, none of them a control character or half of a surrogate pair. */
export function isFreeText(text: string, longest: number): boolean {
  const length = [...text].length;
  return length >= 1 && length <= longest && !/[\p{Cc}\p{Cs}]/u.test(text);
}

const isWholeFromOne = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;

function isSessionLimit(value: unknown): value is SessionLimit {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (Object.keys(value).sort().join() !== "months,sessions") return false;
  const [months, sessions] = ["months", "sessions"].map((name): unknown => Reflect.get(value, name));
  return isWholeFromOne(months) && Number(months) <= 60 && isWholeFromOne(sessions);
}

export const PARAMETER_NAMES = [
  "sessionsPerRegion",
  "regionsPerSession",
  "transforaminalLevels",
  "interlaminarLevels",
];

/** Whether a JSON text is a value that an exception may give to a parameter. */
export function isParameterValue(parameter: string, text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (parameter !== "sessionsPerRegion") return isWholeFromOne(value);
  return Array.isArray(value) && value.length >= 1 && value.every(isSessionLimit);
}
