import { openConnection } from "../../src/store/connection";
import { eraseMember } from "../../src/store/purges";
import { AgedStore, agedStore, decideFive, seal, today } from "../store/agedStore";
import { review, sendReview } from "./correcting";
import { Reply, ServedService, serveOverHttp } from "./servedOverHttp";
import { statementsOf } from "./statements";

let store: AgedStore;
let served: ServedService;
let erased: string[];
let kept: string;

beforeAll(async () => {
  store = await agedStore();
  served = await serveOverHttp(store);
  erased = (await decideFive(store, "GONE-7731")).map(({ id }) => id);
  [kept] = (await decideFive(store, "KEPT")).map(({ id }) => id);
  await seal(store);
  await store.setClock(today);
  const connection = await openConnection(store.url);
  await eraseMember(connection, "GONE-7731", { retentionYears: 10, basis: "R-12" }, store.newId());
  await connection.close();
});
afterAll(() => served.stop());

const told = {
  message: "The content of this decision was erased after its retention; its leaf is still in the audit log.",
  extensions: { code: "DECISION_PURGED", retryable: false },
};

async function ask(query: string, id = erased[1]): Promise<Reply<unknown>> {
  const reply = await served.ask(query, { id });
  expect(reply.text).not.toContain("GONE-7731");
  return reply;
}

test("an erased decision is null, and an error says that it was erased", async () => {
  for (const id of [...erased, erased[0].toUpperCase()]) {
    const reply = await ask("query ($id: ID!) { decision(id: $id) { id } }", id);
    expect(reply).toMatchObject({ statusCode: 410, data: { decision: null }, errors: [told] });
    expect(reply.errors).toHaveLength(1);
  }
});

test("beside it other decisions are answered, and what never was stays a plain null", async () => {
  const never = "00000000-0000-4000-8000-000000000000";
  const reply = await ask(
    `query ($id: ID!) {
      gone: decision(id: $id) { id } kept: decision(id: "${kept}") { id } never: decision(id: "${never}") { id }
    }`,
  );
  expect(reply).toMatchObject({ statusCode: 200, data: { gone: null, kept: { id: kept }, never: null } });
  expect(reply.errors).toMatchObject([{ ...told, path: ["gone"] }]);
});

test("a replay of it is refused in the same words", async () => {
  const reply = await ask("query ($id: ID!) { replayDecision(id: $id) { identical } }");
  expect(reply).toMatchObject({ statusCode: 410, errors: [told] });
});

test("a review of it is refused as one of a decision that the member never had", async () => {
  const { userErrors } = await sendReview(served, review("GONE-7731", erased[1]));
  expect(userErrors).toMatchObject([{ code: "DECISION_NOT_FOUND", decisionId: null }]);
});

test("its member has no history any more, and no place on the work list", async () => {
  const reply = await served.fields(`{
    member(id: "GONE-7731") { historyOnFileSince decisions { totalCount } readjudicationCandidates { wouldBe } }
    readjudicationCandidates { edges { node { decision { memberId } } } }
  }`);
  expect(reply).toMatchObject({
    member: { historyOnFileSince: null, decisions: { totalCount: 0 }, readjudicationCandidates: [] },
    readjudicationCandidates: { edges: Array(4).fill({ node: { decision: { memberId: "KEPT" } } }) },
  });
});

test("no log line names the member, and a decision that is there costs no question whether it was erased", async () => {
  const statements = await statementsOf(() =>
    served.fields("query ($id: ID!) { decision(id: $id) { id } }", { id: kept }),
  );
  expect(statements).toHaveLength(1);
  expect(served.logged()).not.toContain("GONE-7731");
});
