import { connect, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { authorization } from "./battery";
import { told } from "./told";

type Bytes = string | Buffer;

/** The head of a POST to /graphql, up to its last line; the length is the caller's to tell, or to lie about. */
export function head(...lines: readonly string[]): string {
  const first = ["POST /graphql HTTP/1.1", "host: localhost", "content-type: application/json"];
  return [...first, `authorization: ${authorization}`, ...lines, "", ""].join("\r\n");
}

/** A whole request, after which the server is to close the connection. */
export function wholeRequest(body: Bytes, ...lines: readonly string[]): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(head("connection: close", `content-length: ${bytes.length}`, ...lines), "latin1"),
    bytes,
  ]);
}

/** A connection that collects what comes. */
export interface Conversation {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: Promise<void>;
}

export async function openConversation(port: number): Promise<Conversation> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A reset is one of the ways in which a server ends a conversation.
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await new Promise<void>((resolve) => socket.once("connect", resolve).once("close", () => resolve()));
  return { socket, closed, received: () => Buffer.concat(chunks).toString("latin1") };
}

/** All that comes back until the server closes; the parts are sent one by one, with a pause between them. */
export async function sendRaw(port: number, parts: Iterable<Bytes>, pauseMs = 0): Promise<string> {
  const { socket, closed, received } = await openConversation(port);
  for (const part of parts) {
    if (socket.destroyed || socket.readableEnded) break;
    socket.write(part);
    if (pauseMs > 0) await wait(pauseMs);
  }
  await closed;
  return received();
}

/** The replies of a connection in a few words, joined by "then". */
export function toldOf(received: string): string {
  return repliesIn(received).join(", then ") || "closed without an answer";
}

/** Each reply of a connection whose bodies have a length; an answer without GraphQL is told as it is. */
export function repliesIn(received: string): string[] {
  const replies: string[] = [];
  for (let at = 0; at < received.length; ) {
    const endOfHead = received.indexOf("\r\n\r\n", at);
    const lines = received.slice(at, endOfHead);
    const httpCode = Number(/^HTTP\/1\.1 (\d{3}) /.exec(lines)?.[1]);
    const start = endOfHead + "\r\n\r\n".length;
    const length = /\r\ncontent-length: (\d+)/i.exec(lines)?.[1];
    const end = length === undefined ? received.length : start + Number(length);
    const body = received.slice(start, end);
    replies.push(/^\{"(?:data|errors)/.test(body) ? told(httpCode, body) : `${httpCode} ${body}`.trim());
    at = end;
  }
  return replies;
}
