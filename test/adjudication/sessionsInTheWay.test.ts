import { Finding, findingsOf } from "../../src/adjudication/findings";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, lines, loaded, MemberOnFile, surgeryCenter } from "./memberOnFile";

const date = "2025-05-12";
const fourSessions = ["2024-09-02", "2024-11-04", "2025-01-06", "2025-03-03"];

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

function finding(decision: Decision, ruleId: string, place = 0): Finding | undefined {
  return findingsOf(decision, decision.lines[place], molinaEsiVersions[0]).find(
    (one) => one.ruleId === ruleId,
  );
}

describe("ESI-FREQUENCY, not met,", () => {
  test("names the window, the sessions in it and the next eligible date", () => {
    fourSessions.forEach((on) => member.decide(claim(`on ${on}`, on)));
    member.decide(claim("the other region", "2025-03-10", { lines: lines("62321") }));
    const both = claim("A1", date, { lines: lines("62323", "62321") });
    const found = finding(member.decide(both), "ESI-FREQUENCY");
    expect(found?.window).toEqual({ opens: "2024-05-12", ends: date, months: 12, sessions: 4 });
    expect(found?.blockingSessions).toEqual(
      fourSessions.map((dateOfService, place) => {
        return { region: "LUMBAR_SACRAL", dateOfService, decisionIds: [`D${place + 1}`] };
      }),
    );
    expect(found?.nextEligibleDate).toBe("2025-09-02");
    expect(found?.message).toBe(
      "One lumbar/sacral session more than the 4 allowed in any 12 months, in the window after 2024-05-12 " +
        "up to 2025-05-12. The next eligible date is 2025-09-02.",
    );
  });

  test("of a late claim names the sessions of the window that ends on a later one, and no others", () => {
    ["2024-05-13", ...fourSessions].forEach((on) => member.decide(claim(`on ${on}`, on)));
    const found = finding(member.decide(claim("late", "2024-08-05")), "ESI-FREQUENCY");
    expect(found?.window).toMatchObject({ opens: "2024-01-06", ends: "2025-01-06" });
    expect(found?.blockingSessions.map(({ dateOfService }) => dateOfService)).toEqual([
      "2024-05-13",
      ...fourSessions.slice(0, 3),
    ]);
  });

  test("says so where no date is eligible any more", () => {
    const now = "2199-12-31T00:00:00.000Z";
    ["2199-12-27", "2199-12-28", "2199-12-29", "2199-12-30"].forEach((on) =>
      member.decide(claim(on, on), { now }),
    );
    const found = finding(member.decide(claim("A1", "2199-12-31"), { now }), "ESI-FREQUENCY");
    expect([found?.outcome, found?.nextEligibleDate]).toEqual(["NOT_MET", null]);
    expect(found?.message).toMatch(/No later date is eligible\.$/);
  });

  test("names neither in a finding that is met", () => {
    member.decide(claim("A1", "2025-03-03"));
    const found = finding(member.decide(claim("A2", date)), "ESI-FREQUENCY");
    expect([found?.window, found?.nextEligibleDate, found?.blockingSessions]).toEqual([null, null, []]);
  });
});

describe("ESI-REGION", () => {
  const other = { lines: lines("62321") };

  test("names the other region's session of the day and the decisions behind it", () => {
    member.decide(claim("A1", date));
    member.decide(claim("A2", "2025-05-13"));
    const found = finding(member.decide(claim("A3", date, other)), "ESI-REGION");
    const session = { region: "LUMBAR_SACRAL", dateOfService: date, decisionIds: ["D1"] };
    expect(found).toMatchObject({
      outcome: "NOT_MET",
      blockingSessions: [session],
      relatedDecisionIds: ["D1"],
    });
  });

  test("names no session of another day, although frequency looked at it", () => {
    member.decide(claim("A1", "2025-03-03"));
    member.decide(claim("A2", date));
    const decision = member.decide(claim("A3", date, { lines: lines("62321", "64483") }));
    expect(decision.priorSessions.map(({ dateOfService }) => dateOfService)).toEqual(["2025-03-03", date]);
    expect(finding(decision, "ESI-REGION")).toMatchObject({
      blockingSessions: [{ dateOfService: date }],
      relatedDecisionIds: ["D2"],
    });
  });

  test("names them where the claims contradict each other", () => {
    member.decide(loaded("H1", date, surgeryCenter));
    const found = finding(member.decide(claim("A1", date, other)), "ESI-REGION");
    expect(found).toMatchObject({ outcome: "UNDETERMINED", relatedDecisionIds: ["D1"] });
    expect(found?.blockingSessions).toHaveLength(1);
  });

  test("names the decisions behind the regions on file where it is met, and no session in the way", () => {
    member.decide(claim("A1", date));
    const decision = member.decide(claim("A2", date, { lines: lines("64483") }));
    expect(finding(decision, "ESI-REGION")).toMatchObject({
      outcome: "MET",
      blockingSessions: [],
      relatedDecisionIds: ["D1"],
    });
  });

  test("names nothing where nothing is on file", () => {
    const decision = member.decide(claim("A1", date, { lines: lines("62321", "62323") }));
    const named = [0, 1].map((place) => finding(decision, "ESI-REGION", place));
    expect(
      named.map((found) => [found?.outcome, found?.relatedDecisionIds, found?.blockingSessions]),
    ).toEqual([
      ["MET", [], []],
      ["NOT_MET", [], []],
    ]);
  });

  test("names nothing where it is not asked", () => {
    member.decide(claim("A1", date));
    const found = finding(member.decide(claim("A2", date, { lines: lines("64480") })), "ESI-REGION");
    expect(found).toMatchObject({ outcome: "NOT_APPLICABLE", relatedDecisionIds: [], blockingSessions: [] });
  });
});
