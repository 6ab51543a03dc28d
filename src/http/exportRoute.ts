import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Caller } from "../access/caller";
import { insufficientScope, type InsufficientScope } from "../access/insufficientScope";
import { filterFaultText, readDecisionFilter } from "../cases/decisionFilterForm";
import type { ExportAsked, Exporting } from "../cases/exportDecisions";
import { type ExportFormat, exportFormats } from "../cases/exportForms";
import { Unavailable } from "../cases/unavailable";
import type { Admission } from "./admission";
import { callerOf } from "./bearer";
import { RequestFault } from "./errors";
import type { Exchange, Route } from "./exchange";
import type { Rate } from "./rate";
import { checkMediaType, ClientGone, readBody } from "./requestBody";
import { parseStrictJson } from "./strictJson";

interface ExportRoute extends Exporting {
  readonly authenticate: (token: string) => Promise<Caller>;
  readonly bodyBytes: number;
  /** So long may a client take nothing. */
  readonly stallMs: number;
  /** So long may an export last, however well it gets on. */
  readonly longestMs: number;
  readonly admission: Admission;
  readonly rate: Rate;
}

const mostAtOnce = 2;
const retryAfterSeconds = "10";

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
};

/** Decisions as a file, to whoever may audit. The filter is in the body: addresses are written into logs. */
export function exportRoute(route: ExportRoute): Route {
  const exporters = new Set<string>();
  const serve = async (exchange: Exchange): Promise<void> => {
    route.admission.check();
    const { clientId, asked } = await readRequest(exchange, route);
    if (exporters.has(clientId)) throw later("The client has an export under way already");
    if (exporters.size >= mostAtOnce) throw later(`There are ${mostAtOnce} exports under way already`);
    exporters.add(clientId);
    try {
      await route.admission.admit(clientId, () => sendExport(exchange, asked, route));
    } finally {
      exporters.delete(clientId);
    }
  };
  return { method: "POST", serve };
}

async function readRequest(
  { incoming, notes }: Exchange,
  { authenticate, bodyBytes, policyVersions, rate }: ExportRoute,
): Promise<{ clientId: string; asked: ExportAsked }> {
  const { scopes, clientId } = await callerOf(incoming, authenticate);
  notes.clientId = clientId;
  rate.arrive(clientId);
  const insufficient = insufficientScope(scopes, ["audit:read"]);
  if (insufficient) throw forbidden(insufficient);
  // The end of a file without a length is told by chunks alone, and the client must understand them.
  if (incoming.httpVersion !== "1.1") throw badRequest("An export needs HTTP/1.1.");
  checkMediaType(incoming);
  const body: unknown = parseStrictJson(await readBody(incoming, bodyBytes));
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw badRequest("The request body must be a JSON object.");
  const { format: name, filter = {}, ...others }: { format?: unknown; filter?: unknown } = body;
  if (Object.keys(others).length > 0)
    throw badRequest('The request body must have no members but "format" and "filter".');
  const format = exportFormats.find((known) => known === name);
  if (!format) throw badInput(`format must be one of ${exportFormats.join(", ")}.`);
  const read = readDecisionFilter(filter ?? {}, policyVersions);
  if ("faults" in read) throw badInput(read.faults.map(filterFaultText).join("; "));
  return { clientId, asked: { format, filter: read.filter } };
}

function forbidden({ text, challenge }: InsufficientScope): RequestFault {
  return new RequestFault("FORBIDDEN", { text, headers: { "www-authenticate": challenge } });
}

/**
 * Where the reading fails before anything is sent, the answer says so; where it fails later, the connection
 * ends before the last chunk, so that the file cannot pass for a complete one.
 */
async function sendExport(
  { outgoing, requestId }: Exchange,
  asked: ExportAsked,
  { exportDecisions, stallMs, longestMs }: ExportRoute,
): Promise<void> {
  const parts = exportDecisions(asked);
  const first = await parts.next().catch(explain);
  if (outgoing.destroyed) throw new ClientGone();
  outgoing.writeHead(200, {
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="decisions.${asked.format}"`,
    "content-type": mediaTypes[asked.format],
    "referrer-policy": "no-referrer",
    trailer: "x-export-decisions, x-export-rows",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  });
  outgoing.setTimeout(stallMs, () => outgoing.destroy());
  let [decisions, rows] = [0, 0];
  async function* texts(): AsyncGenerator<string> {
    for (let part = first; !part.done; part = await parts.next()) {
      decisions += part.value.decisions;
      rows += part.value.rows;
      yield part.value.text;
    }
    outgoing.addTrailers({ "x-export-decisions": String(decisions), "x-export-rows": String(rows) });
  }
  const timer = setTimeout(() => outgoing.destroy(), longestMs);
  await pipeline(Readable.from(texts()), outgoing)
    .catch(unlessGone)
    .finally(() => clearTimeout(timer));
}

/** The caller learns just that there is no answer now, and our log the cause. */
function explain(error: unknown): never {
  throw error instanceof Unavailable
    ? Object.assign(new RequestFault("UNAVAILABLE"), { cause: error.cause })
    : error;
}

function unlessGone(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isGone = ["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE"].includes(code);
  throw isGone ? new ClientGone() : error;
}

function badRequest(text: string): RequestFault {
  return new RequestFault("BAD_REQUEST", { text });
}

function badInput(text: string): RequestFault {
  return new RequestFault("BAD_USER_INPUT", { text });
}

function later(why: string): RequestFault {
  const text = `${why}; send the same request again later.`;
  return new RequestFault("UNAVAILABLE", { text, headers: { "retry-after": retryAfterSeconds } });
}
