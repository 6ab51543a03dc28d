import { getComplexity, fieldExtensionsEstimator, simpleEstimator } from "graphql-query-complexity";
import { Kind, parse } from "graphql";
import { buildSchema } from "../../src/graphql/schema";
import { documentLimits } from "../../src/http/documentLimits";
import { operationCost } from "../../src/http/operationCost";
import { submission } from "./claims";
import { everythingOf } from "./everything";

const schema = buildSchema();
const decision = everythingOf(schema, "Decision");
const line = everythingOf(schema, "LineDecision");

function costOf(source: string, variables: Record<string, unknown> = {}): number {
  const estimators = [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];
  return getComplexity({ schema, query: parse(source), variables, estimators });
}

const page = (first: string, selection: string): number =>
  costOf(`{ member(id: "M1") { decisions${first} { edges { cursor node ${selection} } totalCount } } }`);

const batch = (count: number, selection: string): number =>
  costOf(
    `mutation ($inputs: [SubmitClaimSessionInput!]!) { submitClaimSessions(inputs: $inputs) ${selection} }`,
    {
      inputs: Array.from({ length: count }, () => submission()),
    },
  );

const usual = `{
  replayed userErrors { code message field decisionId }
  decision {
    id disposition explanation memberSequence decidedAt reviewFlags lines ${line}
    priorSessions { region dateOfService }
  }
}`;

test("a page of 20 whole decisions, and even one of 50, is within the limit", () => {
  expect(page("", decision)).toBe(page("(first: 20)", decision));
  expect(page("(first: 50)", decision)).toBeLessThan(documentLimits.cost);
  expect(page("(first: 20)", decision)).toBeLessThan(documentLimits.cost / 3);
});

test("a batch of 100 that shows every line and finding is within the limit", () => {
  expect(batch(100, usual)).toBeLessThan(documentLimits.cost);
});

test("100 whole decisions at once are beyond the limit, as a page and as a batch", () => {
  expect(page("(first: 100)", decision)).toBeGreaterThan(documentLimits.cost);
  expect(batch(100, everythingOf(schema, "SubmitClaimSessionPayload"))).toBeGreaterThan(documentLimits.cost);
});

test("a page of a search costs what it holds, from whichever end it is asked for", () => {
  const found = (args: string): number => costOf(`{ decisions${args} { nodes ${decision} } }`);
  expect(found("(last: 50)")).toBe(found("(first: 50)"));
  expect(found("")).toBe(found("(last: 20)"));
  expect(found("(last: 100)")).toBeGreaterThan(documentLimits.cost);
});

const candidate = everythingOf(schema, "ReadjudicationCandidate");
const workList = (first: string, selection: string): number =>
  costOf(
    `{ readjudicationCandidates${first} { edges { cursor node ${selection} } pageInfo { endCursor } } }`,
  );

test("a page of 20 whole candidates and a whole member are within the limit, 100 whole candidates are not", () => {
  expect(workList("", candidate)).toBe(workList("(first: 20)", candidate));
  expect(workList("", candidate)).toBeLessThan(documentLimits.cost);
  expect(workList("(first: 100)", candidate)).toBeGreaterThan(documentLimits.cost);
  expect(costOf(`{ member(id: "M1") ${everythingOf(schema, "Member")} }`)).toBeLessThan(documentLimits.cost);
});

test("a candidate costs more than a decision that is only read", () => {
  const plain = "{ decision { id } wouldBe direction }";
  expect(workList("(first: 100)", plain)).toBeLessThan(documentLimits.cost);
  expect(workList("(first: 100)", plain)).toBeGreaterThan(
    2 * page("(first: 100)", "{ id kind disposition }"),
  );
});

test("all exceptions with all that is said of them are within the limit", () => {
  expect(costOf(`{ policyExceptions ${everythingOf(schema, "PolicyException")} }`)).toBeLessThan(
    documentLimits.cost,
  );
});

test("a count out of bounds costs what the bound costs, so that the refusal names the argument", () => {
  expect(page("(first: 2147483647)", "{ id }")).toBe(page("(first: 100)", "{ id }"));
  expect(page("(first: -5)", "{ id }")).toBe(page("(first: 1)", "{ id }"));
  expect(page("(first: null)", "{ id }")).toBe(page("(first: 20)", "{ id }"));
  expect(batch(101, "{ replayed }")).toBe(batch(100, "{ replayed }"));
});

test("counting costs the same beside a small page as beside a large one", () => {
  const costOfPage = (first: number, count: string): number => {
    const [operation] = parse(`{ decisions(first: ${first}) { nodes { id } ${count} } }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
    return operationCost(schema, operation, new Map(), {});
  };
  const difference = (first: number): number => costOfPage(first, "totalCount") - costOfPage(first, "");
  expect([difference(1), difference(100)]).toEqual([100, 116]);
});
