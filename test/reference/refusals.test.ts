import type { ClaimLineInput, ClaimSessionInput } from "./contract";
import { ReferenceModel } from "./referenceModel";
import { claim, imported, lines, made, refusedWith, reviewed } from "./scenario";

let model: ReferenceModel;
beforeEach(() => {
  model = new ReferenceModel({ now: () => "2026-07-01T00:00:00Z" });
});

describe("refusals", () => {
  it("come in the order of the table, one at a time after the form", () => {
    const { decision: first } = model.submit({ idempotencyKey: "k1", session: claim({ claimNumber: "A1" }) });
    const replay = (session: Partial<ClaimSessionInput>) =>
      model.submit({ idempotencyKey: "k1", session: claim(session) }).userErrors.map((error) => error.code);
    expect(replay({ claimNumber: "A 1", dateOfService: "2199-01-01" })).toEqual(["INVALID_INPUT"]);
    expect(replay({ claimNumber: "A1", dateOfService: "2199-01-01" })).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
    expect(
      refusedWith(model, { claimNumber: "A1", frequency: "REPLACEMENT", dateOfService: "2199-01-01" }),
    ).toEqual([["FUTURE_DATE_OF_SERVICE", "session.dateOfService", null]]);
    expect(refusedWith(model, { frequency: "REPLACEMENT", dateOfService: "2021-12-11" })).toEqual([
      ["NO_POLICY_IN_FORCE", "session.dateOfService", null],
    ]);
    expect(refusedWith(model, { claimNumber: "A1", frequency: "REPLACEMENT" })).toEqual([
      ["CLAIM_ALREADY_DECIDED", "session.claimNumber", first?.id],
    ]);
    expect(refusedWith(model, { frequency: "REPLACEMENT" })).toEqual([
      ["ORIGINAL_REQUIRED", "session.originalClaimNumber", null],
    ]);
  });

  it("name the latest decision of a claim that was reviewed", () => {
    const review = reviewed(model, made(model, { claimNumber: "A1" }), 1);
    expect(refusedWith(model, { claimNumber: "A1" })).toEqual([
      ["CLAIM_ALREADY_DECIDED", "session.claimNumber", review.id],
    ]);
  });

  it("ask a void for no policy and a preview for no date in the past", () => {
    const { claimNumber, dateOfService } = imported(model, "2021-10-04");
    const ofImport = { originalClaimNumber: claimNumber, dateOfService };
    expect(refusedWith(model, { ...ofImport, frequency: "VOID", lines: [] })).toEqual([]);
    expect(model.preview({ session: claim({ dateOfService: "2199-12-31" }) }).userErrors).toEqual([]);
    expect(model.preview({ session: claim({ dateOfService: "2021-10-04" }) }).userErrors).toEqual([
      { code: "NO_POLICY_IN_FORCE", field: ["dateOfService"], decisionId: null },
    ]);
  });

  it("of a recouped claim say that it is denied", () => {
    const recouped = reviewed(model, made(model, { claimNumber: "A1" }), 0);
    expect(refusedWith(model, { frequency: "VOID", originalClaimNumber: "A1", lines: [] })).toEqual([
      ["ORIGINAL_DENIED", "session.originalClaimNumber", recouped.id],
    ]);
  });
});

describe("keys", () => {
  it("are a client's own: another client may use the same for its own request", () => {
    const input = { idempotencyKey: "k", session: claim({}) };
    expect(model.submit(input, "one").replayed).toBe(false);
    expect(model.submit(input, "one").replayed).toBe(true);
    const [refusal] = model.submit(input, "other").userErrors;
    expect(refusal?.code).toBe("CLAIM_ALREADY_DECIDED");
  });

  it("tell kinds of request and the order of lines and modifiers apart", () => {
    const session = claim({ lines: lines("64483-RT-59", "64484-RT") });
    model.submit({ idempotencyKey: "k", session });
    const again = (changed: ClaimLineInput[]) => {
      const { userErrors } = model.submit({ idempotencyKey: "k", session: { ...session, lines: changed } });
      return userErrors.map(({ code }) => code);
    };
    const [first, second] = session.lines;
    if (first === undefined || second === undefined) throw new Error("two lines");
    expect(again([first, second])).toEqual([]);
    expect(again([second, first])).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
    expect(again([{ ...first, modifiers: ["59", "RT"] }, second])).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  });
});
