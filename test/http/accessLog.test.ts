import { createHash } from "node:crypto";
import { once } from "node:events";
import { IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { buildSchema } from "../../src/graphql/schema";
import { storeManyDecisions } from "../cases/manyDecisions";
import { freshService, TestService } from "../cases/testService";
import { FilledStore, fillStore, members } from "../commands/filledStore";
import { session, submission } from "../graphql/claims";
import { tokenOf } from "../graphql/servedOverHttp";
import { batchDocument, submitDocument } from "../graphql/submitting";
import { RecordedService, refusingRows, Row, rowsOf, sealed, serveRecorded } from "./recordedService";

const [one, other] = members;

let service: TestService;
let filled: FilledStore;
let served: RecordedService;

beforeAll(async () => {
  service = await freshService();
  filled = await fillStore(service);
  await sealed(service);
  served = await serveRecorded(service);
}, 60_000);
afterAll(async () => {
  await served.stop();
  await service.close();
});

let requests = 0;

function newRequestId(): string {
  requests += 1;
  return `request-${requests}`;
}

type Body = { readonly query: string; readonly variables?: object };

/** What a document is answered with, and the rows that are there by then. */
async function recorded(body: Body, asking: object = {}): Promise<{ text: string; rows: Row[] }> {
  const requestId = newRequestId();
  const { text } = await served.post({ body, headers: { "x-request-id": requestId }, ...asking });
  return { text, rows: await rowsOf(requestId, service) };
}

const shown = (operation: string, ...of: [member: string, decisions: number][]): Row[] =>
  of.map(([member_id, decisions]) => ({ member_id, operation, decisions, outcome: "ALLOWED" }));

const denied = (operation: string, ...of: string[]): Row[] =>
  of.map((member_id) => ({ member_id, operation, decisions: 0, outcome: "DENIED" }));

const idOf = (member: number, place: number): string => filled.decisions[member][place].id;

const previewDocument = `query ($session: ClaimSessionInput!) {
  previewClaimSession(session: $session) { explanation }
}`;

/** Each query of the schema, and the members with the decisions that its answer shows. */
const queries: Readonly<Record<string, () => [asked: string | Body, rows: [string, number][]][]>> = {
  decision: () => [
    [`{ decision(id: "${idOf(0, 6)}") { id } }`, [[one, 1]]],
    [`{ decision(id: "${idOf(0, 6)}") { supersedes { kind } } }`, [[one, 2]]],
    [`{ decision(id: "${idOf(0, 6)}") { lines { units } audit { leaf } isEffective } }`, [[one, 1]]],
    [`{ decision(id: "00000000-0000-4000-8000-000000000000") { id } }`, []],
  ],
  decisions: () => [
    [
      `{ decisions { nodes { id } edges { node { id } } } }`,
      [
        [one, 8],
        [other, 7],
      ],
    ],
    [`{ decisions(first: 3) { edges { cursor } } }`, [[other, 3]]],
    [`{ decisions(first: 3) { pageInfo { endCursor } } }`, [[other, 0]]],
    [`{ decisions(filter: { memberId: "NOBODY" }) { nodes { id } } }`, [["NOBODY", 0]]],
    [`{ decisions(filter: { memberId: "${one}" }) { totalCount } }`, [[one, 0]]],
  ],
  decisionByIdempotencyKey: () => [
    [`{ decisionByIdempotencyKey(memberId: "${one}", idempotencyKey: "none") { id } }`, [[one, 0]]],
  ],
  member: () => [
    [`{ member(id: "${one}") { id } }`, [[one, 0]]],
    [`{ member(id: "NOBODY") { historyOnFileSince } }`, [["NOBODY", 0]]],
    [`{ member(id: "${one}") { decisions(first: 3) { nodes { id } } } }`, [[one, 3]]],
    [`{ member(id: "${one}") { sessions { region dateOfService } } }`, [[one, 0]]],
    [`{ member(id: "${other}") { sessions { decisions { id } } } }`, [[other, 5]]],
    [
      `{ member(id: "${one}") { allowance(region: LUMBAR_SACRAL, on: "2025-06-01") { nextEligibleDate } } }`,
      [[one, 0]],
    ],
    [`{ member(id: " ") { id } }`, []],
  ],
  previewClaimSession: () => [
    [{ query: previewDocument, variables: { session: session({ memberId: one }) } }, [[one, 0]]],
    [
      {
        query: previewDocument,
        variables: { session: session({ memberId: one, dateOfService: "2025-13-01" }) },
      },
      [[one, 0]],
    ],
  ],
  readjudicationCandidates: () => [
    ["{ readjudicationCandidates(first: 1) { pageInfo { endCursor } } }", [[other, 0]]],
    ["{ readjudicationCandidates(first: 1) { edges { node { wouldBe } } } }", [[other, 1]]],
  ],
  replayDecision: () => [[`{ replayDecision(id: "${idOf(1, 0)}") { identical } }`, [[other, 1]]]],
  auditKeys: () => [["{ auditKeys { use } }", []]],
  auditCheckpoint: () => [["{ auditCheckpoint { treeSize } }", []]],
  auditProof: () => [
    [`{ auditProof(decisionId: "${idOf(0, 0)}") { leaf } }`, []],
    [`{ auditProof(decisionId: "${idOf(0, 0)}") { opening { record } } }`, [[one, 1]]],
  ],
  auditConsistency: () => [[`{ auditConsistency(first: "1", second: "1") { path } }`, []]],
  auditEntries: () => [[`{ auditEntries(from: "0") { leaf } }`, []]],
  memberCompleteness: () => [
    [`{ memberCompleteness(memberId: "${one}") { head proofs { leaf } } }`, [[one, 8]]],
    [`{ memberCompleteness(memberId: "${one}", treeSize: "9999") { head } }`, [[one, 0]]],
  ],
  accessLog: () => [[`{ accessLog(memberId: "${other}") { nodes { subject } } }`, [[other, 0]]]],
  policyInForce: () => [[`{ policyInForce(on: "2025-01-01") { id } }`, []]],
  policyVersions: () => [["{ policyVersions { id } }", []]],
  policyExceptions: () => [["{ policyExceptions { id } }", []]],
};

test("the table above has every query of the schema", () => {
  const fields = Object.keys(buildSchema().getQueryType()?.getFields() ?? {});
  expect(Object.keys(queries).sort()).toEqual(fields.sort());
});

test.each(Object.keys(queries))(
  "%s leaves a row for each member that it shows, and no other",
  async (name) => {
    for (const [asked, rows] of queries[name]()) {
      const answer = await recorded(typeof asked === "string" ? { query: asked } : asked);
      expect([asked, answer.rows]).toEqual([asked, shown(name, ...rows)]);
    }
  },
);

test("the work list leaves a row for each member on it, with the decisions and what caused it", async () => {
  const { text, rows } = await recorded({
    query: "{ readjudicationCandidates { edges { node { decision { id memberId } causedBy { id } } } } }",
  });
  const ids = new Map<string, Set<string>>();
  const { data } = JSON.parse(text);
  for (const { node } of data.readjudicationCandidates.edges) {
    const { memberId, id } = node.decision;
    ids.set(memberId, (ids.get(memberId) ?? new Set()).add(id).add(node.causedBy.id));
  }
  expect(ids.size).toBe(2);
  expect(rows).toEqual(
    shown("readjudicationCandidates", ...members.map((id): [string, number] => [id, ids.get(id)?.size ?? 0])),
  );
});

test("a row says who asked what, when and what for", async () => {
  const requestId = newRequestId();
  const query = `query Mine { two: member(id: "${one}") { id } ...more member(id: "${one}") { id } }
    fragment more on Query { policyVersions { id } __typename }`;
  const headers = { "x-request-id": requestId, "x-purpose-of-use": "PURPOSE-1" };
  const answer = await served.post({ body: { query }, headers, clientId: "portal", subject: "anne" });
  expect(answer.headers.get("x-request-id")).toBe(requestId);
  expect(
    await service.database.query(
      "select *, clock_timestamp() - at < interval '5 seconds' as is_now from access_log where request_id = $1",
      [requestId],
    ),
  ).toEqual([
    {
      ...{
        at: expect.any(String),
        is_now: true,
        request_id: requestId,
        subject: "anne",
        client_id: "portal",
      },
      ...{ member_id: one, operation: "member,policyVersions", purpose: "PURPOSE-1" },
      document_hash: createHash("sha256").update(query).digest(),
      ...{ decisions: 0, outcome: "ALLOWED" },
    },
  ]);
});

describe("a mutation", () => {
  const input = submission({ memberId: "STORED" });
  const replacement = submission(
    { memberId: "STORED", claimNumber: "A2", frequency: "REPLACEMENT", originalClaimNumber: "A1" },
    "key-2",
  );

  it("is logged by the decision that it stores, and leaves a row for any other that it shows", async () => {
    const first = await recorded({ query: submitDocument, variables: { input } });
    expect([first.rows, first.text]).toEqual([[], expect.stringContaining('"replayed":false')]);
    const again = await recorded({ query: submitDocument, variables: { input } });
    expect(again.rows).toEqual(shown("submitClaimSession", ["STORED", 1]));
    const query = `mutation ($input: SubmitClaimSessionInput!) {
      submitClaimSession(input: $input) { decision { id supersedes { id } } }
    }`;
    const { rows } = await recorded({ query, variables: { input: replacement } });
    expect(rows).toEqual(shown("submitClaimSession", ["STORED", 1]));
  });

  it("that is refused for its scope leaves a row for each member that it names, at most 100", async () => {
    const inputs = Array.from({ length: 150 }, (_, place) => submission({ memberId: `NOBODY-${place}` }));
    const { rows, text } = await recorded(
      { query: batchDocument, variables: { inputs } },
      { scopes: ["history:read"] },
    );
    expect(text).toContain("FORBIDDEN");
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(["DENIED"]));
    expect(rows).toHaveLength(100);
  });
});

