import { ReviewedLine } from "../../src/member/decision";
import { Asked, claim, inShort, lines, MemberOnFile } from "./memberOnFile";

const date = "2025-05-12";

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

const named = (...units: [lineNumber: number, unitsAllowed: number][]): ReviewedLine[] =>
  units.map(([lineNumber, unitsAllowed]) => ({ lineNumber, unitsAllowed }));

describe("a review is refused", () => {
  const refused = (decisionId: string, reviewed: readonly ReviewedLine[], about: Asked = {}) =>
    inShort(member.submitReview(decisionId, reviewed, about));

  beforeEach(() => {
    member.decide(claim("A1", date, { lines: lines("64483", "64484 x2", "99213") }), { key: "k1" });
  });

  test("of a decision that is not on the member's stream", () => {
    expect(refused("D9", named([1, 1]))).toBe("DECISION_NOT_FOUND decisionId");
  });

  test("of a decision that is superseded, and names the effective one", () => {
    member.review(member.review(member.stream[0], 0), 1);
    expect(refused("D1", named([1, 1]))).toBe("DECISION_NOT_EFFECTIVE decisionId D3");
  });

  test("of a void, which is its own effective decision", () => {
    member.decide(claim("A2", date, { frequency: "VOID", originalClaimNumber: "A1", lines: [] }));
    expect(refused("D2", named([1, 1]))).toBe("DECISION_NOT_EFFECTIVE decisionId D2");
    expect(refused("D1", named([1, 1]))).toBe("DECISION_NOT_EFFECTIVE decisionId D2");
  });

  test.each<[string, ReviewedLine[], string]>([
    ["without a line", [], "INVALID_INPUT lines"],
    ["of a line that is not there", named([4, 1]), "INVALID_INPUT lines.0.lineNumber"],
    ["of a line that is not governed", named([1, 1], [3, 1]), "INVALID_INPUT lines.1.lineNumber"],
    ["of a line named before", named([2, 1], [2, 0]), "INVALID_INPUT lines.1.lineNumber"],
    ["for more units than were billed", named([2, 3]), "INVALID_INPUT lines.0.unitsAllowed"],
    ["for less than no unit", named([1, -1]), "INVALID_INPUT lines.0.unitsAllowed"],
    [
      "with every fault of its lines at once",
      named([1, 2], [9, -1]),
      "INVALID_INPUT lines.0.unitsAllowed; INVALID_INPUT lines.1.lineNumber; " +
        "INVALID_INPUT lines.1.unitsAllowed",
    ],
    ["of more lines than a claim can have", Array(51).fill(named([1, 1])[0]), "INVALID_INPUT lines"],
  ])("%s", (_, reviewed, refusal) => {
    expect(refused("D1", reviewed)).toBe(refusal);
    expect(member.stream).toHaveLength(1);
  });

  test("for the key first, then for the decision, and for its lines only then", () => {
    member.review(member.stream[0], 0);
    expect(refused("D9", [], { key: "k1" })).toBe("IDEMPOTENCY_KEY_REUSED idempotencyKey");
    expect(refused("D9", [])).toBe("DECISION_NOT_FOUND decisionId");
    expect(refused("D1", [])).toBe("DECISION_NOT_EFFECTIVE decisionId D2");
    expect(refused("D2", [])).toBe("INVALID_INPUT lines");
  });

  test("and binds no key by it", () => {
    expect(refused("D1", [], { key: "k2" })).toBe("INVALID_INPUT lines");
    expect(refused("D1", named([1, 1]), { key: "k2" })).toBe("decided");
  });
});

describe("the key of a review", () => {
  const asked = named([1, 1], [2, 0]);

  beforeEach(() => {
    member.decide(claim("A1", date, { lines: lines("64483", "64484") }), { key: "k1" });
    member.submitReview("D1", asked, { key: "k2" });
  });

  test("with the same review gives it again, also to another reviewer and once it is superseded", () => {
    const [, decision] = member.stream;
    member.review(decision, 0);
    const again = member.submitReview("D1", structuredClone(asked), { key: "k2", reviewer: "another" });
    expect(again).toEqual({ kind: "replayed", decision });
    expect(decision.review?.reviewer).toBe("reviewer");
  });

  test("is known in the record that was read back", () => {
    member.stream.splice(1, 1, JSON.parse(JSON.stringify(member.stream[1])));
    expect(member.submitReview("D1", asked, { key: "k2" }).kind).toBe("replayed");
  });

  test.each<[string, string, ReviewedLine[]]>([
    ["of another decision", "D2", asked],
    ["of other units", "D1", named([1, 0], [2, 0])],
    ["of fewer lines", "D1", named([1, 1])],
    ["of the lines in another order", "D1", asked.toReversed()],
  ])("with a review %s is refused", (_, decisionId, reviewed) => {
    const ruling = member.submitReview(decisionId, reviewed, { key: "k2", reviewer: "another" });
    expect(inShort(ruling)).toBe("IDEMPOTENCY_KEY_REUSED idempotencyKey");
  });

  test("is refused for a claim, and that of a claim for a review", () => {
    const reused = "IDEMPOTENCY_KEY_REUSED idempotencyKey";
    expect(inShort(member.submit(claim("A2", date), { key: "k2" }))).toBe(reused);
    expect(inShort(member.submitReview("D2", asked, { key: "k1" }))).toBe(reused);
  });

  test("of another client is another key", () => {
    const ruling = member.submitReview("D2", asked, { key: "k2", clientId: "other" });
    expect(ruling.kind).toBe("decided");
  });
});
