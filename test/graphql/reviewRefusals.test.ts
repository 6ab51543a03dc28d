import { Given, line } from "./claims";
import { review, reviewDocument, reviewed, sendReview } from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { pathsOf, storedDecisions, submitAll } from "./submitting";

let served: ServedService;
let first: string;
beforeAll(async () => {
  served = await serveOverHttp();
  [first] = await submitAll(served, "M", [
    { lines: [line({ units: 2 }), line({ lineNumber: 2, procedureCode: "99213" })] },
  ]);
});
afterAll(() => served.stop());

const refusal = async (given: Given, memberId = "M"): Promise<object[]> => {
  const before = await storedDecisions(served);
  const { decision, userErrors } = await sendReview(served, review(memberId, first, given));
  expect([decision, await storedDecisions(served)]).toEqual([null, before]);
  return userErrors.map(({ code, field, decisionId }) => ({ code, field: field.join("."), decisionId }));
};
const faults = async (given: Given): Promise<string[]> =>
  pathsOf((await sendReview(served, review("M", first, given))).userErrors);

describe("a review of a wrong form", () => {
  it.each<[string, Given]>([
    ["idempotencyKey", { idempotencyKey: "" }],
    ["idempotencyKey", { idempotencyKey: "k".repeat(256) }],
    ["memberId", { memberId: "a b" }],
    ["reason", { reason: "" }],
    ["reason", { reason: "x".repeat(2001) }],
    ["reason", { reason: "a\nb" }],
    ["reason", { reason: "\ud800" }],
    ["documentReference", { documentReference: "" }],
    ["documentReference", { documentReference: "x".repeat(501) }],
    ["documentReference", { documentReference: "a\u0000" }],
  ])("has its fault at %s", async (path, given) => {
    expect(await faults(given)).toEqual([path]);
  });

  it("has all its faults told at once, but for those of its lines, and no value repeated", async () => {
    const input = review("CANARY 7731", first, {
      idempotencyKey: "",
      reason: "CANARY7731\u0000",
      documentReference: "",
      lines: [],
    });
    const { userErrors } = await sendReview(served, input);
    expect(pathsOf(userErrors)).toEqual(["documentReference", "idempotencyKey", "memberId", "reason"]);
    expect(JSON.stringify(userErrors)).not.toContain("CANARY");
  });

  it("may have a reason of 2,000 characters of any plane", async () => {
    const [decision] = await submitAll(served, "LONG", [{}]);
    const long = { reason: "😀".repeat(2000), documentReference: "😀".repeat(500) };
    await expect(reviewed(served, "LONG", decision, long)).resolves.toEqual(expect.any(String));
  });
});

describe("a review of a decision", () => {
  const notFound = [{ code: "DECISION_NOT_FOUND", field: "decisionId", decisionId: null }];

  it("that is not there, or is no id, or is another member's, is refused alike", async () => {
    const ids = ["x", "", "\u0000", "\ud800", "00000000-0000-4000-8000-000000000000", "x".repeat(70_000)];
    for (const decisionId of ids) expect(await refusal({ decisionId })).toEqual(notFound);
    expect(await refusal({}, "NOBODY")).toEqual(notFound);
  });

  it("that is superseded, or is a void, names the effective one", async () => {
    const ids = await submitAll(served, "GONE", [
      {},
      { frequency: "VOID", originalClaimNumber: "C0", lines: [] },
    ]);
    const [original, voiding] = ids;
    for (const decisionId of [original, voiding])
      expect(await refusal({ decisionId }, "GONE")).toEqual([
        { code: "DECISION_NOT_EFFECTIVE", field: "decisionId", decisionId: voiding },
      ]);
  });

  it("is refused before its lines are looked at", async () => {
    expect(await refusal({ decisionId: "x", lines: [] })).toEqual(notFound);
  });
});

describe("the lines of a review", () => {
  const one = (lineNumber: number, unitsAllowed: number): object => ({ lineNumber, unitsAllowed });

  it.each<[string, object[], string[]]>([
    ["are at least one", [], ["lines"]],
    ["are at most 50", Array(51).fill(one(1, 1)), ["lines"]],
    ["name lines of the decision", [one(3, 0)], ["lines.0.lineNumber"]],
    ["name governed lines", [one(2, 0)], ["lines.0.lineNumber"]],
    ["name each line once", [one(1, 0), one(1, 0)], ["lines.1.lineNumber"]],
    ["allow no unit beyond those billed", [one(1, 3)], ["lines.0.unitsAllowed"]],
    ["allow no negative number of units", [one(1, -1)], ["lines.0.unitsAllowed"]],
    [
      "have every fault told",
      [one(9, -1), one(1, 2147483647)],
      ["lines.0.lineNumber", "lines.0.unitsAllowed", "lines.1.unitsAllowed"],
    ],
  ])("%s", async (_, lines, paths) => {
    expect(await faults({ lines })).toEqual(paths);
  });

  it("bind no key when they are refused", async () => {
    const [decision] = await submitAll(served, "AGAIN", [{}]);
    const key = { idempotencyKey: "r1" };
    await sendReview(served, review("AGAIN", decision, { ...key, lines: [] }));
    await expect(reviewed(served, "AGAIN", decision, key)).resolves.toEqual(expect.any(String));
  });

  it("that have no whole number fail the document", async () => {
    for (const unitsAllowed of [1.5, "1", null, 2147483648]) {
      const input = review("M", first, { lines: [{ lineNumber: 1, unitsAllowed }] });
      const { data, errors } = await served.ask(reviewDocument, { input });
      expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
        undefined,
        ["BAD_USER_INPUT"],
      ]);
    }
  });
});
