import { METHODS } from "node:http";
import type { Logger } from "pino";
import type { ErrorCode } from "./errors";
import type { Exchange } from "./exchange";
import type { RequestNotes } from "./requestNotes";
import type { CheckName } from "./readiness";

/** What the server tells of its work. */
export type HttpSeen =
  | { readonly what: "served"; readonly request: RequestRecord }
  /** Requests that were refused for overload before anything was done for them. */
  | { readonly what: "turnedAway"; readonly requests: number }
  /** Readiness was found out; undefined: nothing is in its way. */
  | { readonly what: "readiness"; readonly failing?: CheckName };

/** Counts or logs what is seen. It must not throw. */
export type ObserveHttp = (seen: HttpSeen) => void;

/** A request after its end: all that is ever logged of one that was served or refused. */
export interface RequestRecord extends Partial<RequestNotes["counts"]> {
  readonly requestId: string;
  readonly method: string;
  readonly path: RecordedPath;
  readonly fields?: readonly string[];
  readonly documentHash?: string;
  readonly clientId?: string;
  /** Absent where the caller was gone before there was an answer. */
  readonly httpCode?: number;
  readonly errorCodes: readonly ErrorCode[];
  readonly milliseconds: number;
  /** The connection ended before the answer did. */
  readonly isCut?: true;
}

const recordedPaths = ["/graphql", "/export", "/access-log"] as const;
type RecordedPath = (typeof recordedPaths)[number];

/** A path that serves decisions; undefined: any other. */
export function recordedPath(path: string): RecordedPath | undefined {
  return recordedPaths.find((known) => known === path);
}

/** Tells of a request when it is over, however it ended. */
export function recordAtEnd(exchange: Exchange, path: RecordedPath, observe: ObserveHttp): void {
  const startedAt = performance.now();
  exchange.outgoing.once("close", () => {
    const milliseconds = Math.round((performance.now() - startedAt) * 1_000) / 1_000;
    observe({ what: "served", request: recordOf(exchange, path, milliseconds) });
  });
}

function recordOf(
  { incoming, outgoing, requestId, notes }: Exchange,
  path: RecordedPath,
  milliseconds: number,
): RequestRecord {
  const { fields, documentHash, clientId, errorCodes, counts } = notes;
  return {
    requestId,
    method: METHODS.includes(incoming.method ?? "") ? String(incoming.method) : "other",
    path,
    ...(fields && { fields }),
    ...(documentHash && { documentHash }),
    ...(clientId !== undefined && { clientId }),
    ...(outgoing.headersSent && { httpCode: outgoing.statusCode }),
    errorCodes,
    milliseconds,
    ...(!outgoing.writableFinished && { isCut: true }),
    ...counts,
  };
}

/** A line for each request, and one each half second for all that were turned away in it. */
export function requestLog(log: Logger): ObserveHttp {
  return (seen) => {
    if (seen.what === "served") log.info(seen.request, "request");
    if (seen.what === "turnedAway") log.warn({ turnedAway: seen.requests }, "requests turned away");
  };
}
