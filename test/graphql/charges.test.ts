import { line, submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const submit = `mutation ($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { id lines { chargeAmount chargeDenied } } }
}`;
const review = `mutation ($input: ReviewDecisionInput!) {
  reviewDecision(input: $input) { decision { lines { chargeAmount chargeDenied } } }
}`;

interface Submitted {
  readonly submitClaimSession: { readonly decision: { readonly id: string; readonly lines: object[] } };
}

test("a line says what was charged and what of that is denied, also after a review", async () => {
  const lines = [
    line({ procedureCode: "64483", units: 1, chargeAmount: "1250.00" }),
    line({ lineNumber: 2, procedureCode: "64484", units: 3, chargeAmount: "100.00" }),
    line({ lineNumber: 3, procedureCode: "99213", chargeAmount: "80.00" }),
    line({ lineNumber: 4, procedureCode: "64484", chargeAmount: null }),
  ];
  const input = submission({ memberId: "CHARGED", lines });
  const { submitClaimSession } = await served.fields<Submitted>(submit, { input });
  const { id, lines: decided } = submitClaimSession.decision;
  expect(decided).toEqual([
    { chargeAmount: "1250.00", chargeDenied: "0.00" },
    { chargeAmount: "100.00", chargeDenied: "66.67" },
    { chargeAmount: "80.00", chargeDenied: "0.00" },
    { chargeAmount: null, chargeDenied: null },
  ]);
  const reviewed = {
    ...{ idempotencyKey: "review", memberId: "CHARGED", decisionId: id, reason: "Appeal" },
    ...{ documentReference: "DOC-1", lines: [{ lineNumber: 2, unitsAllowed: 2 }] },
  };
  expect(await served.fields(review, { input: reviewed })).toMatchObject({
    reviewDecision: { decision: { lines: [{}, { chargeAmount: "100.00", chargeDenied: "33.33" }, {}, {}] } },
  });
});
