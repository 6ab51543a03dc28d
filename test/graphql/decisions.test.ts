import { buildSchema } from "../../src/graphql/schema";
import { line, submission } from "./claims";
import { everythingOf } from "./everything";
import { serveOverHttp, ServedService } from "./servedOverHttp";

/** A whole decision; only what these tests look into is named. */
interface Whole {
  id: string;
  policyVersion: object | null;
  interpretations: { id: string }[];
}

const everything = everythingOf(buildSchema(), "Decision");
const SUBMIT = `mutation ($input: SubmitClaimSessionInput!) {
  answer: submitClaimSession(input: $input) { decision ${everything} }
}`;
const IMPORT = `mutation ($inputs: [HistoricalSessionInput!]!) {
  answers: importSessions(inputs: $inputs) { decision ${everything} }
}`;
const READ = `query ($id: ID!) { decision(id: $id) ${everything} }`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const submit = async (input: object): Promise<Whole> =>
  (await served.fields<{ answer: { decision: Whole } }>(SUBMIT, { input })).answer.decision;
const read = async (id: unknown): Promise<Whole | null> =>
  (await served.fields<{ decision: Whole | null }>(READ, { id })).decision;
describe("a decision", () => {
  it("shows what was billed, what became of it and what it rests on, and reads the same later", async () => {
    const lines = [line({ modifiers: ["RT"] }), line({ lineNumber: 2, procedureCode: "J3301", units: 4 })];
    const decision = await submit(submission({ memberId: "WHOLE", lines, benefitPlanId: "PLAN-1" }));
    expect(await read(decision.id)).toEqual(decision);
    expect(decision).toMatchObject({
      kind: "ADJUDICATION",
      disposition: "APPROVED",
      memberId: "WHOLE",
      memberSequence: 1,
      decidedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      dateOfService: "2025-05-12",
      claimNumber: "A1",
      explanation: expect.stringContaining("Line 2 (J3301) is not governed by this policy"),
      session: {
        claimType: "PROFESSIONAL",
        lineOfBusiness: "MEDICAID",
        frequency: "ORIGINAL",
        stateOfService: "TX",
        placeOfService: "11",
        billingProviderNpi: "1500000009",
        renderingProviderNpi: "1234567893",
        benefitPlanId: "PLAN-1",
        providerContractId: null,
      },
      reviewFlags: [],
      priorSessions: [],
      exceptionsConsidered: [],
      supersedes: null,
      supersededBy: null,
      isEffective: true,
      review: null,
    });
  });

  it("names its policy version and the readings that it relies on", async () => {
    const { policyVersion, interpretations } = await submit(submission({ memberId: "READINGS" }));
    const [version] = served.service.policyVersions;
    expect(policyVersion).toMatchObject({
      id: version.id,
      contentHash: version.contentHash,
      content: version.content,
    });
    const ids = interpretations.map(({ id }) => id);
    expect(ids).toEqual([
      "I-01",
      "I-02",
      "I-03",
      "I-05",
      "I-06",
      "I-07",
      "I-08",
      "I-09",
      "I-13",
      "I-14",
      "I-15",
      "I-17",
      "I-18",
    ]);
    expect(interpretations).toContainEqual({
      id: "I-09",
      subject: "claims that arrive late",
      reading: "the claim in hand is denied; what was decided earlier stands",
      alternatives: ["reopen the later session", "allow and flag"],
    });
  });

  it("and the one that supersedes it name each other", async () => {
    const original = await submit(submission({ memberId: "PAIR" }));
    const voiding = {
      memberId: "PAIR",
      claimNumber: "V1",
      frequency: "VOID",
      originalClaimNumber: "A1",
      lines: [],
    };
    const voided = await submit(submission(voiding, "k2"));
    expect(voided).toMatchObject({
      kind: "VOID",
      disposition: "VOIDED",
      policyVersion: null,
      interpretations: [],
      lines: [],
      supersedes: { id: original.id },
      isEffective: true,
    });
    expect(await read(original.id)).toMatchObject({
      supersededBy: { id: voided.id },
      isEffective: false,
      supersedes: null,
    });
  });

  it("of an import has no policy version, no reading and no finding", async () => {
    const { answers } = await served.fields<{ answers: { decision: Whole }[] }>(IMPORT, {
      inputs: [
        {
          idempotencyKey: "k",
          memberId: "LOADED",
          claimNumber: "H1",
          claimType: "FACILITY",
          dateOfService: "2020-01-06",
          billingProviderNpi: "1500000009",
          sourceSystem: "LEGACY",
          lines: [line()],
        },
      ],
    });
    expect(answers[0].decision).toMatchObject({
      kind: "IMPORT",
      policyVersion: null,
      interpretations: [],
      session: { claimType: "FACILITY", frequency: "ORIGINAL", lineOfBusiness: null, stateOfService: null },
      lines: [{ region: "LUMBAR_SACRAL", disposition: "ALLOWED", unitsAllowed: 1, findings: [] }],
      explanation: expect.stringContaining("LEGACY"),
    });
  });
});
