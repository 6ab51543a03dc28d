import { ReviewedLine } from "../../src/member/decision";
import { claim, inShort, lines, loaded, MemberOnFile, policyOfTheFuture } from "./memberOnFile";

const date = "2025-05-12";
const fourSessions = ["2024-09-02", "2024-11-04", "2025-01-06", "2025-03-03"];

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

const named = (...units: [lineNumber: number, unitsAllowed: number][]): ReviewedLine[] =>
  units.map(([lineNumber, unitsAllowed]) => ({ lineNumber, unitsAllowed }));

describe("a reviewer", () => {
  test("overturns a denial, and the session counts from then on", () => {
    fourSessions.forEach((on) => member.decide(claim(`on ${on}`, on)));
    const denied = member.decide(claim("A1", date));
    expect(denied.disposition).toBe("DENIED");
    expect(member.review(denied, 1).disposition).toBe("APPROVED");
    const sameDay = member.decide(claim("A2", date, { lines: lines("64483") }));
    expect(sameDay.priorSessions.at(-1)).toMatchObject({ dateOfService: date, decisionIds: ["D6"] });
    expect(sameDay.disposition).toBe("APPROVED");
    expect(member.decide(claim("A3", "2025-09-01")).disposition).toBe("DENIED");
  });

  test("allows units beyond a limit, up to those billed", () => {
    const cut = member.decide(claim("A1", date, { lines: lines("64483", "64484 x4") }));
    expect(cut.lines[1]).toMatchObject({ disposition: "REDUCED", unitsAllowed: 1 });
    const [, addOn] = member.review(cut, 1, 4).lines;
    expect(addOn).toMatchObject({ disposition: "ALLOWED", unitsAllowed: 4, unitsDenied: 0 });
  });

  test("releases a pended line, which counts only then", () => {
    const pended = member.decide(claim("A1", date, { lines: lines("62323-53") }));
    expect(member.decide(claim("A2", "2025-05-13")).priorSessions).toEqual([]);
    expect([pended.disposition, member.review(pended, 1).disposition]).toEqual(["PENDED", "APPROVED"]);
    const [prior] = member.decide(claim("A3", "2025-05-14")).priorSessions;
    expect(prior).toMatchObject({ dateOfService: date, decisionIds: ["D3"] });
  });

  test("takes back what was allowed, and its place is free again", () => {
    const [first] = fourSessions.map((on) => member.decide(claim(`on ${on}`, on)));
    expect(member.decide(claim("A1", date)).disposition).toBe("DENIED");
    expect(member.review(first, 0).disposition).toBe("DENIED");
    expect(member.decide(claim("A2", date)).disposition).toBe("APPROVED");
  });

  test("changes what was allowed elsewhere, and what another reviewer decided", () => {
    const load = member.decide(loaded("H1", date, { lines: lines("62323 x2") }));
    const once = member.review(load, 1);
    const twice = member.review(once, 2);
    expect([once, twice].map(({ disposition }) => disposition)).toEqual(["PARTIAL", "APPROVED"]);
    expect(twice.supersedes).toEqual({ id: "D2", memberSequence: 2 });
  });
});

test("the review stands for the rules on the lines it names, the others keep what they had", () => {
  const billed = lines("64483-RT", "64484-RT x2", "64480", "99213");
  const reviewed = member.decide(claim("A1", date, { lines: billed }));
  const { lines: after } = member.review(reviewed, 0);
  expect(after.slice(1)).toEqual(reviewed.lines.slice(1));
  expect(reviewed.lines[1].adjustments).toHaveLength(1);
  const { findings, ...allowed } = reviewed.lines[0];
  expect(findings).toBeDefined();
  expect(after[0]).toEqual({ ...allowed, disposition: "DENIED", unitsAllowed: 0, unitsDenied: 1 });
});

test("an adjustment of a line that is named goes with its denial", () => {
  const reviewed = member.decide(claim("A1", date, { lines: lines("64480") }));
  const [line] = member.review(reviewed, 1).lines;
  expect([reviewed.lines[0].adjustments.length, line.adjustments, line.findings]).toEqual([1, [], undefined]);
});

test.each<[string, string[], [number, number][], string]>([
  ["all units allowed is APPROVED", ["64480", "64483"], [[1, 1]], "APPROVED"],
  ["a line denied beside one allowed is PARTIAL", ["64483", "64484"], [[2, 0]], "PARTIAL"],
  ["a line cut back is PARTIAL", ["64483 x2"], [[1, 1]], "PARTIAL"],
  ["nothing allowed is DENIED", ["64483", "99213"], [[1, 0]], "DENIED"],
  ["a pended line that is not named is PENDED still", ["64483-53", "62323"], [[2, 0]], "PENDED"],
  ["a pended line that is denied is pended no longer", ["64483-53", "62323"], [[1, 0]], "PARTIAL"],
])("a review after which %s", (_, billed, units, disposition) => {
  const reviewed = member.decide(claim("A1", date, { lines: lines(...billed) }));
  member.submitReview(reviewed.id, named(...units));
  expect(member.stream[1].disposition).toBe(disposition);
});

test("a review carries whose it is and why, is about the same claim, and rests on no policy", () => {
  const about = { lines: lines("64483-KX", "64484"), benefitPlanId: "PLAN" };
  const reviewed = member.decide(claim("A1", date, about));
  const { review, session, supersedes, ...decision } = member.review(reviewed, 1, 0);
  expect(review).toEqual({
    reviewer: "reviewer",
    reason: "appeal",
    documentReference: "file 7",
    lines: named([1, 1], [2, 0]),
  });
  expect([session, supersedes]).toEqual([reviewed.session, { id: "D1", memberSequence: 1 }]);
  expect(decision).toMatchObject({ id: "D2", kind: "REVIEW", memberId: "M", memberSequence: 2 });
  expect(decision).toMatchObject({ reviewFlags: [], priorSessions: [], exceptionsConsidered: [] });
  expect([decision.policyVersionId, decision.exceptionSequence]).toEqual([undefined, undefined]);
});

test("a review asks for no policy version, and not whether its day has come", () => {
  const load = member.decide(loaded("H1", "1990-01-01"));
  const early = { now: "1989-01-01T00:00:00.000Z", policy: policyOfTheFuture };
  expect(member.submitReview(load.id, named([1, 0]), early).kind).toBe("decided");
});

describe("a reviewed claim", () => {
  const voiding = claim("A2", date, { frequency: "VOID", originalClaimNumber: "A1", lines: [] });

  test("is replaced and voided by its own number, which supersedes the review", () => {
    member.review(member.decide(claim("A1", date)), 1);
    const replacing = claim("A3", date, { frequency: "REPLACEMENT", originalClaimNumber: "A1" });
    expect(member.decide(replacing).supersedes).toEqual({ id: "D2", memberSequence: 2 });
    const again = { ...voiding, originalClaimNumber: "A3" };
    expect(member.decide(again).supersedes).toEqual({ id: "D3", memberSequence: 3 });
  });

  test("is not voided once it is wholly taken back, for then it is denied", () => {
    member.review(member.decide(claim("A1", date)), 0);
    expect(inShort(member.submit(voiding))).toBe("ORIGINAL_DENIED session.originalClaimNumber D2");
  });

  test("is not submitted again under its number", () => {
    member.review(member.decide(claim("A1", date)), 0);
    expect(inShort(member.submit(claim("A1", date)))).toBe("CLAIM_ALREADY_DECIDED session.claimNumber D2");
  });
});