test.each([
  ["an argument", { query: `{ member(id: "${one}") { id } }` }, denied("member", one)],
  [
    "a number",
    { query: "{ member(id: 12345678901234567890) { id } }" },
    denied("member", "12345678901234567890"),
  ],
  [
    "a variable",
    { query: "query ($id: ID!) { member(id: $id) { id } }", variables: { id: 7 } },
    denied("member", "7"),
  ],
  [
    "the default of a variable in a fragment",
    {
      query: `query ($id: ID = "${one}") { ...hidden } fragment hidden on Query {
        found: decisions(filter: { memberId: $id }) { totalCount } }`,
    },
    denied("decisions", one),
  ],
  ["no form of a member's id", { query: `{ member(id: "${one} ${other}") { id } }` }, []],
  ["no member", { query: "{ decisions { totalCount } }" }, []],
])(
  "a query that is refused for its scope leaves a row where it names a member by %s",
  async (_, body, rows) => {
    const answer = await recorded(body, { scopes: ["claims:submit"] });
    expect([answer.text.includes('"FORBIDDEN"'), answer.rows]).toEqual([true, rows]);
  },
);

test("a request that is no valid operation leaves no row", async () => {
  for (const query of [`{ member(id: "${one}") { nothing } }`, `{ member(id: "${one}"`]) {
    expect((await recorded({ query })).rows).toEqual([]);
  }
});

