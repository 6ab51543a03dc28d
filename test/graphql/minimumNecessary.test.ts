import { GraphQLObjectType } from "graphql";
import { buildSchema } from "../../src/graphql/schema";
import { Place, placesOf, rootPlaces, shownBelow, typeOf } from "./authorization";
import { Given, line, session, submission } from "./claims";
import { declared, review, reviewDocument, sendReview } from "./correcting";
import { Asking, serveOverHttp, ServedService } from "./servedOverHttp";

/*
 * One provider's claims are on file; another's claim is about the same member. The selections are everything
 * that the schema shows to a token with one scope.
 */

const schema = buildSchema();

const theirs = {
  memberId: "M1",
  billingProviderNpi: "1000000004",
  renderingProviderNpi: "1900000005",
  benefitPlanId: "THEIR-PLAN",
  providerContractId: "THEIR-CONTRACT",
  lines: [line({ chargeAmount: "7731.00", diagnosisCodes: ["M5416"], modifiers: ["KX"] })],
};
const theirSecrets = [
  ...[
    "THEIR",
    "1000000004",
    "1900000005",
    "7731.00",
    "M5416",
    "62323",
    "KX",
    "dr.reviewer",
    "Appeal",
    "DOC-1",
  ],
];
const ours = { memberId: "M1", claimNumber: "OURS-1", lines: [line({ procedureCode: "64483" })] };

const portal: Asking = { clientId: "portal", scopes: ["history:read"] };
const submitter: Asking = { clientId: "our-client", scopes: ["claims:submit"] };

const days = ["2025-01-15", "2025-04-15", "2025-07-15", "2025-10-15"];

let served: ServedService;
let theirIds: string[];
beforeAll(async () => {
  served = await serveOverHttp();
  await declared(served, { source: "PROVIDER_CONTRACT", key: "THEIR-CONTRACT" });
  theirIds = [];
  for (const dateOfService of days) theirIds.push(await decideTheirs({ dateOfService }));
  const { decision } = await sendReview(served, review("M1", theirIds[0]), { subject: "dr.reviewer" });
  expect(decision?.disposition).toBe("APPROVED");
});
afterAll(() => served.stop());

async function decideTheirs(given: Given): Promise<string> {
  const claimNumber = `THEIR-${String(given.dateOfService)}`;
  const input = submission({ ...theirs, claimNumber, ...given }, claimNumber);
  const { submitClaimSession } = await served.fields<{ submitClaimSession: { decision: { id: string } } }>(
    "mutation ($input: SubmitClaimSessionInput!) { submitClaimSession(input: $input) { decision { id } } }",
    { input },
    { clientId: "THEIR-CLIENT" },
  );
  return submitClaimSession.decision.id;
}

/** They name codes that claims bill too. */
const ofPolicy = ["PolicyVersion", "Interpretation"];

/** All that is shown below a root field for no more than its own scope; of the policy only ids. */
function allShown(rootName: string): string {
  const [root] = rootPlaces(schema).filter(({ field }) => field.name === rootName);
  return selectionOf(typeOf(root.field), shownBelow(root), []);
}

function selectionOf(
  type: GraphQLObjectType | undefined,
  shown: readonly string[],
  above: readonly GraphQLObjectType[],
): string {
  if (!type) return "";
  if (ofPolicy.includes(type.name) || above.includes(type)) return "{ id }";
  const selected = placesOf(type)
    .filter(({ coordinate }) => shown.includes(coordinate))
    .map(
      (place) => `${place.field.name}${argumentsOf(place)} ${selectionBelow(place, shown, [...above, type])}`,
    );
  return `{ ${selected.join(" ")} }`;
}

function selectionBelow({ field }: Place, shown: readonly string[], above: GraphQLObjectType[]): string {
  return selectionOf(typeOf(field), shown, above);
}

function argumentsOf({ coordinate }: Place): string {
  return coordinate === "Member.allowance" ? '(region: LUMBAR_SACRAL, on: "2025-12-01")' : "";
}

/** As words of their own: the digits of an id may spell a code. */
function secretsIn(text: string): string[] {
  return theirSecrets.filter((secret) => new RegExp(`\\b${secret.replace(".", "\\.")}\\b`).test(text));
}

const submitAsking = (): string =>
  `mutation ($input: SubmitClaimSessionInput!) { submitClaimSession(input: $input) ${allShown("submitClaimSession")} }`;
const previewAsking = (): string =>
  `query ($session: ClaimSessionInput!) { previewClaimSession(session: $session) ${allShown("previewClaimSession")} }`;

test("whoever may read all decisions finds every one of the other provider's words", async () => {
  const { text } = await served.ask(
    `{ decisions(first: 10) { nodes { claimNumber explanation
         session { billingProviderNpi renderingProviderNpi benefitPlanId providerContractId }
         lines { procedureCode modifiers chargeAmount } review { reviewer } audit { opening { record } } } } }`,
  );
  expect(secretsIn(text)).toEqual(theirSecrets);
});

