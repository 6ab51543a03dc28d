import { GraphQLField, isRequiredArgument } from "graphql";
import { Scope, scopes } from "../../src/access/scopes";
import { buildSchema } from "../../src/graphql/schema";
import { history, session, submission } from "./claims";
import { review, sixInOhio } from "./correcting";
import { serveSealed, SealedService } from "./sealedOverHttp";
import { decided } from "./submitting";

/** The scopes that each root field needs; null where any valid token will do. */
const needed: Readonly<Record<string, Scope | readonly Scope[] | null>> = {
  submitClaimSession: "claims:submit",
  submitClaimSessions: "claims:submit",
  importSessions: "history:import",
  reviewDecision: "decisions:review",
  declarePolicyException: "policy:write",
  endPolicyException: "policy:write",
  previewClaimSession: "claims:submit",
  decision: "decisions:read",
  decisions: "decisions:read",
  decisionByIdempotencyKey: "claims:submit",
  member: "history:read",
  readjudicationCandidates: "decisions:read",
  replayDecision: "decisions:read",
  auditKeys: "audit:read",
  auditCheckpoint: "audit:read",
  auditProof: "audit:read",
  auditConsistency: "audit:read",
  auditEntries: "audit:read",
  memberCompleteness: ["audit:read", "decisions:read"],
  policyInForce: null,
  policyVersions: null,
  policyExceptions: null,
};

const given: Record<string, unknown> = {
  "submitClaimSession.input": submission(),
  "submitClaimSessions.inputs": [submission()],
  "importSessions.inputs": [history()],
  "reviewDecision.input": review("M1", "x"),
  "declarePolicyException.input": sixInOhio(),
  "endPolicyException.input": { exceptionId: "x", effectiveTo: "2025-01-01", citation: "Notice 9" },
  "previewClaimSession.session": session(),
  "decision.id": "x",
  "decisionByIdempotencyKey.memberId": "M1",
  "decisionByIdempotencyKey.idempotencyKey": "k",
  "member.id": "M1",
  "auditProof.decisionId": "x",
  "auditEntries.from": "0",
  "memberCompleteness.memberId": "M1",
  "policyInForce.on": "2025-01-01",
};

const schema = buildSchema();
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});

let served: SealedService;
beforeAll(async () => {
  served = await serveSealed();
  given["replayDecision.id"] = await decided(served, "REPLAYED", { claimNumber: "A1" });
  const size = await served.seal();
  given["auditConsistency.first"] = size;
  given["auditConsistency.second"] = size;
});
afterAll(() => served.stop());

/** Asks for nothing but the name of the field's type, with the arguments that it cannot do without. */
async function codesFor(field: GraphQLField<unknown, unknown>, granted: readonly Scope[]): Promise<string[]> {
  const args = field.args.filter(isRequiredArgument);
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = args.map(({ name }) => `${name}: $${name}`).join(", ");
  const kind = mutations.includes(field) ? "mutation" : "query";
  const head =
    args.length > 0 ? `${kind} (${declared}) { ${field.name}(${passed})` : `${kind} { ${field.name}`;
  const variables = Object.fromEntries(args.map(({ name }) => [name, given[`${field.name}.${name}`]]));
  const { errors = [] } = await served.ask(`${head} { __typename } }`, variables, { scopes: granted });
  return errors.map(({ extensions }) => extensions.code);
}

test("every root field has a rule, and no rule is about a field that is not there", () => {
  expect([...queries, ...mutations].map(({ name }) => name).sort()).toEqual(Object.keys(needed).sort());
});

test.each([...queries, ...mutations])("$name takes its scopes and no other", async (field) => {
  const own = [needed[field.name] ?? []].flat();
  const refused = own.length > 0 ? ["FORBIDDEN"] : [];
  const others = scopes.filter((one) => !own.includes(one));
  expect(await codesFor(field, others)).toEqual(refused);
  expect(await codesFor(field, [])).toEqual(refused);
  for (const lacking of own)
    expect(
      await codesFor(
        field,
        own.filter((one) => one !== lacking),
      ),
    ).toEqual(refused);
  expect(await codesFor(field, own)).toEqual([]);
});

test("a mutation that is refused stores nothing", async () => {
  const ask = `mutation ($input: SubmitClaimSessionInput!) {
    submitClaimSession(input: $input) { replayed }
  }`;
  const input = submission({ memberId: "UNTOUCHED" });
  const refused = await served.ask(ask, { input }, { scopes: ["decisions:read"] });
  expect(refused.errors).toMatchObject([
    { message: "The token lacks a scope that this operation needs.", extensions: { code: "FORBIDDEN" } },
  ]);
  expect(await served.fields(ask, { input })).toEqual({ submitClaimSession: { replayed: false } });
});

test("a submission shows its decision and what that supersedes without the scope to read them", async () => {
  const ask = `mutation ($input: SubmitClaimSessionInput!) {
    submitClaimSession(input: $input) { decision { disposition supersedes { claimNumber } isEffective } }
  }`;
  const asking = { scopes: ["claims:submit"] } as const;
  await served.fields(ask, { input: submission({ memberId: "SHOWN" }) }, asking);
  const replacement = {
    memberId: "SHOWN",
    claimNumber: "A2",
    frequency: "REPLACEMENT",
    originalClaimNumber: "A1",
  };
  expect(await served.fields(ask, { input: submission(replacement, "k2") }, asking)).toEqual({
    submitClaimSession: {
      decision: { disposition: "APPROVED", supersedes: { claimNumber: "A1" }, isEffective: true },
    },
  });
});
