import { SessionLimit } from "./frequency";

/** The numbers of the policy that a law, a plan or a contract may set otherwise. */
export interface Parameters {
  /** All of these limits hold for each spinal region. */
  readonly sessionsPerRegion: readonly SessionLimit[];
  readonly regionsPerSession: number;
  readonly transforaminalLevels: number;
  readonly interlaminarLevels: number;
}

export type ParameterName = keyof Parameters;
export const parameterNames = [
  "sessionsPerRegion",
  "regionsPerSession",
  "transforaminalLevels",
  "interlaminarLevels",
] as const;

const mostMonths = 60;

/** The API shows these numbers as GraphQL's Int, which has 32 bits. */
const highestNumber = 2 ** 31 - 1;
const wholeNumber = `a whole number from 1 to ${highestNumber}`;

/**
 * The value that JSON text gives a parameter; undefined where the text does not fit the parameter's type and
 * bounds.
 */
export function parseParameter(name: ParameterName, json: string): Parameters[ParameterName] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (name !== "sessionsPerRegion") return isWholeNumber(value) ? value : undefined;
  return Array.isArray(value) && value.length > 0 && value.every(isSessionLimit) ? value : undefined;
}

export function parameterExpected(name: ParameterName): string {
  if (name !== "sessionsPerRegion") return `JSON text of ${wholeNumber}`;
  return `JSON text of a list of {"months": 1 to ${mostMonths}, "sessions": ${wholeNumber}}`;
}

function isSessionLimit(value: unknown): value is SessionLimit {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
  if (!("months" in value) || !("sessions" in value)) return false;
  return isWholeNumber(value.months) && value.months <= mostMonths && isWholeNumber(value.sessions);
}

function isWholeNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= highestNumber;
}
