import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { NotStrictJson, parseStrictJson } from "../strictJson";
import { RequestFault } from "./errors";

/** The caller hung up before the body was complete: there is nobody left to answer. */
export class ClientGone extends Error {}

/** Refuses what is not `application/json` in UTF-8, uncompressed. */
export function checkMediaType(request: IncomingMessage): void {
  const type = request.headers["content-type"] ?? "";
  const isJson = /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?(;\s*)?$/i.test(type);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (isJson && encoding === "identity") return;
  const text = "The request body must be application/json in UTF-8, not compressed.";
  throw new RequestFault("BAD_REQUEST", { text, httpCode: 415, headers: { "accept-encoding": "identity" } });
}

/** The whole body as text. Reading stops at the limit; what declares itself longer is not read at all. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) throw tooLong(limitBytes);
  const bytes = await collect(request, limitBytes);
  if (!isUtf8(bytes)) throw new RequestFault("BAD_REQUEST", { text: "The request body is not UTF-8." });
  return bytes.toString("utf8");
}

/** The JSON that a body is; what is none, or not of one meaning, is the caller's fault. */
export function parseBody(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof NotStrictJson)) throw error;
    throw new RequestFault("BAD_REQUEST", { text: `The request body ${error.message}.` });
  }
}

function tooLong(limitBytes: number): RequestFault {
  const text = `The request body is longer than ${limitBytes} bytes.`;
  return new RequestFault("BAD_REQUEST", { text, httpCode: 413 });
}

function collect(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLong(limitBytes));
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => reject(new ClientGone()));
  });
}
