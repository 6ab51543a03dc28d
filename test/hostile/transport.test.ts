import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { submission } from "../graphql/claims";
import { submitDocument } from "../graphql/submitting";
import { canary, hostileBattery, Row } from "./battery";
import { told } from "./told";
import { Conversation, head, openConversation, repliesIn, sendRaw, toldOf, wholeRequest } from "./rawHttp";

/* Times and connections are a small part of the usual ones, so that their ends can be seen. */
const limits = {
  headersTimeoutMs: 500,
  requestTimeoutMs: 1_500,
  connectionsCheckMs: 50,
  stallMs: 1_900,
  connections: 60,
};
const { group, served, port, post } = hostileBattery({ limits });

const badRequest = "400 BAD_REQUEST";
const wrongType = "415 BAD_REQUEST";
const wrongMethod = "405 BAD_REQUEST";
const tooLate = "408 BAD_REQUEST";
const alive = '200 {"alive":true}';
const versions = '200 {"policyVersions":[{"id":"molina-esi@2021-12-12"}]}';

const question = { query: "{ policyVersions { id } }" };
const asked = JSON.stringify(question);
const secretQuestion = JSON.stringify({ query: `{ decision(id: "${canary}") { id } }` });

const ask = async (method: string, search: string, headers: Record<string, string> = {}): Promise<string> => {
  const reply = await fetch(`${served().url}?${search}`, { method, headers });
  return told(reply.status, await reply.text());
};
const raw = async (...parts: (string | Buffer)[]): Promise<string> => toldOf(await sendRaw(port(), parts));
const inUrl = `query=${encodeURIComponent(`{ decision(id: "${canary}") { id } }`)}`;

group(21, "a query in the address", [
  ["by GET", () => ask("GET", inUrl), wrongMethod],
  ["by GET, with a token", () => ask("GET", inUrl, { authorization: "Bearer x" }), wrongMethod],
  ["by PUT", () => ask("PUT", inUrl), wrongMethod],
  ["by DELETE", () => ask("DELETE", inUrl), wrongMethod],
  ["by OPTIONS", () => ask("OPTIONS", inUrl, { origin: "http://elsewhere.test" }), wrongMethod],
  ["beside a body, which alone counts", () => raw(addressed(inUrl)), versions],
  ["a token in the address", () => ask("POST", `access_token=${canary}`), "401 UNAUTHENTICATED"],
]);

function addressed(search: string): string {
  return wholeRequest(asked).toString("latin1").replace("/graphql", `/graphql?${search}`);
}

group(22, "a mutation in the address", [
  ["by GET", () => ask("GET", `query=mutation{submitClaimSession(input:{}){replayed}}`), wrongMethod],
  [
    "by HEAD",
    async () => String((await fetch(`${served().url}?${inUrl}`, { method: "HEAD" })).status),
    "405",
  ],
]);

const typed = (what: string, type: string | undefined, body: string | Buffer, expected: string): Row => [
  what,
  () => post(body, { "content-type": type }),
  expected,
];

group(23, "a form", [typed("urlencoded", "application/x-www-form-urlencoded", inUrl, wrongType)]);

const part = `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${secretQuestion}\r\n--b--\r\n`;

group(24, "a form of many parts", [
  typed("of the upload convention", "multipart/form-data; boundary=b", part, wrongType),
]);

group(25, "plain text, as a page of another origin may send it", [
  typed("text/plain", "text/plain", secretQuestion, wrongType),
  typed("text/plain that says JSON", "text/plain; application/json", secretQuestion, wrongType),
  typed("no type", undefined, secretQuestion, wrongType),
  typed("application/graphql", "application/graphql", question.query, wrongType),
]);

group(26, "an array of requests", [
  ["one", JSON.stringify([question]), badRequest],
  ["1,000", JSON.stringify(Array(1_000).fill(JSON.parse(secretQuestion))), badRequest],
  ["none", "[]", badRequest],
]);

const json = "application/json; charset=";