test("a portal sees dates, counts and dispositions of all that is on file, and none of its content", async () => {
  const query = `query ($id: ID!) { member(id: $id) ${allShown("member")} }`;
  const { text, data, errors } = await served.ask(query, { id: "M1" }, portal);
  expect(errors).toBeUndefined();
  expect(secretsIn(text)).toEqual([]);
  expect(data).toMatchObject({
    member: {
      historyOnFileSince: days[0],
      sessions: days.map((dateOfService) => ({ region: "LUMBAR_SACRAL", dateOfService })),
      allowance: {
        nextEligibleDate: "2026-01-15",
        limits: [
          { sessions: 4, used: 4, left: 0, counted: days.map((dateOfService) => ({ dateOfService })) },
        ],
      },
      decisions: {
        totalCount: 5,
        nodes: [
          {
            kind: "REVIEW",
            disposition: "APPROVED",
            dateOfService: days[0],
            supersedes: { id: theirIds[0] },
          },
          ...[...days].reverse().map((dateOfService) => ({
            ...{ kind: "ADJUDICATION", disposition: "APPROVED", dateOfService },
            lines: [{ lineNumber: 1, region: "LUMBAR_SACRAL", disposition: "ALLOWED" }],
          })),
        ],
      },
    },
  });
});

test.each<[string, Given]>([
  ["denied for other claims", {}],
  ["pended for the contrary region of the day", { claimType: "FACILITY", dateOfService: days[1] }],
  ["about a day that another provider shares", { dateOfService: days[2] }],
])("a preview %s names dates, counts and ids of decisions, and no other claim", async (_, given) => {
  const about = { ...ours, dateOfService: "2025-12-01", ...given };
  const contrary = given.claimType ? [line({ procedureCode: "64479" })] : about.lines;
  const { text, errors } = await served.ask(
    previewAsking(),
    { session: session({ ...about, lines: contrary }) },
    submitter,
  );
  expect(errors).toBeUndefined();
  expect(secretsIn(text)).toEqual([]);
  expect(theirIds.slice(1).some((id) => text.includes(id))).toBe(true);
});

test("a submitter sees all of its own decision, and of the others no more than its finding needs", async () => {
  const input = submission({ ...ours, dateOfService: "2025-12-01" }, "our-key");
  const { text, errors, data } = await served.ask(submitAsking(), { input }, submitter);
  expect(errors).toBeUndefined();
  expect(secretsIn(text)).toEqual([]);
  expect(data).toMatchObject({
    submitClaimSession: {
      decision: {
        claimNumber: "OURS-1",
        disposition: "DENIED",
        session: { billingProviderNpi: "1500000009" },
        priorSessions: days.map((dateOfService) => ({ dateOfService })),
        lines: [
          { procedureCode: "64483", findings: expect.any(Array), adjustments: [{ ruleId: "ESI-FREQUENCY" }] },
        ],
      },
    },
  });
  const again = await served.ask(
    `{ decisionByIdempotencyKey(memberId: "M1", idempotencyKey: "our-key") ${allShown("decisionByIdempotencyKey")} }`,
    {},
    submitter,
  );
  expect(again.errors).toBeUndefined();
  expect(again.text).toContain("OURS-1");
});

test("a refusal names the decision in the way by its id alone", async () => {
  const input = submission({ ...ours, claimNumber: `THEIR-${days[1]}`, dateOfService: days[1] }, "taken");
  const { text, data } = await served.ask(submitAsking(), { input }, submitter);
  expect(data).toMatchObject({
    submitClaimSession: { userErrors: [{ code: "CLAIM_ALREADY_DECIDED", decisionId: theirIds[1] }] },
  });
  expect(secretsIn(text)).toEqual([]);
});

test("whoever replaces a claim that was reviewed sees what became of it, and no word of the review", async () => {
  const original = submission({ memberId: "SHOWN" }, "k1");
  const first = await served.fields<{ submitClaimSession: { decision: { id: string } } }>(
    ...([submitAsking(), { input: original }, submitter] as const),
  );
  const upheld = review("SHOWN", first.submitClaimSession.decision.id);
  await sendReview(served, upheld, { subject: "dr.reviewer" });
  const replacement = { claimNumber: "A2", frequency: "REPLACEMENT", originalClaimNumber: "A1" };
  const input = submission({ memberId: "SHOWN", ...replacement }, "k2");
  const asking = (before: string) => `mutation ($input: SubmitClaimSessionInput!) {
    submitClaimSession(input: $input) { decision { disposition isEffective supersedes { ${before} } } }
  }`;
  for (const hidden of ["explanation", "review { reason }", "claimNumber", "supersedes { id }"]) {
    const { errors } = await served.ask(asking(hidden), { input }, submitter);
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
  const { text, data } = await served.ask(
    ...([
      asking("id kind disposition memberSequence lines { lineNumber disposition }"),
      { input },
      submitter,
    ] as const),
  );
  expect(secretsIn(text)).toEqual([]);
  const before = {
    kind: "REVIEW",
    disposition: "APPROVED",
    memberSequence: 2,
    lines: [{ disposition: "ALLOWED" }],
  };
  expect(data).toMatchObject({
    submitClaimSession: { decision: { disposition: "APPROVED", isEffective: true, supersedes: before } },
  });
});

test("whoever submitted sees that a reviewer decided otherwise, and not who", async () => {
  const input = submission({ memberId: "APPEALED" }, "appealed");
  const { submitClaimSession } = await served.fields<{ submitClaimSession: { decision: { id: string } } }>(
    submitAsking(),
    { input },
    submitter,
  );
  const reviewing = { subject: "dr.reviewer", scopes: ["decisions:review"] } as const;
  const upheld = review("APPEALED", submitClaimSession.decision.id);
  expect(await served.fields(reviewDocument, { input: upheld }, reviewing)).toMatchObject({
    answer: { decision: { kind: "REVIEW" } },
  });
  const { text, data } = await served.ask(submitAsking(), { input }, submitter);
  expect(data).toMatchObject({ submitClaimSession: { replayed: true, decision: { isEffective: false } } });
  expect(secretsIn(text)).not.toContain("dr.reviewer");
});
