import { Given, line, session, submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { pathsOf, storedDecisions, submit, UserError } from "./submitting";

interface Preview {
  disposition: string | null;
  explanation: string;
  lines: object[];
  userErrors: UserError[];
}

const PREVIEW = `query ($session: ClaimSessionInput!) { answer: previewClaimSession(session: $session) {
  disposition explanation reviewFlags policyVersion { id } priorSessions { region dateOfService decisionIds }
  lines { lineNumber disposition unitsAllowed findings { ruleId outcome } } userErrors { code field }
} }`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const preview = async (given: Given): Promise<Preview> =>
  (await served.fields<{ answer: Preview }>(PREVIEW, { session: session(given) })).answer;

test("a preview says what a submission would come to, of the future too, and stores nothing", async () => {
  const before = await storedDecisions(served);
  expect(await preview({ memberId: "FUTURE", dateOfService: "2199-12-31" })).toMatchObject({
    disposition: "APPROVED",
    explanation: expect.stringMatching(/^Approved: within the limits of this policy, subject to /),
    policyVersion: { id: "molina-esi@2021-12-12" },
    priorSessions: [],
    userErrors: [],
    lines: [{ lineNumber: 1, disposition: "ALLOWED", unitsAllowed: 1, findings: { length: 9 } }],
  });
  expect(await storedDecisions(served)).toBe(before);
});

test("a preview shows the counted sessions that a rule looked at", async () => {
  const { decision } = await submit(served, submission({ memberId: "PRIOR" }));
  const prior = { region: "LUMBAR_SACRAL", dateOfService: "2025-05-12", decisionIds: [decision?.id] };
  const later = { memberId: "PRIOR", claimNumber: "A2", dateOfService: "2025-06-12" };
  expect(await preview(later)).toMatchObject({ disposition: "APPROVED", priorSessions: [prior] });
});

describe("the preview of a void", () => {
  const voiding = {
    memberId: "VOID",
    claimNumber: "V1",
    frequency: "VOID",
    originalClaimNumber: "A1",
    lines: [],
  };

  it("has no policy version", async () => {
    await submit(served, submission({ memberId: "VOID" }));
    const voided = { disposition: "VOIDED", policyVersion: null, lines: [], userErrors: [] };
    expect(await preview(voiding)).toMatchObject(voided);
  });

  it("that would be refused has nothing but the reason, at the path inside the input", async () => {
    expect(await preview({ ...voiding, originalClaimNumber: "A9" })).toEqual({
      disposition: null,
      explanation: expect.stringMatching(/^Not decided: originalClaimNumber must name .*\.$/),
      lines: [],
      policyVersion: null,
      priorSessions: [],
      reviewFlags: [],
      userErrors: [{ code: "ORIGINAL_NOT_FOUND", field: ["originalClaimNumber"] }],
    });
  });
});

test("a preview has the faults of a submission at the same paths", async () => {
  const wrong = { dateOfService: "2025-02-29", lines: [line({ units: 0 })] };
  const { disposition, explanation, userErrors } = await preview(wrong);
  expect(pathsOf(userErrors)).toEqual(["dateOfService", "lines.0.units"]);
  expect(disposition).toBeNull();
  expect(explanation).toMatch(
    /^Not decided: dateOfService must be .*; units must be a whole number from 1 to 999\.$/,
  );
});
