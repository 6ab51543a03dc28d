import { buildSchema } from "../../src/graphql/schema";
import { line, submission } from "./claims";
import { everythingOf } from "./everything";
import { serveOverHttp, ServedService } from "./servedOverHttp";

interface Decided {
  id: string;
  lines: { adjustments: object[]; findings: { ruleId: string; outcome: string }[] }[];
}

const SUBMIT = `mutation ($input: SubmitClaimSessionInput!) { answer: submitClaimSession(input: $input) {
  decision {
    id disposition priorSessions { region dateOfService decisionIds }
    lines ${everythingOf(buildSchema(), "LineDecision")}
  }
} }`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const submit = async (input: object): Promise<Decided> =>
  (await served.fields<{ answer: { decision: Decided } }>(SUBMIT, { input })).answer.decision;
const months = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"];

describe("a decision", () => {
  it("shows each line with its region and a finding for each rule, or none where none was run", async () => {
    const lines = [line({ modifiers: ["RT"] }), line({ lineNumber: 2, procedureCode: "J3301", units: 4 })];
    const decision = await submit(submission({ memberId: "LINES", lines }));
    expect(decision.lines).toMatchObject([
      {
        lineNumber: 1,
        procedureCode: "62323",
        modifiers: ["RT"],
        units: 1,
        region: "LUMBAR_SACRAL",
        approach: "INTERLAMINAR",
        disposition: "ALLOWED",
        unitsAllowed: 1,
        unitsDenied: 0,
        adjustments: [],
      },
      {
        lineNumber: 2,
        region: null,
        approach: null,
        disposition: "NOT_GOVERNED",
        unitsAllowed: 0,
        findings: [],
      },
    ]);
    const rules = decision.lines[0].findings.map(({ ruleId, outcome }) => `${ruleId} ${outcome}`);
    expect(rules).toEqual([
      "ESI-DUPLICATE MET",
      "ESI-DISCONTINUED MET",
      "ESI-ADD-ON NOT_APPLICABLE",
      "ESI-INTERLAMINAR-SIDE MET",
      "ESI-ASC-BILATERAL NOT_APPLICABLE",
      "ESI-UNITS MET",
      "ESI-LEVELS NOT_APPLICABLE",
      "ESI-FREQUENCY MET",
      "ESI-REGION MET",
    ]);
  });

  it("that denies for frequency names window, sessions in the way, next date and citations", async () => {
    const ids: unknown[] = [];
    for (const [place, dateOfService] of months.entries())
      ids.push(
        (await submit(submission({ memberId: "FULL", dateOfService, claimNumber: `B${place}` }, `k${place}`)))
          .id,
      );
    const decision = await submit(submission({ memberId: "FULL" }, "k5"));
    const prior = months.map((dateOfService, place) => ({
      region: "LUMBAR_SACRAL",
      dateOfService,
      decisionIds: [ids[place]],
    }));
    expect(decision).toMatchObject({ disposition: "DENIED", priorSessions: prior });
    const [{ adjustments, findings }] = decision.lines;
    expect(adjustments).toEqual([
      { group: "CO", carc: "273", rarcs: ["N640", "N702"], units: 1, ruleId: "ESI-FREQUENCY" },
    ]);
    expect(findings.find(({ ruleId }) => ruleId === "ESI-FREQUENCY")).toEqual({
      ruleId: "ESI-FREQUENCY",
      ruleTitle: "At most the allowed number of sessions of a region in a rolling period",
      outcome: "NOT_MET",
      message: expect.stringContaining("The next eligible date is 2026-01-06."),
      parameters: [{ name: "sessionsPerRegion", value: '[{"months":12,"sessions":4}]' }],
      blockingSessions: prior,
      nextEligibleDate: "2026-01-06",
      window: { opens: "2024-05-12", ends: "2025-05-12", months: 12, sessions: 4 },
      relatedDecisionIds: [],
      citations: [
        {
          documentId: "molina-esi",
          title: "Epidural Steroid for Pain Management",
          section: "Policy Overview, bullet 4",
          url: null,
        },
        expect.objectContaining({
          documentId: "A58777",
          url: expect.stringMatching(/^https:\/\/www\.cms\.gov\//),
        }),
        expect.objectContaining({ documentId: "A56681" }),
      ],
    });
  });
});
