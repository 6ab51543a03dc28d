import { getOperationAST, parse, validate } from "graphql";
import { scopesNeeded } from "../../src/graphql/operationScopes";
import { buildSchema } from "../../src/graphql/schema";
import { submission } from "./claims";
import { serveOverHttp, ServedService, tokenOf } from "./servedOverHttp";

const schema = buildSchema();

function needed(text: string, operationName?: string): string[] {
  const document = parse(text);
  const operation = getOperationAST(document, operationName);
  expect(validate(schema, document)).toEqual([]);
  if (!operation) throw new Error("the document of this test has no such operation");
  return [...scopesNeeded(schema, document, operation)].sort();
}

test.each([
  ["a root field", `{ decision(id: "x") { id } }`, ["decisions:read"]],
  ["an alias", `{ policyVersions: decision(id: "x") { id: claimNumber } }`, ["decisions:read"]],
  [
    "a root field that a directive leaves out",
    `{ policyVersions { id } decision(id: "x") @skip(if: true) { id } }`,
    ["decisions:read"],
  ],
  [
    "a field that a directive leaves out",
    `{ member(id: "x") { decisions { nodes { id explanation @include(if: false) } } } }`,
    ["decisions:read", "history:read"],
  ],
  [
    "a field of an inline fragment",
    `{ ... { member(id: "x") { ... on Member { ... { sessions { ... @skip(if: true) { procedureCodes } } } } } } }`,
    ["decisions:read", "history:read"],
  ],
  [
    "a field of a fragment in a fragment",
    `{ ...Root } fragment Root on Query { member(id: "x") { decisions { nodes { ...Outer } } } }
     fragment Outer on Decision { lines { ...Inner } } fragment Inner on LineDecision { units }`,
    ["decisions:read", "history:read"],
  ],
  [
    "a fragment that is free below one root field, and not below the other",
    `{ decisionByIdempotencyKey(memberId: "x", idempotencyKey: "k") { ...Said }
       member(id: "x") { decisions { nodes { ...Said } } } } fragment Said on Decision { explanation }`,
    ["claims:submit", "decisions:read", "history:read"],
  ],
  [
    "what it takes in the reply of a mutation, which is less",
    `mutation ($input: ReviewDecisionInput!) { reviewDecision(input: $input) {
       decision { claimNumber review { reviewer } audit { receipt } supersedes { session { claimType } } } } }`,
    ["decisions:review"],
  ],
  [
    "what became of the decision before one's own",
    `mutation ($input: SubmitClaimSessionInput!) { submitClaimSession(input: $input) { decision { explanation
       supersedes { id kind disposition dateOfService decidedAt isEffective lines { lineNumber disposition } } } } }`,
    ["claims:submit"],
  ],
  ...["explanation", "claimNumber", "supersedes { id }", "supersededBy { id }", "lines { units }"].map(
    (field): [string, string, string[]] => [
      `${field.split(" ")[0]} of the decision before one's own`,
      `{ decisionByIdempotencyKey(memberId: "x", idempotencyKey: "k") { ...Said } }
       fragment Said on Decision { id supersedes { ${field} } }`,
      ["claims:submit", "decisions:read"],
    ],
  ),
  [
    "the same in a history, which shows no more",
    `{ member(id: "x") { decisions { nodes { supersedes { id supersedes { supersededBy { id } } } } } } }`,
    ["history:read"],
  ],
  [
    "a fragment that is free in one's own decision, and not in the one before it",
    `{ decisionByIdempotencyKey(memberId: "x", idempotencyKey: "k") { ...Said supersedes { ...Said } } }
     fragment Said on Decision { claimNumber }`,
    ["claims:submit", "decisions:read"],
  ],
  ["nothing for what GraphQL knows of itself", `{ __typename __schema { types { name } } }`, []],
  ["nothing for the policy", `{ policyVersions { __typename id rules { citations { title } } } }`, []],
])("an operation needs the scopes of %s", (_, text, scopes) => {
  expect(needed(text)).toEqual(scopes);
});

test("of a document with several operations the one that is run counts, with its fragments", () => {
  const text = `query Policy { policyVersions { ...Id } } fragment Id on PolicyVersion { id }
    query Member { member(id: "x") { ...Codes } } fragment Codes on Member { sessions { procedureCodes } }`;
  expect(needed(text, "Policy")).toEqual([]);
  expect(needed(text, "Member")).toEqual(["decisions:read", "history:read"]);
});

test("fragments that each spread the next one twice are looked into once", () => {
  const bomb = Array.from(
    { length: 19 },
    (_, n) => `fragment F${n} on Decision { ...F${n + 1} ...F${n + 1} }`,
  );
  const text = `{ decision(id: "x") { ...F0 } } ${bomb.join(" ")} fragment F19 on Decision { audit { leaf } }`;
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("the document of this test has no operation");
  let looks = 0;
  const counting = new Proxy(schema, {
    get(target, name) {
      if (name === "getType") looks += 1;
      return Reflect.get(target, name);
    },
  });
  expect([...scopesNeeded(counting, document, operation)]).toEqual(["decisions:read", "audit:read"]);
  expect(looks).toBe(20);
});

describe("a caller whose token lacks a scope", () => {
  let served: ServedService;
  beforeAll(async () => {
    served = await serveOverHttp();
  });
  afterAll(() => served.stop());

  async function send(query: string, granted: Parameters<typeof tokenOf>[0]): Promise<Response> {
    return fetch(served.url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${tokenOf(granted)}` },
      body: JSON.stringify({ query, variables: { sent: [submission()] } }),
    });
  }

  it("is told which, in words and in the header that clients read", async () => {
    const query = `{ memberCompleteness(memberId: "M1") { head } member(id: "M1") { id } }`;
    const reply = await send(query, { scopes: ["history:read", "claims:submit"] });
    expect(reply.status).toBe(403);
    expect(reply.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="audit:read decisions:read history:read"',
    );
    expect(await reply.json()).toEqual({
      errors: [
        {
          message: "The token lacks scopes that this operation needs: audit:read, decisions:read.",
          extensions: { code: "FORBIDDEN", retryable: false, requestId: reply.headers.get("x-request-id") },
        },
      ],
    });
  });

  it("has nothing of the operation run, whatever the token grants for the rest of it", async () => {
    const reply = await send(`query { policyVersions { id } member(id: "M1") { id } }`, { scopes: [] });
    expect(await reply.json()).not.toHaveProperty("data");
    const mutation = `mutation ($sent: [SubmitClaimSessionInput!]!) {
      submitClaimSessions(inputs: $sent) { decision { supersededBy { id } } } }`;
    expect((await send(mutation, { scopes: ["claims:submit"] })).status).toBe(403);
    const stored = await served.service.database.query<object[]>("select 1 from decision");
    expect(stored).toEqual([]);
  });

  it("may still ask GraphQL what it knows of itself", async () => {
    const reply = await send(`{ __type(name: "Decision") { name } }`, { scopes: [] });
    expect(await reply.json()).toEqual({ data: { __type: { name: "Decision" } } });
  });
});