const files = [
  ["/export", { format: "ndjson", filter: { memberId: one } }],
  ["/access-log", { format: "csv", filter: { memberId: one } }],
] as const;

const tellTales = [
  ["a page", { body: { query: `{ member(id: "${one}") { decisions { nodes { id } } } }` } }],
  ["a proof", { body: { query: `{ auditProof(decisionId: "$ID") { opening { record } } }` } }],
  [
    "a replay of a key",
    { body: { query: submitDocument, variables: { input: submission({ memberId: one }) } } },
  ],
  ["a refusal", { body: { query: `{ member(id: "${one}") { id } }` }, scopes: [] }],
  ...files.map(([path, body]) => [path, { path, body }] as const),
  ...files.map(([path, body]) => [`a refusal of ${path}`, { path, body, scopes: [] }] as const),
] as const;

test.each(tellTales)("without its row %s is not answered", async (_, asked) => {
  await served.post({ body: { query: submitDocument, variables: { input: submission({ memberId: one }) } } });
  const body = JSON.stringify(asked.body).replace("$ID", idOf(0, 0));
  const { httpCode, text, headers } = await refusingRows(service, () => served.post({ ...asked, body }));
  const { data, errors } = JSON.parse(text);
  expect([httpCode, headers.get("retry-after"), data]).toEqual([503, "1", undefined]);
  expect(errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", retryable: true } }]);
  expect(text).not.toMatch(/MEMBER|CLAIM|A1|[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(served.logged()).toContain('"errorCode":"P0001"');
});

/** The head of an answer to a request for a file. */
function fileOf(path: string, requestId: string, body: object): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "x-request-id": requestId };
    const authorization = `Bearer ${tokenOf()}`;
    const { port } = served;
    const sent = request({ port, path, method: "POST", headers: { ...headers, authorization } });
    sent.once("response", resolve).once("error", reject);
    sent.end(JSON.stringify(body));
  });
}

