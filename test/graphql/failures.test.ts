import { databaseProxy, DatabaseProxy } from "../cases/proxy";
import { freshService, serviceOn, TestService } from "../cases/testService";
import { history, session, submission } from "./claims";
import {
  declareDocument,
  endDocument,
  exceptionsDocument,
  review,
  reviewDocument,
  sixInOhio,
} from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";

const operations: [string, string, object][] = [
  [
    "submitClaimSession",
    "mutation ($input: SubmitClaimSessionInput!) { submitClaimSession(input: $input) { replayed } }",
    { input: submission({ memberId: "CANARY7731" }) },
  ],
  [
    "importSessions",
    "mutation ($inputs: [HistoricalSessionInput!]!) { importSessions(inputs: $inputs) { replayed } }",
    { inputs: [history({ memberId: "CANARY7731" })] },
  ],
  [
    "previewClaimSession",
    "query ($session: ClaimSessionInput!) { previewClaimSession(session: $session) { disposition } }",
    { session: session({ memberId: "CANARY7731" }) },
  ],
  [
    "decision",
    "query ($id: ID!) { decision(id: $id) { id } }",
    { id: "00000000-0000-4000-8000-000000000000" },
  ],
  [
    "decisionByIdempotencyKey",
    'query ($id: ID!) { decisionByIdempotencyKey(memberId: $id, idempotencyKey: "k") { id } }',
    { id: "CANARY7731" },
  ],
  ["member's history", "query ($id: ID!) { member(id: $id) { historyOnFileSince } }", { id: "CANARY7731" }],
  ["member's sessions", "query ($id: ID!) { member(id: $id) { sessions { region } } }", { id: "CANARY7731" }],
  [
    "member's decisions",
    "query ($id: ID!) { member(id: $id) { decisions { nodes { id } } } }",
    { id: "CANARY7731" },
  ],
  [
    "member's count",
    "query ($id: ID!) { member(id: $id) { decisions { totalCount } } }",
    { id: "CANARY7731" },
  ],
  ["reviewDecision", reviewDocument, { input: review("CANARY7731", "x") }],
  ["declarePolicyException", declareDocument, { input: sixInOhio() }],
  [
    "endPolicyException",
    endDocument,
    { input: { exceptionId: "x", effectiveTo: "2025-01-01", citation: "N" } },
  ],
  ["policyExceptions", exceptionsDocument, {}],
  ["readjudicationCandidates", "{ readjudicationCandidates { edges { cursor } } }", {}],
  [
    "member's readjudicationCandidates",
    "query ($id: ID!) { member(id: $id) { readjudicationCandidates { wouldBe } } }",
    { id: "CANARY7731" },
  ],
  [
    "member as known at an instant",
    'query ($id: ID!) { member(id: $id, asKnownAt: "2020-01-01T00:00:00Z") { id } }',
    { id: "CANARY7731" },
  ],
  [
    "member's allowance",
    `query ($id: ID!) {
      member(id: $id) { allowance(region: LUMBAR_SACRAL, on: "2025-01-01") { nextEligibleDate } }
    }`,
    { id: "CANARY7731" },
  ],
  [
    "replayDecision",
    "query ($id: ID!) { replayDecision(id: $id) { identical } }",
    { id: "00000000-0000-4000-8000-000000000000" },
  ],
];

describe("while the database cannot be reached", () => {
  let behind: TestService;
  let proxy: DatabaseProxy;
  let served: ServedService;

  beforeAll(async () => {
    behind = await freshService();
    proxy = await databaseProxy(behind.url);
    served = await serveOverHttp(await serviceOn(proxy.url));
    await proxy.close();
  });
  afterAll(async () => {
    await served.stop();
    await behind.close();
  });

  it.each(operations)(
    "%s is unavailable, to be sent again, and the caller learns no more",
    async (_, query, variables) => {
      const { errors, text } = await served.ask(query, variables);
      expect(errors?.length).toBeGreaterThan(0);
      for (const error of errors ?? []) {
        expect(error.message).toBe("The service cannot answer now; send the same request again.");
        expect(error.extensions).toMatchObject({ code: "UNAVAILABLE", retryable: true });
      }
      expect(text).not.toMatch(/ECONN|CANARY7731|Unavailable/);
    },
  );

  it("our log has the cause, and no member", () => {
    expect(served.logged()).toMatch(/"errorCode":"ECONNREFUSED"/);
    expect(served.logged()).not.toContain("CANARY7731");
  });

  it("an input of a wrong form is refused all the same, and the policy can be read", async () => {
    const [, query, variables] = operations[2];
    const wrong = await served.fields(query, JSON.parse(JSON.stringify(variables).replace("CANARY7731", "")));
    expect(wrong).toEqual({ previewClaimSession: { disposition: null } });
    expect(await served.fields("{ policyVersions { id } }")).toEqual({
      policyVersions: [{ id: "molina-esi@2021-12-12" }],
    });
  });
});

test("a fault of ours reaches the caller as nothing but its code", async () => {
  const service = await freshService();
  const served = await serveOverHttp({ ...service, newId: () => "CANARY7731 is no id" });
  const [, query, variables] = operations[0];
  const { errors, text } = await served.ask(query, variables);
  await served.stop();
  expect(errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR", retryable: false } }]);
  expect(`${text}${served.logged()}`).not.toContain("CANARY7731");
});
