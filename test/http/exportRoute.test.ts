import { IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { pino } from "pino";
import { Caller } from "../../src/access/caller";
import { parseScopes, Scope } from "../../src/access/scopes";
import { exportDecisions, exporting, Exporting } from "../../src/cases/exportDecisions";
import { createHttpServer, HttpServer } from "../../src/http/server";
import { decided, fillStore, members, tamper } from "../commands/filledStore";
import { claimRequest, claimSession } from "../cases/claims";
import { storeManyDecisions } from "../cases/manyDecisions";
import { databaseProxy } from "../cases/proxy";
import { freshService, serviceOn, TestService } from "../cases/testService";
import { sampleSchema, type SampleContext } from "./sampleSchema";

interface Served {
  readonly port: number;
  readonly server: HttpServer;
  readonly logged: () => string;
}

/** A token here is the scope that it grants, and the client's name. */
async function callerOf(token: string): Promise<Caller> {
  const [scope = "", clientId = ""] = Buffer.from(token, "base64url").toString().split(" ");
  return { clientId, subject: "auditor", scopes: parseScopes([scope]).scopes };
}

const bearer = (scope: Scope, client = "client") =>
  `Bearer ${Buffer.from(`${scope} ${client}`).toString("base64url")}`;

async function serve(exported: Exporting, limits = {}): Promise<Served> {
  const lines: string[] = [];
  const server = await createHttpServer<SampleContext>({
    authorize: () => undefined,
    schema: sampleSchema(),
    introspection: false,
    authenticate: callerOf,
    contextOf: ({ caller, requestId }) => ({ clientId: caller.clientId, requestId }),
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
    exporting: exported,
    limits,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  return { port, server, logged: () => lines.join("") };
}

const many = 2_000;
let service: TestService;
let served: Served;

beforeAll(async () => {
  service = await freshService();
  await fillStore(service);
  await storeManyDecisions(service, many);
  served = await serve(exporting(service));
}, 60_000);
afterAll(async () => {
  await served.server.stop();
  await service.close();
});

interface Asking {
  readonly scope?: Scope | "";
  readonly headers?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly client?: string;
}

const json = { "content-type": "application/json" };

/** The head of an answer; its body is still to be read. */
function post(
  body: unknown,
  { scope = "audit:read", headers = json, port = served.port, client }: Asking = {},
) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = { ...headers, ...(scope && { authorization: bearer(scope, client) }) };
    const posted = request({ port, host: "127.0.0.1", path: "/export", method: "POST", headers: sent });
    posted.once("response", resolve).once("error", reject);
    posted.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

const filter = { memberId: members[0] };

test.each([
  ["ndjson", "application/x-ndjson; charset=utf-8", "8", "8"],
  ["csv", "text/csv; charset=utf-8; header=present", "8", "9"],
] as const)("%s is sent as a file, its numbers behind it", async (format, mediaType, decisions, rows) => {
  const answer = await post({ format, filter }, { headers: { ...json, "x-request-id": "request-7" } });
  const text = await textOf(answer);
  let expected = "";
  for await (const part of exportDecisions({ format, filter }, service)) expected += part.text;
  expect(text).toBe(expected);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="decisions.${format}"`,
    "content-type": mediaType,
    "transfer-encoding": "chunked",
    "x-content-type-options": "nosniff",
    "x-request-id": "request-7",
  });
  expect(answer.trailers).toEqual({ "x-export-decisions": decisions, "x-export-rows": rows });
});

interface Faulty {
  readonly errors: { message: string; extensions: { code: string; retryable: boolean; requestId: string } }[];
}

async function fault(body: unknown, asking?: Asking): Promise<[number | undefined, string, string]> {
  const answer = await post(body, asking);
  const { errors }: Faulty = JSON.parse(await textOf(answer));
  const [{ message, extensions }] = errors;
  expect(extensions.requestId).toBe(answer.headers["x-request-id"]);
  expect(message + served.logged()).not.toContain(members[0]);
  return [answer.statusCode, extensions.code, message];
}

test("only a token for auditing opens it, and is asked for first", async () => {
  expect((await fault("{", { scope: "" })).slice(0, 2)).toEqual([401, "UNAUTHENTICATED"]);
  const lacking = "The token lacks a scope that this operation needs: audit:read.";
  expect(await fault("{", { scope: "decisions:read" })).toEqual([403, "FORBIDDEN", lacking]);
  const { headers } = await post("{", { scope: "decisions:read" });
  expect(headers["www-authenticate"]).toBe('Bearer error="insufficient_scope", scope="audit:read"');
});

const format = "csv";
const faults: [sentence: string, body: unknown, code: string, message: string][] = [
  ["no JSON", "{", "BAD_REQUEST", "The request body is not JSON."],
  ["a list", [], "BAD_REQUEST", "The request body must be a JSON object."],
  [
    "a name given twice",
    `{"format":"csv","format":"csv"}`,
    "BAD_REQUEST",
    "The request body has a member name",
  ],
  [
    "another member",
    { format, [members[0]]: 1 },
    "BAD_REQUEST",
    'The request body must have no members but "f',
  ],
  ["no format", {}, "BAD_USER_INPUT", "format must be one of ndjson, csv."],
  ["a format that there is not", { format: "xlsx" }, "BAD_USER_INPUT", "format must be one of ndjson, csv."],
  [
    "a malformed member id",
    { format, filter: { memberId: `${members[0]} ` } },
    "BAD_USER_INPUT",
    "filter.memberId must be 1 to 64 visible ASCII characters",
  ],
  [
    "two faults",
    { format, filter: { kinds: [], decidedFrom: "today" } },
    "BAD_USER_INPUT",
    "filter.kinds must be a list of 1 to 50, each one of ADJUDICATION, IMPORT, VOID, REVIEW; filter.decidedFrom",
  ],
  [
    "no filter but a text",
    { format, filter: "all" },
    "BAD_USER_INPUT",
    "filter must be an object with any of",
  ],
];

test.each(faults)("a body with %s is refused, and the place is named", async (_, body, code, message) => {
  const [httpCode, given, words] = await fault(body);
  expect([httpCode, given, words.slice(0, message.length)]).toEqual([400, code, message]);
});

test("other methods, types and versions of HTTP are refused", async () => {
  const got = await fetch(`http://127.0.0.1:${served.port}/export`);
  expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
  expect((await fault({ format }, { headers: { "content-type": "text/plain" } }))[0]).toBe(415);
  const socket = connect(served.port, "127.0.0.1");
  const head = ["POST /export HTTP/1.0", `authorization: ${bearer("audit:read")}`, "content-length: 16"];
  socket.write(`${head.join("\r\n")}\r\ncontent-type: application/json\r\n\r\n{"format":"csv"}`);
  expect(await textOf(socket)).toContain("An export needs HTTP/1.1.");
});

/** How the store is read for exports, and how many parts were. */
function counted(): { exported: Exporting; parts: () => number } {
  let parts = 0;
  const { exportDecisions: read, policyVersions } = exporting(service);
  async function* exportCounted(asked: Parameters<typeof read>[0]) {
    for await (const part of read(asked)) {
      parts += 1;
      yield part;
    }
  }
  return { exported: { policyVersions, exportDecisions: exportCounted }, parts: () => parts };
}

test("a client that takes nothing is not read for; there are two at once, and one that goes makes room", async () => {
  const { exported, parts } = counted();
  const { port, server } = await serve(exported);
  try {
    const clients = ["one", "other"];
    const stalled = await Promise.all(clients.map((client) => post({ format: "ndjson" }, { port, client })));
    await delay(300);
    expect(parts()).toBeLessThan(2 * 6);
    const refused = await post({ format: "ndjson" }, { port });
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([503, "10"]);
    expect(await textOf(refused)).toContain('"retryable":true');
    for (const answer of stalled) answer.destroy();
    let answer = await post({ format, filter }, { port });
    for (; answer.statusCode === 503; answer = await post({ format, filter }, { port })) {
      answer.resume();
      await delay(20);
    }
    await textOf(answer);
    expect(answer.complete).toBe(true);
    expect(parts()).toBeLessThan(2 * 7 + 1);
  } finally {
    await server.stop();
  }
}, 30_000);

test("one client cannot take both places", async () => {
  const { port, server } = await serve(exporting(service));
  try {
    const stalled = await post({ format: "ndjson" }, { port });
    const refused = await post({ format: "ndjson" }, { port });
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([503, "10"]);
    expect(await textOf(refused)).toContain("The client has an export under way already");
    const others = await post({ format, filter }, { port, client: "other" });
    expect(others.statusCode).toBe(200);
    await textOf(others);
    stalled.destroy();
  } finally {
    await server.stop();
  }
}, 30_000);

test("an export that lasts too long is no complete file, however steadily it is taken", async () => {
  const { port, server } = await serve(exporting(service), { exportMs: 1 });
  try {
    const taken = await post({ format: "ndjson" }, { port });
    await expect(textOf(taken)).rejects.toThrow("aborted");
    expect(taken.complete).toBe(false);
  } finally {
    await server.stop();
  }
}, 30_000);

test("a client that stalls for too long is let go", async () => {
  const { port, server } = await serve(exporting(service), { exportStallMs: 200 });
  try {
    const stalled = await post({ format: "ndjson" }, { port });
    await delay(600);
    await expect(textOf(stalled)).rejects.toThrow("aborted");
  } finally {
    await server.stop();
  }
}, 30_000);

test("a failure before anything is sent is an answer, and one in the middle no complete file", async () => {
  const { id } = await decided(claimRequest(claimSession("TAMPERED", "2025-05-12")), service);
  await tamper(service, "update decision set record = $2 where id = $1", [id, "{\n}"]);
  const first = await fault({ format: "ndjson", filter: { memberId: "TAMPERED" } });
  expect(first.slice(0, 2)).toEqual([500, "INTERNAL_SERVER_ERROR"]);
  const answer = await post({ format: "ndjson" });
  expect(answer.statusCode).toBe(200);
  await expect(textOf(answer)).rejects.toThrow("aborted");
  expect(answer.complete).toBe(false);
  expect(served.logged()).toContain('"msg":"request failed"');
  expect(served.logged()).not.toContain("TAMPERED");
}, 30_000);

test("a database that does not answer is told as such, and our log has the cause", async () => {
  const proxy = await databaseProxy(service.url);
  const behind = await serviceOn(proxy.url);
  const { port, server, logged } = await serve(exporting(behind));
  await proxy.close();
  try {
    expect((await fault({ format }, { port })).slice(0, 2)).toEqual([503, "UNAVAILABLE"]);
    expect(logged()).toContain('"errorCode":"ECONNREFUSED"');
  } finally {
    await server.stop();
    await behind.close();
  }
});

test("a stopping service lets an export end in time, and no longer", async () => {
  const { port, server } = await serve(exporting(service), { drainMs: 300 });
  const [ending, stalled] = await Promise.all([
    post({ format, filter }, { port }),
    post({ format: "ndjson", filter: { kinds: ["ADJUDICATION"] } }, { port, client: "other" }),
  ]);
  const stopped = server.stop();
  expect((await textOf(ending)).endsWith("\r\n")).toBe(true);
  await stopped;
  expect(ending.complete).toBe(true);
  await expect(textOf(stalled)).rejects.toThrow("aborted");
}, 30_000);
