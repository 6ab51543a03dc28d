/** What a failed statement means for the one who sent it. */
export type Failure =
  /** The connection is gone: a statement that writes may have been carried out all the same. */
  | "connectionLost"
  /** Somebody else was first; nothing was written. */
  | "conflict"
  /** The database cannot serve now; nothing was written. */
  | "unavailable"
  /** A hole in our own checks, or a broken database. */
  | "fault";

const failureOfCode: Readonly<Record<string, Failure>> = {
  "23505": "conflict",
  "40001": "conflict",
  "40P01": "conflict",
  "55P03": "unavailable",
  "57014": "unavailable",
  "53100": "unavailable",
  "53200": "unavailable",
  "53300": "unavailable",
  "53400": "unavailable",
  "25006": "unavailable",
  "57P01": "connectionLost",
  "57P02": "connectionLost",
  "57P03": "connectionLost",
  ECONNREFUSED: "connectionLost",
  ECONNRESET: "connectionLost",
  ENOENT: "connectionLost",
  EPIPE: "connectionLost",
  ETIMEDOUT: "connectionLost",
  ENOTFOUND: "connectionLost",
  EAI_AGAIN: "connectionLost",
  ECONNABORTED: "connectionLost",
  EHOSTDOWN: "connectionLost",
  EHOSTUNREACH: "connectionLost",
  ENETDOWN: "connectionLost",
  ENETUNREACH: "connectionLost",
  OUT_OF_TIME: "unavailable",
};

/** The driver reports these without a code. */
const lostConnectionMessages = [
  /^Connection terminated/,
  /is not queryable/,
  /^Query runner already released/,
];
const poolMessages = [/^timeout exceeded when trying to connect/, /^Cannot use a pool after calling end/];

export function failureOf(error: unknown): Failure {
  const { code, message } = wordsOf(error);
  if (isPlanOutdated(error)) return "connectionLost";
  if (code) return failureOfCode[code] ?? (code.startsWith("08") ? "connectionLost" : "fault");
  if (poolMessages.some((known) => known.test(message))) return "unavailable";
  return lostConnectionMessages.some((known) => known.test(message)) ? "connectionLost" : "fault";
}

/**
 * Whether a connection must not be used again, although it lives: its server takes no rows any more, or it
 * holds a plan for tables that have changed since.
 */
export function isConnectionSpoilt(error: unknown): boolean {
  return codeOf(error) === "25006" || isPlanOutdated(error);
}

/** PostgreSQL has no code of its own for it, and its message may be in any language. */
function isPlanOutdated(error: unknown): boolean {
  if (codeOf(error) !== "0A000" || typeof error !== "object" || error === null) return false;
  return "routine" in error && error.routine === "RevalidateCachedQuery";
}

/** Whether a statement ran out of its time on the server. */
export function isCanceled(error: unknown): boolean {
  return codeOf(error) === "57014";
}

/** The SQLSTATE of a failed statement, or the code of a failed connection; empty where there is none. */
export function codeOf(error: unknown): string {
  return wordsOf(error).code;
}

function wordsOf(error: unknown): { code: string; message: string } {
  if (typeof error !== "object" || error === null) return { code: "", message: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { code, message: "message" in error ? String(error.message) : "" };
}
