import { openConnection } from "../../src/store/connection";
import { eraseMember } from "../../src/store/purges";
import { AgedStore, agedStore, decideFive, seal, today } from "../store/agedStore";
import { submission } from "./claims";
import { review, reviewDocument } from "./correcting";
import { Asking, serveOverHttp, ServedService } from "./servedOverHttp";
import { submitDocument } from "./submitting";

/* What a client may not see is answered as what is not there, byte for byte but for the id of the request. */

const never = "00000000-0000-4000-8000-000000000000";

let store: AgedStore;
let served: ServedService;
let kept: string;
let erased: string;

beforeAll(async () => {
  store = await agedStore();
  served = await serveOverHttp(store);
  [, erased] = (await decideFive(store, "GONE")).map(({ id }) => id);
  [kept] = (await decideFive(store, "KEPT")).map(({ id }) => id);
  const input = submission({ memberId: "GONE", claimNumber: "G9" }, "gone-key");
  await served.fields(submitDocument, { input });
  await seal(store);
  await store.setClock(today);
  const connection = await openConnection(store.url);
  await eraseMember(connection, "GONE", { retentionYears: 10, basis: "R-12" }, store.newId());
  await connection.close();
  await served.fields(submitDocument, {
    input: submission({ memberId: "KEPT", claimNumber: "K9" }, "the-key"),
  });
});
afterAll(() => served.stop());

interface Asked {
  readonly query: string;
  readonly variables?: object;
  readonly asking?: Asking;
}

/** How each of some requests is answered: once where they are answered alike. */
async function answersTo(requests: readonly Asked[]): Promise<string[]> {
  const answers: string[] = [];
  for (const { query, variables, asking } of requests) {
    const { statusCode, text } = await served.ask(query, variables, asking);
    answers.push(`${statusCode} ${text.replace(/"requestId":"[^"]+"/g, "")}`);
  }
  return [...new Set(answers)];
}

const byKey = `query ($memberId: ID!, $key: String!) {
  decisionByIdempotencyKey(memberId: $memberId, idempotencyKey: $key) { id disposition }
}`;

test("the key of another client, of another member, of an erased decision and of none", async () => {
  const submitter = (clientId: string): Asking => ({ clientId, scopes: ["claims:submit"] });
  const answers = await answersTo([
    { query: byKey, variables: { memberId: "KEPT", key: "the-key" }, asking: submitter("client-2") },
    { query: byKey, variables: { memberId: "OTHER", key: "the-key" }, asking: submitter("client-1") },
    { query: byKey, variables: { memberId: "GONE", key: "gone-key" }, asking: submitter("client-1") },
    { query: byKey, variables: { memberId: "KEPT", key: "no-key" }, asking: submitter("client-1") },
  ]);
  expect(answers).toEqual(['200 {"data":{"decisionByIdempotencyKey":null}}\n']);
  const own = {
    query: byKey,
    variables: { memberId: "KEPT", key: "the-key" },
    asking: submitter("client-1"),
  };
  expect(await answersTo([own])).not.toEqual(answers);
});

test("another client's key can be used as if it were new: it tells nothing of the first request", async () => {
  const input = submission({ memberId: "KEPT", claimNumber: "K10" }, "the-key");
  const [answer] = await answersTo([
    {
      query: submitDocument,
      variables: { input },
      asking: { clientId: "client-2", scopes: ["claims:submit"] },
    },
  ]);
  expect(answer).toContain('"replayed":false');
});

test("a review of a decision of another member, of an erased one, of none and of what is no id", async () => {
  const asking: Asking = { scopes: ["decisions:review"] };
  const of = (memberId: string, decisionId: string): Asked => {
    const input = review(memberId, decisionId, { idempotencyKey: "review" });
    return { query: reviewDocument, variables: { input }, asking };
  };
  const answers = await answersTo([
    of("OTHER", kept),
    of("OTHER", kept.toUpperCase()),
    of("KEPT", erased),
    of("GONE", erased),
    of("KEPT", never),
    of("KEPT", "x"),
    of("NOBODY", never),
  ]);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toContain("DECISION_NOT_FOUND");
  expect(await answersTo([of("KEPT", kept)])).not.toEqual(answers);
});

test("a decision by an id that is unknown, and by one that is none", async () => {
  const query = "query ($id: ID!) { decision(id: $id) { id } auditProof(decisionId: $id) { leaf } }";
  const ids = [never, "x", "", "\u0000", "KEPT"];
  expect(await answersTo(ids.map((id) => ({ query, variables: { id } })))).toEqual([
    '200 {"data":{"decision":null,"auditProof":null}}\n',
  ]);
});

test("a replay of a decision by an id that is unknown, and by one that is none", async () => {
  const query = "query ($id: ID!) { replayDecision(id: $id) { identical } }";
  const answers = await answersTo([never, "x", ""].map((id) => ({ query, variables: { id } })));
  expect(answers).toHaveLength(1);
  expect(answers[0]).toContain("id must be the id of a decision");
});

test("the history of a member that never was, and of one whose decisions were erased", async () => {
  const query = `query ($id: ID!) { member(id: $id) {
    historyOnFileSince sessions { region } decisions { totalCount nodes { id } pageInfo { hasNextPage } }
    allowance(region: LUMBAR_SACRAL, on: "2025-06-01") { limits { used left } nextEligibleDate }
    readjudicationCandidates { wouldBe } }
    memberCompleteness(memberId: $id) { head }
    decisions(filter: { memberId: $id }, first: 1) { totalCount nodes { id } } }`;
  const answers = await answersTo(["GONE", "NOBODY"].map((id) => ({ query, variables: { id } })));
  expect(answers).toHaveLength(1);
  expect(answers[0]).toContain('"historyOnFileSince":null');
});

test("a page of a member's decisions behind a place in another member's stream, and behind none", async () => {
  const paged = await served.fields<{ member: { decisions: { edges: { cursor: string }[] } } }>(
    `{ member(id: "KEPT") { decisions { edges { cursor } } } }`,
  );
  const [{ cursor }] = paged.member.decisions.edges;
  const query = `query ($after: String!) { member(id: "NOBODY") { decisions(after: $after) { totalCount } } }`;
  const cursors = [cursor, "bm8", "", "x".repeat(200)];
  const answers = await answersTo(cursors.map((after) => ({ query, variables: { after } })));
  expect(answers).toHaveLength(1);
  expect(answers[0]).toContain("BAD_USER_INPUT");
});

test("whatever is asked for without the scope, be it there, erased or not", async () => {
  const query = `query ($id: ID!, $memberId: ID!) { decision(id: $id) { id } member(id: $memberId) { id } }`;
  const about: [string, string][] = [
    [kept, "KEPT"],
    [erased, "GONE"],
    [never, "NOBODY"],
    ["x", " "],
  ];
  const asking: Asking = { scopes: ["claims:submit"] };
  const requests = about.map(([id, memberId]) => ({ query, variables: { id, memberId }, asking }));
  const answers = await answersTo(requests);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatch(/^403 .*"FORBIDDEN"/);
});
