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

export const mostMonths = 60;

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
  if (name !== "sessionsPerRegion") return isWholeNumberFrom1(value) ? value : undefined;
  return Array.isArray(value) && value.length > 0 && value.every(isSessionLimit) ? value : undefined;
}

export function parameterExpected(name: ParameterName): string {
  if (name !== "sessionsPerRegion") return "JSON text of a whole number from 1";
  return `JSON text of a list of {"months": 1 to ${mostMonths}, "sessions": a whole number from 1}`;
}

function isSessionLimit(value: unknown): value is SessionLimit {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
  if (!("months" in value) || !("sessions" in value)) return false;
  return isWholeNumberFrom1(value.months) && value.months <= mostMonths && isWholeNumberFrom1(value.sessions);
}

function isWholeNumberFrom1(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}
