import type { IncomingMessage, ServerResponse } from "node:http";
import { errorKinds, formatFailure, type RequestFault } from "./errors";
import type { RequestNotes } from "./requestNotes";

const lingerMs = 1_000;
const shortBodyBytes = 262_144;

/** One HTTP request on its way: what comes in, where the answer goes, and the id that both are known by. */
export interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  requestId: string;
  notes: RequestNotes;
}

export interface Route {
  method: "GET" | "POST";
  /** May throw: a RequestFault becomes the answer, anything else is ours to explain. */
  serve: (exchange: Exchange) => Promise<void> | void;
}

export interface Answer {
  httpCode: number;
  mediaType: string;
  body: string | Buffer;
  headers?: Readonly<Record<string, string>>;
  /** The caller is to come again: a body that is not long is let run out for the sake of the connection. */
  isPassing?: boolean;
}

export function send({ incoming, outgoing, requestId }: Exchange, answer: Answer): void {
  const isUnread = !incoming.complete && (answer.isPassing ? hasLongBody(incoming) : hasBody(incoming));
  outgoing.writeHead(answer.httpCode, {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    ...answer.headers,
    "content-type": answer.mediaType,
    "content-length": Buffer.byteLength(answer.body),
    "x-request-id": requestId,
    ...(isUnread && { connection: "close" }),
  });
  if (!isUnread) {
    outgoing.end(answer.body);
    return;
  }
  outgoing.write(answer.body);
  endAfterTheBody(incoming, outgoing);
}

/** Closing at once would reset the connection while the caller still sends; it might never see the answer. */
function endAfterTheBody(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const timer = setTimeout(() => outgoing.end(), lingerMs);
  incoming.once("close", () => {
    clearTimeout(timer);
    outgoing.end();
  });
  incoming.resume();
}

export function sendFault(exchange: Exchange, { code, text, httpCode, headers }: RequestFault): void {
  const body = JSON.stringify({ errors: [formatFailure(code, exchange.requestId, text)] });
  const isPassing = errorKinds[code].retryable;
  send(exchange, { httpCode, mediaType: "application/json; charset=utf-8", body, headers, isPassing });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function hasLongBody({ headers }: IncomingMessage): boolean {
  const isChunked = headers["transfer-encoding"] !== undefined;
  return isChunked || Number(headers["content-length"] ?? 0) > shortBodyBytes;
}
