import { ObserveCase } from "../cases/seen";
import { errorKinds, type ErrorCode } from "./errors";

/** What becomes known of a request while it is served, as far as it may be logged and counted. */
export interface RequestNotes {
  /** Whom a token that was accepted speaks for. */
  clientId?: string;
  /** The root fields of the operation: words of the schema, each once. */
  fields?: readonly string[];
  documentHash?: string;
  /** The gravest first, each once. */
  errorCodes: readonly ErrorCode[];
  /** Of a request that stores: rounds of reading, deciding and storing; and what became of its inputs. */
  readonly counts: Partial<Record<"attempts" | "decided" | "replayed" | "refused", number>>;
}

export function newNotes(): RequestNotes {
  return { errorCodes: [], counts: {} };
}

export function noteErrors(notes: RequestNotes, codes: readonly ErrorCode[]): void {
  const all = [...new Set([...notes.errorCodes, ...codes])];
  notes.errorCodes = all.sort((a, b) => errorKinds[b].httpCode - errorKinds[a].httpCode);
}

/** Notes what use cases tell of their work for the request. */
export function noteCases({ counts }: RequestNotes): ObserveCase {
  return ({ what }) => {
    const name = what === "attempted" ? "attempts" : what;
    if (name === "attempts" || name === "decided" || name === "replayed" || name === "refused")
      counts[name] = (counts[name] ?? 0) + 1;
  };
}
