import { codeOf } from "../store/failure";

const systemFaults: Readonly<Record<string, string>> = {
  EPIPE: "who reads the output has gone: what was written is not complete",
  ENOENT: "there is no such file or folder",
  EACCES: "this user may not use it",
  EPERM: "this user may not use it",
  EEXIST: "it is there already",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  ENOSPC: "there is no room left",
  EROFS: "nothing can be written there",
};

/** A role does not see what it has no right to: for it there is no such table, and no such function. */
const notSeen =
  "the role of DATABASE_URL may not see or do what this needs: connect as the owner of the tables, or run " +
  "the command migrate first";

const databaseFaults: Readonly<Record<string, string>> = {
  "42501": notSeen,
  "42P01": notSeen,
  "42883": notSeen,
  "42703": "the schema is not that of this program: run the command migrate first",
  "25006": "the database takes no writes: it is in recovery or read-only",
  "53100": "the database has no room left",
};

const lost = /^(08|57P|ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/;

/** What a person is told whose program failed: our own errors are sentences, others become one. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const code = codeOf(error);
  if (lost.test(code) || /^Connection terminated/.test(error.message))
    return `the connection to the database was lost${code ? ` (${code})` : ""}`;
  if (systemFaults[code]) return placed(error, `${systemFaults[code]} (${code})`);
  if (databaseFaults[code]) return `${databaseFaults[code]} (${code})`;
  return error.message;
}

function placed(error: Error, words: string): string {
  return "path" in error && typeof error.path === "string" ? `${error.path}: ${words}` : words;
}