group(27, "text that is not UTF-8", [
  typed("UTF-16, said so", `${json}utf-16`, Buffer.from(secretQuestion, "utf16le"), wrongType),
  typed("UTF-16, not said", "application/json", Buffer.from(secretQuestion, "utf16le"), badRequest),
  typed("UTF-7", `${json}utf-7`, secretQuestion, wrongType),
  typed("Latin-1, said so", `${json}iso-8859-1`, Buffer.from(`{"query":"é"}`, "latin1"), wrongType),
  typed("Latin-1, not said", "application/json", Buffer.from(`{"query":"é"}`, "latin1"), badRequest),
  typed("two charsets", `${json}utf-8; charset=utf-16`, secretQuestion, wrongType),
  typed("overlong UTF-8", "application/json", Buffer.of(0x7b, 0xc0, 0xa2, 0x7d), badRequest),
  typed("a surrogate in UTF-8", "application/json", Buffer.of(0x22, 0xed, 0xa0, 0x80, 0x22), badRequest),
  typed("UTF-8 after a byte order mark", "application/json", `\ufeff${asked}`, badRequest),
]);

const zeros = Buffer.alloc(10_000_000);
const encoded = (encoding: string, body: Buffer): Row => [
  encoding,
  () => post(body, { "content-encoding": encoding }),
  wrongType,
];

group(28, "a compressed body", [
  encoded("gzip", gzipSync(zeros)),
  encoded("br", brotliCompressSync(zeros.subarray(0, 1_000_000))),
  encoded("deflate", gzipSync(asked)),
  encoded("gzip, gzip", gzipSync(gzipSync(zeros))),
  encoded("x-unknown", Buffer.from(asked)),
]);

