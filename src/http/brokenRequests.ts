import { randomUUID } from "node:crypto";
import { STATUS_CODES, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { formatFailure } from "./errors";

const httpCodes = new Map([
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
]);

const texts = new Map([
  [431, "The request's headers are too long."],
  [408, "The request took too long to arrive."],
]);

/** Answers what the HTTP parser refuses: such bytes never become a request, so no route sees them. */
export function answerBrokenRequests(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (incoming, outgoing) => latest.set(incoming.socket, outgoing));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const outgoing = latest.get(socket);
    const isAnswering = outgoing?.headersSent === true && !outgoing.writableFinished;
    if (!socket.writable || isAnswering || error.code === "ECONNRESET") socket.destroy();
    else socket.end(rawAnswer(httpCodes.get(error.code ?? "") ?? 400));
  });
}

function rawAnswer(httpCode: number): string {
  const requestId = randomUUID();
  const failure = formatFailure("BAD_REQUEST", requestId, texts.get(httpCode) ?? "The request is not HTTP.");
  const body = JSON.stringify({ errors: [failure] });
  return [
    `HTTP/1.1 ${httpCode} ${STATUS_CODES[httpCode]}`,
    "connection: close",
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    "",
    body,
  ].join("\r\n");
}
