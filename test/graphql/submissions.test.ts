import { history, line, submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import {
  answersTo,
  batchDocument,
  importDocument,
  outcomes,
  storedDecisions,
  submit,
  submitDocument,
  Submitted,
} from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("a submitted claim session", () => {
  it("is decided once under its key, alone or in a batch, by whoever asks for the same client", async () => {
    const input = submission({ memberId: "ONCE" }, "k1");
    const first = await submit(served, input);
    expect(first).toMatchObject({
      replayed: false,
      userErrors: [],
      decision: { kind: "ADJUDICATION", disposition: "APPROVED" },
    });
    expect(await submit(served, input)).toEqual({ ...first, replayed: true });
    expect(await answersTo(served, batchDocument, [input])).toEqual([{ ...first, replayed: true }]);
    expect(await submit(served, submission({ memberId: "ONCE", claimNumber: "A2" }, "k1"))).toMatchObject({
      decision: null,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"], decisionId: null }],
    });
  });

  it("is another request when lines or modifiers change their order", async () => {
    const two = [line(), line({ lineNumber: 2, procedureCode: "99213", modifiers: ["25", "59"] })];
    await submit(served, submission({ memberId: "ORDER", lines: two }));
    const [first, second] = two;
    const reordered = [
      [second, first],
      [first, { ...second, modifiers: ["59", "25"] }],
    ];
    for (const lines of reordered)
      expect(outcomes([await submit(served, submission({ memberId: "ORDER", lines }))])).toEqual([
        "IDEMPOTENCY_KEY_REUSED",
      ]);
  });

  it("shares its key with no other client and no other member", async () => {
    const input = submission({ memberId: "SHARED" }, "k1");
    await submit(served, input);
    const other = await served.fields<{ answer: Submitted }>(
      submitDocument,
      { input },
      { clientId: "client-2" },
    );
    expect(outcomes([other.answer])).toEqual(["CLAIM_ALREADY_DECIDED"]);
    expect(outcomes([await submit(served, submission({ memberId: "SHARED-2" }, "k1"))])).toEqual([
      "APPROVED 1",
    ]);
  });

  it("is refused for the first reason that stands, and the decision in the way is named", async () => {
    const first = await submit(served, submission({ memberId: "REFUSED" }));
    const again = await submit(served, submission({ memberId: "REFUSED" }, "k2"));
    expect(again.userErrors).toMatchObject([
      { code: "CLAIM_ALREADY_DECIDED", field: ["session", "claimNumber"], decisionId: first.decision?.id },
    ]);
    const future = await submit(
      served,
      submission({ memberId: "REFUSED", claimNumber: "A2", dateOfService: "2199-12-31" }, "k3"),
    );
    expect(future.userErrors).toMatchObject([
      { code: "FUTURE_DATE_OF_SERVICE", field: ["session", "dateOfService"] },
    ]);
    const before = await submit(
      served,
      submission({ memberId: "REFUSED", claimNumber: "A2", dateOfService: "2021-12-11" }, "k3"),
    );
    expect(before.userErrors).toMatchObject([{ code: "NO_POLICY_IN_FORCE" }]);
  });

  it("replaces or voids an earlier one", async () => {
    const at = { memberId: "CORRECTED", originalClaimNumber: "A1" };
    await submit(served, submission({ memberId: "CORRECTED" }, "k1"));
    const replacement = {
      ...at,
      claimNumber: "A2",
      frequency: "REPLACEMENT",
      lines: [line({ procedureCode: "62321" })],
    };
    expect(outcomes([await submit(served, submission(replacement, "k2"))])).toEqual(["APPROVED 2"]);
    const voiding = { ...at, claimNumber: "V2", originalClaimNumber: "A2", frequency: "VOID", lines: [] };
    expect(await submit(served, submission(voiding, "k3"))).toMatchObject({
      decision: { kind: "VOID", disposition: "VOIDED" },
    });
  });
});

describe("a batch", () => {
  const sessionsOf = (memberId: string, dates: readonly string[]): object[] =>
    dates.map((dateOfService, place) =>
      submission({ memberId, dateOfService, claimNumber: `B${place}` }, `k${place}`),
    );
  const fiveMonths = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07", "2025-05-05"];

  it("takes the items of a member in input order: the fifth session of a year is denied", async () => {
    const answers = await answersTo(served, batchDocument, sessionsOf("FIVE", fiveMonths));
    expect(outcomes(answers)).toEqual(["APPROVED 1", "APPROVED 2", "APPROVED 3", "APPROVED 4", "DENIED 5"]);
  });

  it("answers each input at its place, whatever is wrong with its neighbours", async () => {
    const good = sessionsOf("MIXED", fiveMonths);
    const twiceWrong = submission({ memberId: "MIXED", dateOfService: "x" }, "");
    const inputs = [submission({ memberId: "" }), good[0], twiceWrong, good[1], good[0]];
    const before = await storedDecisions(served);
    expect(outcomes(await answersTo(served, batchDocument, inputs))).toEqual([
      "INVALID_INPUT",
      "APPROVED 1",
      "INVALID_INPUT,INVALID_INPUT",
      "APPROVED 2",
      "replayed APPROVED 1",
    ]);
    expect(await storedDecisions(served)).toBe(before + 2);
  });

  it("of 99 bad inputs and a good one decides the good one", async () => {
    const bad = Array.from({ length: 99 }, (_, place) =>
      submission({ memberId: "MANY", stateOfService: "ZZ" }, `k${place}`),
    );
    const answers = await answersTo(served, batchDocument, [...bad, submission({ memberId: "MANY" })]);
    expect(outcomes(answers)).toEqual([...bad.map(() => "INVALID_INPUT"), "APPROVED 1"]);
  });

  it("of a list that is not there is empty, and of a single input one", async () => {
    expect(await answersTo(served, batchDocument, [])).toEqual([]);
    expect(await answersTo(served, importDocument, [])).toEqual([]);
    const single = await served.fields<{ answers: Submitted[] }>(batchDocument, {
      inputs: submission({ memberId: "SINGLE" }),
    });
    expect(outcomes(single.answers)).toEqual(["APPROVED 1"]);
  });

  it.each([
    ["submitClaimSessions", batchDocument, submission({ memberId: "OVER" })],
    ["importSessions", importDocument, history({ memberId: "OVER" })],
  ])("of more than 100 inputs fails %s as a whole", async (_, document, input) => {
    const before = await storedDecisions(served);
    const { errors } = await served.ask(document, { inputs: Array(101).fill(input) });
    expect(errors).toMatchObject([
      { message: "inputs must be at most 100", extensions: { code: "BAD_USER_INPUT" } },
    ]);
    expect(await storedDecisions(served)).toBe(before);
  });
});