test("an export leaves a row for each member before each page, and ends where it cannot", async () => {
  await storeManyDecisions(service, 450, 1);
  const body = { format: "ndjson", filter: { kinds: ["ADJUDICATION"] } };
  const whole = await fileOf("/export", "whole", body);
  const lines = (await textOf(whole)).trimEnd().split("\n");
  const [{ sum }] = await service.database.query<{ sum: number }[]>(
    "select sum(decisions)::int as sum from access_log where request_id = 'whole' and operation = '/export'",
  );
  expect([lines.length > 450, sum]).toEqual([true, lines.length]);
  let received = "";
  await refusingRows(
    service,
    async () => {
      const cut = await fileOf("/export", "cut", body);
      cut.on("data", (bytes: Buffer) => (received += bytes.toString("utf8")));
      await expect(once(cut, "end")).rejects.toThrow("aborted");
      expect(cut.complete).toBe(false);
    },
    "cut",
  );
  const [onRecord] = await service.database.query<{ sum: number }[]>(
    "select sum(decisions)::int as sum from access_log where request_id = 'cut'",
  );
  expect(onRecord.sum).toBe(200);
  expect(received.split("\n").length - 1).toBeLessThanOrEqual(onRecord.sum);
});

test("a request for a file that is refused for its scope leaves a row where it names a member", async () => {
  for (const [path, body] of files) {
    const requestId = newRequestId();
    const headers = { "x-request-id": requestId };
    const answer = await served.post({ path, body, headers, scopes: ["decisions:read"] });
    expect([answer.httpCode, await rowsOf(requestId, service)]).toEqual([403, denied(path, one)]);
    const nobody = { path, body: { filter: { memberId: "A B" } }, headers: { "x-request-id": "no-one" } };
    expect((await served.post({ ...nobody, scopes: [] })).httpCode).toBe(403);
  }
  expect(await rowsOf("no-one", service)).toEqual([]);
});

test("the row is there before the first byte, also for a client that hangs up", async () => {
  const lock = service.database.createQueryRunner();
  await lock.startTransaction();
  await lock.query("lock table access_log in exclusive mode");
  const socket = connect(served.port, "127.0.0.1");
  let received = "";
  socket.on("data", (bytes) => (received += bytes.toString()));
  const body = JSON.stringify({ query: `{ member(id: "${one}") { id } }` });
  const head = [
    "POST /graphql HTTP/1.1",
    "host: x",
    `authorization: Bearer ${tokenOf()}`,
    "x-request-id: gone",
  ];
  const rest = ["content-type: application/json", `content-length: ${body.length}`];
  socket.write(`${[...head, ...rest].join("\r\n")}\r\n\r\n${body}`);
  await delay(300);
  socket.destroy();
  await lock.commitTransaction();
  await lock.release();
  for (let tries = 0; tries < 100 && (await rowsOf("gone", service)).length === 0; tries++) await delay(20);
  expect([received, await rowsOf("gone", service)]).toEqual(["", shown("member", [one, 0])]);
});

describe("the purpose of use", () => {
  const body = { query: `{ member(id: "${one}") { id } }` };
  const wrong = "The header x-purpose-of-use must be ";

  it.each(["", "two words", "x".repeat(65), "\u00e9"])("%j is refused", async (purpose) => {
    const requestId = newRequestId();
    const headers = { "x-purpose-of-use": purpose, "x-request-id": requestId };
    const { httpCode, text } = await served.post({ body, headers });
    expect([httpCode, text]).toEqual([400, expect.stringContaining(`${wrong}1 to 64 visible`)]);
    expect(await rowsOf(requestId, service)).toEqual([]);
  });

  it("must be given where it is demanded, on each route that tells of members", async () => {
    const strict = await serveRecorded(service, true);
    try {
      for (const [path, asked] of [["/graphql", body], ...files] as const) {
        const { httpCode, text } = await strict.post({ path, body: asked });
        expect([httpCode, text]).toEqual([400, expect.stringContaining(`${wrong}given, 1 to 64 visible`)]);
        const headers = { "x-purpose-of-use": "x".repeat(64) };
        expect((await strict.post({ path, body: asked, headers })).httpCode).toBe(200);
      }
    } finally {
      await strict.stop();
    }
  });
});

test("nothing of all this is in the service's own log", () => {
  expect(served.logged()).toContain("request could not be served");
  expect(served.logged()).not.toMatch(/MEMBER|CLAIM|NOBODY|PURPOSE|STORED|COPY|anne|portal/);
});
