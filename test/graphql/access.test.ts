import { Scope } from "../../src/access/scopes";
import { buildSchema } from "../../src/graphql/schema";
import { Place, reviewedNeeds, rootPlaces } from "./authorization";
import { history, session, submission } from "./claims";
import { declared, review, sixInOhio } from "./correcting";
import { grantsFor, operationFor, Way, waysBelow } from "./everyCell";
import { serveSealed, SealedService } from "./sealedOverHttp";
import { decided } from "./submitting";

/*
 * Every cell of the matrix of fields and scopes, over HTTP: the fields and the ways to them are those of the
 * schema, what they should need is authorization.golden.txt.
 */

const schema = buildSchema();
const needs = reviewedNeeds();

const given: Record<string, unknown> = {
  "Mutation.submitClaimSession.input": submission(),
  "Mutation.submitClaimSessions.inputs": [submission()],
  "Mutation.importSessions.inputs": [history()],
  "Mutation.declarePolicyException.input": sixInOhio({ key: "UT" }),
  "Query.previewClaimSession.session": session(),
  "Query.decisionByIdempotencyKey.memberId": "M1",
  "Query.decisionByIdempotencyKey.idempotencyKey": "key-1",
  "Query.member.id": "M1",
  "Member.allowance.region": "LUMBAR_SACRAL",
  "Member.allowance.on": "2025-06-01",
  "Query.auditEntries.from": "0",
  "Query.memberCompleteness.memberId": "M1",
  "Query.accessLog.memberId": "M1",
  "Query.policyInForce.on": "2025-01-01",
};

let served: SealedService;
beforeAll(async () => {
  served = await serveSealed();
  const id = await decided(served, "M2", { claimNumber: "A2" });
  given["Mutation.reviewDecision.input"] = review("M2", id);
  const exceptionId = await declared(served);
  const ending = { exceptionId, effectiveTo: "2025-01-01", citation: "Notice 9" };
  given["Mutation.endPolicyException.input"] = ending;
  for (const name of ["decision.id", "auditProof.decisionId", "replayDecision.id"])
    given[`Query.${name}`] = id;
  const size = await served.seal();
  given["Query.auditConsistency.first"] = size;
  given["Query.auditConsistency.second"] = size;
});
afterAll(() => served.stop());

/** How an operation with some scopes is answered, where that is not as the table says. */
async function surprise(way: Way, granted: readonly Scope[]): Promise<string[]> {
  const { query, variables } = operationFor(way, schema, given);
  const { errors = [], statusCode } = await served.ask(query, variables, { scopes: granted });
  const codes = errors.map(({ extensions }) => extensions.code).join();
  const isGranted = way.needed.every((scope) => granted.includes(scope));
  const isAsExpected = isGranted
    ? codes === "" && statusCode === 200
    : codes === "FORBIDDEN" && statusCode === 403;
  return isAsExpected ? [] : [`${way.to} with [${granted.join(" ")}]: ${statusCode} ${codes} to ${query}`];
}

test.each(rootPlaces(schema))(
  "$coordinate and what is below it take their scopes",
  async (root: Place) => {
    const found: string[] = [];
    let cells = 0;
    const ways = waysBelow(root, needs);
    for (const way of ways) {
      const grants = grantsFor(way, ways[0]);
      cells += grants.length;
      found.push(...(await Promise.all(grants.map((granted) => surprise(way, granted)))).flat());
    }
    expect(found).toEqual([]);
    expect(cells).toBeGreaterThanOrEqual(scopesAlone);
  },
  60_000,
);

/** Each scope alone, and none. */
const scopesAlone = 8;

test("a mutation that is refused stores nothing", async () => {
  const ask = `mutation ($input: SubmitClaimSessionInput!) {
    submitClaimSession(input: $input) { replayed }
  }`;
  const input = submission({ memberId: "UNTOUCHED" });
  const refused = await served.ask(ask, { input }, { scopes: ["decisions:read"] });
  expect(refused.errors).toMatchObject([
    {
      message: "The token lacks a scope that this operation needs: claims:submit.",
      extensions: { code: "FORBIDDEN" },
    },
  ]);
  expect(await served.fields(ask, { input })).toEqual({ submitClaimSession: { replayed: false } });
});
