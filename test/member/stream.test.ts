import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import {
  asKnownAt,
  effectiveDecisions,
  effectiveSuccessor,
  historyOnFileSince,
  latestOfClaim,
} from "../../src/member/stream";
import { decided } from "./decisions";

const original = decided(1, "2025-05-12");
const unrelated = decided(2, "2025-06-16");
const replacement = decided(3, "2025-05-19", { supersedes: 1 });
const review = decided(4, "2025-05-19", { kind: "REVIEW", supersedes: 3, session: replacement.session });
const voided = decided(5, "2025-05-19", { kind: "VOID", disposition: "VOIDED", lines: [], supersedes: 4 });
const stream = [original, unrelated, replacement, review, voided];

const ids = (decisions: readonly Decision[]) => decisions.map(({ id }) => id);

test.each([
  [1, ["D1"]],
  [2, ["D1", "D2"]],
  [3, ["D2", "D3"]],
  [4, ["D2", "D4"]],
  [5, ["D2", "D5"]],
])("of the first %i decisions these are effective: %j", (length, effective) => {
  expect(ids(effectiveDecisions(stream.slice(0, length)))).toEqual(effective);
});

test("the end of a chain of corrections is the effective successor of each of its links", () => {
  const successors = stream.map((decision) => effectiveSuccessor(stream, decision).id);
  expect(successors).toEqual(["D5", "D2", "D5", "D5", "D5"]);
});

test("a decision that nothing supersedes is its own effective successor", () => {
  expect(effectiveSuccessor([original, unrelated], original)).toBe(original);
});

test("what was recorded at the instant itself was known at it, what came later was not", () => {
  expect(ids(asKnownAt(stream, "2026-03-03T00:00:00.000Z"))).toEqual(["D1", "D2", "D3"]);
  expect(ids(asKnownAt(stream, "2026-03-02T23:59:59.999Z"))).toEqual(["D1", "D2"]);
  expect(ids(asKnownAt(stream, "2026-02-28T00:00:00.000Z"))).toEqual([]);
});

test("a decision superseded later was effective as it was known before", () => {
  expect(ids(effectiveDecisions(asKnownAt(stream, "2026-03-02T12:00:00.000Z")))).toEqual(["D1", "D2"]);
});

test("decisions of one instant are known together", () => {
  const [one, other] = [original, unrelated].map((decision) => ({
    ...decision,
    decidedAt: "2026-03-01T00:00:00.000Z",
  }));
  expect(asKnownAt([one, other], "2026-03-01T00:00:00.000Z")).toHaveLength(2);
});

test("a claim is found by its number and date of service, and a review of it in its place", () => {
  const { claimNumber } = replacement.session;
  expect(latestOfClaim(stream, claimNumber, plainDate("2025-05-19"))?.id).toBe("D4");
  expect(latestOfClaim(stream.slice(0, 3), claimNumber, plainDate("2025-05-19"))?.id).toBe("D3");
});

test("the same claim number on another date, or another number on the date, is another claim", () => {
  expect(latestOfClaim(stream, replacement.session.claimNumber, plainDate("2025-05-12"))).toBeUndefined();
  expect(latestOfClaim(stream, "C9", plainDate("2025-05-19"))).toBeUndefined();
});

test("a superseded claim is still found", () => {
  expect(latestOfClaim(stream, original.session.claimNumber, plainDate("2025-05-12"))?.id).toBe("D1");
});

describe("history is on file since", () => {
  test.each<[string, readonly Decision[], string | null]>([
    ["never where nothing is on file", [], null],
    ["the date of the one decision", [unrelated], "2025-06-16"],
    ["the earliest date, whatever was decided first", [unrelated, decided(2, "2025-01-06")], "2025-01-06"],
    ["the earliest effective date after a replacement", stream.slice(0, 3), "2025-05-19"],
    ["the date of what is left after a void", stream, "2025-06-16"],
    [
      "never where the only claim is void",
      [original, { ...voided, supersedes: { id: "D1", memberSequence: 1 } }],
      null,
    ],
    ["the date of a denied claim too", [decided(1, "2025-02-03", { disposition: "DENIED" })], "2025-02-03"],
    ["the date of an import", [decided(1, "1990-01-01", { kind: "IMPORT" })], "1990-01-01"],
    [
      "the date of a claim that is not governed",
      [decided(1, "2025-02-03", { disposition: "NOT_GOVERNED" })],
      "2025-02-03",
    ],
  ])("%s", (_, given, since) => {
    expect(historyOnFileSince(given)).toBe(since);
  });
});
