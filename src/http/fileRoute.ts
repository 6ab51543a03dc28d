import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Caller } from "../access/caller";
import { insufficientScope } from "../access/insufficientScope";
import type { Access } from "../cases/accessLog";
import { type ExportFormat, exportFormats } from "../cases/exportForms";
import type { FilePart } from "../cases/filePart";
import { explainUnavailable } from "./accessLogging";
import type { Admission } from "./admission";
import { callerOf } from "./bearer";
import { RequestFault } from "./errors";
import type { Exchange, Route } from "./exchange";
import { accessOfFile, deniedMembers } from "./fileAccess";
import { type AskedFile, readAskedFile } from "./fileRequest";
import type { Rate } from "./rate";
import { purposeOfUse } from "./purposeOfUse";
import { checkMediaType, ClientGone, readBody } from "./requestBody";

/** What every route for files needs. */
export interface FileSettings {
  readonly authenticate: (token: string) => Promise<Caller>;
  /** Absent: no access is logged. */
  readonly record?: (access: Access) => Promise<void>;
  readonly requiresPurpose: boolean;
  readonly bodyBytes: number;
  /** So long may a client take nothing. */
  readonly stallMs: number;
  /** So long may an export last, however well it gets on. */
  readonly longestMs: number;
  readonly admission: Admission;
  readonly rate: Rate;
  /** The clients that have an export under way. */
  readonly exporters: Set<string>;
}

/** A kind of file, read part by part. */
export interface FileKind<Filter> {
  /** The file's name, without the format at its end. */
  readonly name: string;
  /** The path of the route, as the access log has it. */
  readonly path: string;
  /** What is counted in the trailers, each `x-export-` and the name. */
  readonly counted: readonly string[];
  readonly readFilter: AskedFile<Filter>["readFilter"];
  readonly parts: (asked: {
    readonly format: ExportFormat;
    readonly filter: Filter;
  }) => AsyncGenerator<FilePart>;
}

export const mostExportsAtOnce = 2;
const retryAfterSeconds = "10";

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
};

/** What is on file as a file, to whoever may audit. The filter is in the body: addresses get into logs. */
export function fileRoute<Filter extends { readonly memberId?: string }>(
  kind: FileKind<Filter>,
  settings: FileSettings,
): Route {
  const { admission, exporters } = settings;
  const serve = async (exchange: Exchange): Promise<void> => {
    const { clientId, format, parts } = await readRequest(exchange, kind, settings);
    if (exporters.has(clientId)) throw later("The client has an export under way already");
    if (exporters.size >= mostExportsAtOnce)
      throw later(`There are ${mostExportsAtOnce} exports under way already`);
    exporters.add(clientId);
    try {
      await admission.admit(clientId, () => sendFile(exchange, { ...kind, format }, parts, settings));
    } finally {
      exporters.delete(clientId);
    }
  };
  return { method: "POST", serve };
}

async function readRequest<Filter extends { readonly memberId?: string }>(
  { incoming, requestId, notes }: Exchange,
  { path, readFilter, parts }: FileKind<Filter>,
  { authenticate, bodyBytes, rate, record, requiresPurpose }: FileSettings,
): Promise<{ clientId: string; format: ExportFormat; parts: AsyncGenerator<FilePart> }> {
  const caller = await callerOf(incoming, authenticate);
  const { clientId } = caller;
  notes.clientId = clientId;
  rate.arrive(clientId);
  const purpose = purposeOfUse(incoming, requiresPurpose);
  const access = { requestId, caller, purpose, operation: path };
  const insufficient = insufficientScope(caller.scopes, ["audit:read"]);
  if (insufficient) {
    const { asked, members } = await deniedMembers(incoming, bodyBytes);
    await record?.({ ...access, asked, members }).catch(explainUnavailable);
    const { text, challenge } = insufficient;
    throw new RequestFault("FORBIDDEN", { text, headers: { "www-authenticate": challenge } });
  }
  // The end of a file without a length is told by chunks alone, and the client must understand them.
  if (incoming.httpVersion !== "1.1")
    throw new RequestFault("BAD_REQUEST", { text: "An export needs HTTP/1.1." });
  checkMediaType(incoming);
  const asked = await readBody(incoming, bodyBytes);
  const { format, filter } = readAskedFile(asked, { formats: exportFormats, readFilter });
  const recorded = accessOfFile(parts({ format, filter }), filter.memberId, async (members) =>
    record?.({ ...access, asked, members }),
  );
  return { clientId, format, parts: recorded };
}

/**
 * Where the reading fails before anything is sent, the answer says so; where it fails later, the connection
 * ends before the last chunk, so that the file cannot pass for a complete one.
 */
async function sendFile(
  { outgoing, requestId }: Exchange,
  { name, counted, format }: Pick<FileKind<never>, "name" | "counted"> & { readonly format: ExportFormat },
  parts: AsyncGenerator<FilePart>,
  { stallMs, longestMs }: FileSettings,
): Promise<void> {
  outgoing.setTimeout(stallMs, () => outgoing.destroy());
  const first = await parts.next().catch(explainUnavailable);
  if (outgoing.destroyed) throw new ClientGone();
  const trailers = counted.map((one) => `x-export-${one}`);
  outgoing.writeHead(200, {
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="${name}.${format}"`,
    "content-type": mediaTypes[format],
    "referrer-policy": "no-referrer",
    trailer: trailers.join(", "),
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  });
  const sums = counted.map(() => 0);
  async function* texts(): AsyncGenerator<string> {
    for (let part = first; !part.done; part = await parts.next()) {
      const { counts, text } = part.value;
      counted.forEach((one, place) => (sums[place] += counts[one] ?? 0));
      yield text;
    }
    outgoing.addTrailers(Object.fromEntries(trailers.map((one, place) => [one, String(sums[place])])));
  }
  const timer = setTimeout(() => outgoing.destroy(), longestMs);
  await pipeline(Readable.from(texts()), outgoing)
    .catch(unlessGone)
    .finally(() => clearTimeout(timer));
}

function unlessGone(error: unknown): void {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isGone = ["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE"].includes(code);
  if (isGone) throw new ClientGone();
  explainUnavailable(error);
}

function later(why: string): RequestFault {
  const text = `${why}; send the same request again later.`;
  return new RequestFault("UNAVAILABLE", { text, headers: { "retry-after": retryAfterSeconds } });
}
