import { buildSchema } from "../../src/graphql/schema";
import { documentLimits } from "../../src/http/documentLimits";
import { httpLimits } from "../../src/http/limitedServer";
import { Given, history, line, submission } from "./claims";
import { review, reviewDocument } from "./correcting";
import { everythingOf } from "./everything";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { batchDocument, importDocument, storedDecisions, submitAll, submitDocument } from "./submitting";

/* Each limit of what a request may hold: so many pass, and one more does not. */

let served: ServedService;
let decided: string;
beforeAll(async () => {
  served = await serveOverHttp();
  [decided] = await submitAll(served, "REVIEWED", [{}]);
});
afterAll(() => served.stop());

const times = (count: number): number[] => Array.from({ length: count }, (_, place) => place);
const x = (count: number): string => "x".repeat(count);
const lines = (count: number): object[] =>
  times(count).map((place) => line({ lineNumber: place + 1, procedureCode: "99213" }));
const claim = (given: Given): object => ({ input: submission({ memberId: "LIMITS", ...given }) });
const withLine = (given: Given): object => claim({ lines: [line({ procedureCode: "99213", ...given })] });
const reviewed = (given: Given): object => ({ input: review("REVIEWED", decided, given) });

type Row = [what: string, most: number, document: string, of: (count: number) => object, fault: string];

const page = "query ($first: Int) { decisions(first: $first) { nodes { id } } }";
const entries = `query ($first: Int) { auditEntries(from: "0", first: $first) { leafIndex } }`;

test.each<Row>([
  ["characters of an id", 64, submitDocument, (count) => claim({ memberId: x(count) }), "memberId"],
  ["characters of a key", 255, submitDocument, keyed, "idempotencyKey"],
  ["characters of a reason", 2_000, reviewDocument, (count) => reviewed({ reason: x(count) }), "reason"],
  ["characters of another text", 500, importDocument, imported, "sourceSystem"],
  ["lines", 50, submitDocument, (count) => claim({ lines: lines(count) }), "lines"],
  ["units", 999, submitDocument, (units) => withLine({ units }), "units"],
  ["modifiers", 4, submitDocument, (count) => withLine({ modifiers: Array(count).fill("59") }), "modifiers"],
  ["diagnosis codes", 12, submitDocument, diagnosed, "diagnosisCodes"],
  ["inputs of a batch", 100, batchDocument, (count) => ({ inputs: batch(count) }), "inputs"],
  ["inputs of an import", 100, importDocument, (count) => ({ inputs: batch(count, true) }), "inputs"],
  ["decisions of a page", 100, page, (first) => ({ first }), "first"],
  ["entries of the log", 256, entries, (first) => ({ first }), "first"],
])("%s: at most %i", async (_, most, document, of, place) => {
  const longest = await served.ask(document, of(most));
  expect([longest.statusCode, longest.text.includes("INVALID_INPUT")]).toEqual([200, false]);
  expect(longest.errors).toBeUndefined();
  const tooLong = await served.ask(document, of(most + 1));
  expect(tooLong.text).toMatch(/"INVALID_INPUT"|"BAD_USER_INPUT"/);
  expect(tooLong.text).toMatch(place);
});

test.each([0, 1_000])("units are no %i", async (units) => {
  const { text } = await served.ask(submitDocument, withLine({ units }));
  expect(text).toContain("INVALID_INPUT");
});

test("a page is of 20 where no count is given", async () => {
  await submitAll(
    served,
    "PAGED",
    times(21).map((place) => ({ claimNumber: `P${place}` })),
  );
  const { decisions } = await served.fields<{ decisions: { nodes: object[] } }>(page);
  expect(decisions.nodes).toHaveLength(20);
});

describe("a batch of large claims", () => {
  const everything = everythingOf(buildSchema(), "LineDecision");
  const document = `mutation ($inputs: [SubmitClaimSessionInput!]!) {
    answers: submitClaimSessions(inputs: $inputs) { decision { lines ${everything} } userErrors { code } }
  }`;
  const governed = times(50).map((place) =>
    line({ lineNumber: place + 1, procedureCode: "64484", modifiers: ["RT", "59"], units: 9 }),
  );
  const large = (count: number): object => ({
    inputs: times(count).map((place) => submission({ memberId: `LARGE${place}`, lines: governed })),
  });
  const costOf = (text: string): number => Number(/Too costly: (\d+)/.exec(text)?.[1]);

  test("is refused before it is decided where its answer would be longer than some 8 MiB", async () => {
    const before = await storedDecisions(served);
    const refused = await served.ask(document, large(100));
    expect([refused.statusCode, refused.errors?.[0]?.extensions.code]).toEqual([400, "TOO_COMPLEX"]);
    expect(await storedDecisions(served)).toBe(before);
    const most = Math.floor((documentLimits.cost * 100) / costOf(refused.text));
    const { statusCode, text } = await served.ask(document, large(most));
    expect(statusCode).toBe(200);
    expect(text.length).toBeLessThan(4 * httpLimits.answerBytes);
  }, 30_000);
});

function keyed(count: number): object {
  return { input: submission({ memberId: "KEYED", claimNumber: `K${count}` }, x(count)) };
}

function imported(count: number): object {
  return { inputs: [history({ memberId: "IMPORTED", sourceSystem: x(count) })] };
}

function diagnosed(count: number): object {
  return withLine({ diagnosisCodes: Array(count).fill("M54.16") });
}

function batch(count: number, isImport = false): object[] {
  return times(count).map((place) => {
    const given = { memberId: `B${place}`, claimNumber: `${isImport ? "I" : "S"}${count}` };
    return isImport ? history(given) : submission(given, `batch-${count}`);
  });
}