const length = asked.length;
const smuggled = `GET /${canary} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

group(29, "two opinions about where the body ends", [
  ["two lengths", () => raw(head("content-length: 5", `content-length: ${length}`), asked), badRequest],
  [
    "two equal lengths",
    () => raw(head(`content-length: ${length}`, `content-length: ${length}`), asked),
    badRequest,
  ],
  ["a list of lengths", () => raw(head(`content-length: ${length}, 5`), asked), badRequest],
  [
    "a length and chunks",
    () => raw(head("content-length: 4", "transfer-encoding: chunked"), `0\r\n\r\n${smuggled}`),
    badRequest,
  ],
  [
    "chunks and a length",
    () => raw(head("transfer-encoding: chunked", "content-length: 4"), `0\r\n\r\n${smuggled}`),
    badRequest,
  ],
  [
    "chunks of another spelling",
    () => raw(head("transfer-encoding: xchunked"), `0\r\n\r\n${smuggled}`),
    badRequest,
  ],
  [
    "chunks, then something else",
    () => raw(head("transfer-encoding: chunked, identity"), `0\r\n\r\n${smuggled}`),
    badRequest,
  ],
  ["a negative length", () => raw(head("content-length: -1"), asked), badRequest],
  ["a length in hexadecimal", () => raw(head("content-length: 0x1b"), asked), badRequest],
  [
    "a chunk without end",
    () => raw(head("transfer-encoding: chunked"), `ffffffffffffffffff\r\n${asked}`),
    badRequest,
  ],
  ["a space before the colon", () => raw(head("content-length : 5"), asked), badRequest],
  ["a folded line", () => raw(head("x-a: 1\r\n content-length: 5"), asked), badRequest],
]);

const chunksOf = (text: string): string[] => [...text].map((character) => `1\r\n${character}\r\n`);

group(30, "a body in chunks of one byte", [
  [
    "all at once, to the end",
    async () =>
      toldOf(
        await sendRaw(port(), [
          head("transfer-encoding: chunked", "connection: close"),
          ...chunksOf(asked),
          "0\r\n\r\n",
        ]),
      ),
    versions,
  ],
  [
    "one after the other for longer than a request may take",
    async () =>
      toldOf(
        await sendRaw(
          port(),
          [head("transfer-encoding: chunked"), ...chunksOf(secretQuestion.repeat(9))],
          20,
        ),
      ),
    tooLate,
  ],
  ["its beginning, and then silence", () => raw(head("content-length: 1000"), '{"query'), tooLate],
]);

group(31, "headers that take their time", [
  [
    "a byte at a time",
    async () => toldOf(await sendRaw(port(), head(`x-a: ${canary.repeat(50)}`), 20)),
    tooLate,
  ],
  ["no end of them", () => raw(`GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-a: ${canary}\r\n`), tooLate],
  ["no request at all", () => raw(), tooLate],
]);

group(32, "a client that takes nothing of its answers", [
  [
    "it is cut off",
    async () => {
      const { socket, closed } = await openConversation(port());
      socket.pause();
      const large = { query: "{ policyVersions { content rules { id title citations { title } } } }" };
      const { length: bytes } = JSON.stringify(large);
      const one = `${head(`content-length: ${bytes}`)}${JSON.stringify(large)}`;
      // More than both ends of a connection keep for each other.
      socket.write(one.repeat(500));
      await wait(3_200);
      // One that takes nothing does not see either that it was cut off.
      socket.resume();
      await Promise.race([closed, wait(1_500)]);
      const wasCutOff = socket.destroyed;
      socket.destroy();
      return wasCutOff ? "closed" : "still held";
    },
    "closed",
    500,
  ],
]);

group(33, "idle connections, more than may be held", [
  [
    "2,000: those who were there are served, and the idle ones go",
    async () => {
      const opened: Conversation[] = [];
      for (let wave = 0; wave < 20; wave += 1)
        opened.push(...(await Promise.all(Array.from({ length: 100 }, () => openConversation(port())))));
      await Promise.all(opened.map(({ closed }) => closed));
      const late = await post(question);
      const told = [...new Set(opened.map(({ received }) => toldOf(received())))].sort().join(" or ");
      return `${told}; later ${late}`;
    },
    `${tooLate} or closed without an answer; later ${versions}`,
    2_000,
  ],
]);

const health = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
const last = health.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
const pipelined = async (text: string): Promise<string> => {
  const replies = repliesIn(await sendRaw(port(), [text]));
  // Where all at once is too much, the service may ask to come again later; it keeps the order and loses none.
  const ofUse = replies.map((reply) =>
    /^(?:503 UNAVAILABLE|429 RATE_LIMITED)$/.test(reply) ? versions : reply,
  );
  return `${replies.length} × ${[...new Set(ofUse)].join(", ")}`;
};

group(34, "1,000 requests in one breath", [
  ["of the cheapest kind", () => pipelined(health.repeat(999) + last), `1000 × ${alive}`, 1_000],
  [
    "of queries",
    () =>
      pipelined(
        `${head(`content-length: ${length}`)}${asked}`.repeat(999) + wholeRequest(asked).toString("latin1"),
      ),
    `1000 × ${versions}`,
    1_000,
  ],
]);

group(35, "JSON that breaks off", [
  ...[1, 2, 10, secretQuestion.length - 1].map(
    (characters): Row => [`after ${characters}`, secretQuestion.slice(0, characters), badRequest],
  ),
  [
    "within the length that was said",
    () => raw(head("connection: close", "content-length: 5"), '{"que'),
    badRequest,
  ],
]);

group(36, "something behind the JSON", [
  ["a word", `${asked}${canary}`, badRequest],
  ["another request", `${asked}${asked}`, badRequest],
  ["a comma", `${asked},`, badRequest],
  ["NUL", `${asked}\u0000`, badRequest],
  ["spaces, which are nothing", `${asked} \r\n\t`, versions],
]);

group(37, "JSON that is no object", [
  ...["null", "1", `"${canary}"`, "true", "-0", "1e999"].map((text): Row => [text, text, badRequest]),
]);

group(38, "variables that are no object", [
  ["a list", { ...question, variables: [canary] }, badRequest],
  ["a text", { ...question, variables: `{"a":"${canary}"}` }, badRequest],
  ["a number", { ...question, variables: 1 }, badRequest],
  ["false", { ...question, variables: false }, badRequest],
  ["null, which is none", { ...question, variables: null }, versions],
  ["more than there are", { ...question, variables: { [canary]: canary } }, versions],
]);

group(39, "a name twice in one object", [
  ["query", `{"query":"{ __typename }","query":"{ policyVersions { id } }"}`, badRequest],
  ["written otherwise", `{"query":"{ __typename }","\\u0071uery":"{ policyVersions { id } }"}`, badRequest],
  ["in the variables", `{"query":"{ __typename }","variables":{"${canary}":1,"${canary}":2}}`, badRequest],
  ["__proto__", `{"query":"{ __typename }","variables":{"__proto__":1,"__proto__":2}}`, badRequest],
]);

const deep = (open: string, close: string, levels: number): string =>
  `{"query":"{ __typename }","variables":{"a":${open.repeat(levels)}${close.repeat(levels)}}}`;

group(40, "JSON nested too deep", [
  ["30,000 lists", deep("[", "]", 30_000), badRequest],
  ["30,000 lists without end", "[".repeat(30_000), badRequest],
  ["30,000 objects", deep('{"a":', "}", 30_000).replace("}", "1}"), badRequest],
  ["15 levels more than two", deep("[", "]", 15), badRequest],
]);

group(41, "GET with a content type of its own", [
  ...["application/json", "text/plain", canary, "*/*", "application/json, text/plain"].map(
    (type): Row => [type, () => ask("GET", inUrl, { "content-type": type }), wrongMethod],
  ),
]);

const withKey = (idempotencyKey: string): object => ({
  query: submitDocument,
  variables: { input: submission({ memberId: "LINES" }, idempotencyKey) },
});
/** The answer's head is held against what it may have: nothing that was sent. */
const rawId = async (id: string): Promise<string> => {
  const received = await sendRaw(port(), [wholeRequest(asked, `x-request-id: ${id}`)]);
  expect(received).not.toMatch(/CANARY|set-cookie/i);
  return toldOf(received);
};

group(42, "line ends in a key and in a request id", [
  ["key with CR LF", withKey(`${canary}\r\nx: y`), "200 INVALID_INPUT idempotencyKey"],
  ["key with LF", withKey(`${canary}\n`), "200 INVALID_INPUT idempotencyKey"],
  ["id with CR LF, which is another header", () => rawId(`a\r\nset-cookie: ${canary}`), versions],
  ["id with CR", () => rawId(`a\r${canary}`), badRequest],
  ["id with LF", () => rawId(`a\n${canary}`), badRequest],
  ["id with NUL", () => rawId(`a\0${canary}`), badRequest],
  ["id with escaped line ends", () => rawId(`a%0d%0aset-cookie:%20${canary}`), versions],
  ["id like a log line", () => rawId(`a"},"level":60,"x":"${canary}`), versions],
]);

group(43, "headers over 16 KiB", [
  ["one long", () => raw(wholeRequest(asked, `x-a: ${canary.repeat(1_700)}`)), "431 BAD_REQUEST"],
  [
    "many short",
    () => raw(wholeRequest(asked, ...Array.from({ length: 1_500 }, (_, n) => `x-${n}: ${canary}`))),
    "431 BAD_REQUEST",
  ],
  [
    "a long address",
    () => raw(`GET /${canary.repeat(1_700)} HTTP/1.1\r\nhost: localhost\r\n\r\n`),
    "431 BAD_REQUEST",
  ],
]);

const asHttp10 = (text: string): string => text.replace("HTTP/1.1", "HTTP/1.0");

group(44, "other versions of HTTP", [
  ["1.0, health", () => raw(asHttp10(health)), alive],
  ["1.0, a query", () => raw(asHttp10(wholeRequest(asked).toString("latin1"))), versions],
  ["1.0 without a host", () => raw("GET /healthz HTTP/1.0\r\n\r\n"), alive],
  ["1.1 without a host", () => raw("GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n"), badRequest],
  ["0.9, whose end never comes", () => raw(`GET /${canary}\r\n`), tooLate],
  ["2", () => raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), badRequest],
  ["an upgrade to 2", () => raw(wholeRequest(asked, "upgrade: h2c", "http2-settings: x")), versions],
  ["a TLS greeting", () => raw(Buffer.from("16030100a5010000a10303", "hex")), badRequest],
  ["CONNECT", () => raw(`CONNECT ${canary}:443 HTTP/1.1\r\nhost: x\r\n\r\n`), "closed without an answer"],
  [
    "an address of another host",
    () => raw(`GET http://${canary}/healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    "404 BAD_REQUEST",
  ],
]);

const forged = (...lines: string[]): Row => [
  lines.join(", "),
  () => raw(wholeRequest(asked, ...lines)),
  versions,
];
const notForged = wholeRequest(asked).toString("latin1");

group(45, "a host and a way here that are made up", [
  ["host", () => raw(notForged.replace("host: localhost", `host: ${canary}.test`)), versions],
  ["host with a path", () => raw(notForged.replace("host: localhost", "host: a/../b@c")), versions],
  ["two hosts", () => raw(notForged.replace("host: localhost", "host: a\r\nhost: b")), badRequest],
  forged("x-forwarded-for: 127.0.0.1"),
  forged(`x-forwarded-host: ${canary}`, `x-forwarded-proto: ${canary}`, `forwarded: for=${canary}`),
  forged("x-original-url: /metrics", "x-rewrite-url: /readyz"),
  forged("x-http-method-override: GET"),
  forged(`x-forwarded-user: ${canary}`, `x-remote-user: ${canary}`),
]);
