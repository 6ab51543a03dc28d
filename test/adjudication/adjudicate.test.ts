import { ClaimSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { effectiveDecisions } from "../../src/member/stream";
import { PolicyException } from "../../src/policy/exceptions";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { seal, SealedPolicyVersion } from "../../src/policy/policyVersion";
import { claim, lines, loaded, MemberOnFile, outcomeOn, surgeryCenter } from "./memberOnFile";

const [version] = molinaEsiVersions;
const date = "2025-05-12";

function streamOf(...dates: string[]): Decision[] {
  const member = new MemberOnFile();
  dates.forEach((on) => member.decide(loaded(on, on)));
  return effectiveDecisions(member.stream);
}

function outcome(
  session: ClaimSession,
  onFile: readonly Decision[] = [],
  under: SealedPolicyVersion = version,
  declared: readonly PolicyException[] = [],
) {
  return outcomeOn(onFile, session, under, declared);
}

test("lines are judged by number and answered in the order in which they were sent", () => {
  const [first, second] = lines("64484", "64484");
  const sent = [
    { ...second, lineNumber: 7 },
    { ...first, lineNumber: 3 },
    { ...lines("64483")[0], lineNumber: 5 },
  ];
  const decided = outcome(claim("A1", date, { lines: sent })).lines;
  expect(decided.map(({ lineNumber, unitsAllowed }) => [lineNumber, unitsAllowed])).toEqual([
    [7, 0],
    [3, 1],
    [5, 1],
  ]);
});

test("a line keeps what it billed, and says what its code meant", () => {
  const billed = { ...lines("64484-RT-59 x2")[0], diagnosisCodes: ["M54.16"], chargeAmount: "1250.00" };
  const [decided] = outcome(claim("A1", date, { lines: [billed] })).lines;
  expect(decided).toMatchObject({ ...billed, region: "LUMBAR_SACRAL", approach: "TRANSFORAMINAL" });
});

test("a line that is not governed is passed through: nothing is allowed and nothing denied", () => {
  const [billed] = lines("99213-25 x3");
  expect(outcome(claim("A1", date, { lines: [billed] })).lines).toEqual([
    { ...billed, disposition: "NOT_GOVERNED", unitsAllowed: 0, unitsDenied: 0, adjustments: [] },
  ]);
});

test("a pended line keeps the denial of the units that an earlier rule took", () => {
  const [lumbar] = outcome(claim("A1", date, { lines: lines("62323 x3") }), contradicting()).lines;
  expect(lumbar).toMatchObject({ disposition: "PENDED", unitsAllowed: 0, unitsDenied: 2 });
  expect(lumbar.adjustments.map(({ ruleId, units }) => [ruleId, units])).toEqual([["ESI-UNITS", 2]]);
});

function contradicting(): Decision[] {
  const member = new MemberOnFile();
  member.decide(loaded("H1", date, { ...surgeryCenter, lines: lines("62321") }));
  return member.stream;
}

test.each([
  ["allowed on file is in the way of its like", "62323", true],
  ["pended on file is in the way of its like", "62323-53", true],
  ["denied on file is not", "64484", false],
])("a line that is %s", (_, billed, inTheWay) => {
  const member = new MemberOnFile();
  member.decide(claim("A1", date, { lines: lines(billed) }));
  const [again] = outcome(claim("A2", date, { lines: lines(billed) }), member.stream).lines;
  expect(again.adjustments.some(({ ruleId }) => ruleId === "ESI-DUPLICATE")).toBe(inTheWay);
});

test.each<[string, string[], string]>([
  ["nothing governed is NOT_GOVERNED", ["99213"], "NOT_GOVERNED"],
  ["all units allowed is APPROVED, whatever is not governed beside them", ["62323", "99213"], "APPROVED"],
  ["all units denied is DENIED, whatever is not governed beside them", ["64484", "99213"], "DENIED"],
  ["some units of a line denied is PARTIAL", ["62323 x2"], "PARTIAL"],
  ["some lines denied is PARTIAL", ["64483", "64480"], "PARTIAL"],
  ["any line pended is PENDED, whatever is denied beside it", ["64483-53", "64480"], "PENDED"],
  ["any line pended is PENDED, whatever is allowed beside it", ["64483-53", "62323"], "PENDED"],
])("%s", (_, billed, disposition) => {
  expect(outcome(claim("A1", date, { lines: lines(...billed) })).disposition).toBe(disposition);
});

describe("prior sessions", () => {
  const prior = (session: ClaimSession, ...onFile: string[]) =>
    outcome(session, streamOf(...onFile)).priorSessions.map(
      ({ region, dateOfService }) => `${region} ${dateOfService}`,
    );

  test("are those in any window that holds the date, before and after it", () => {
    const onFile = ["2024-05-12", "2024-05-13", "2025-03-03", "2026-05-11", "2026-05-12"];
    expect(prior(claim("A1", date), ...onFile)).toEqual([
      "LUMBAR_SACRAL 2024-05-13",
      "LUMBAR_SACRAL 2025-03-03",
      "LUMBAR_SACRAL 2026-05-11",
    ]);
  });

  test("hold the day's own session, also of a region whose frequency was not judged", () => {
    const cervical = claim("A1", date, { lines: lines("62321") });
    expect(prior(cervical, date, "2025-03-03")).toEqual([`LUMBAR_SACRAL ${date}`]);
    expect(prior(claim("A1", date, { lines: lines("64484-53") }), date, "2025-03-03")).toEqual([
      `LUMBAR_SACRAL ${date}`,
    ]);
  });

  test("are none where frequency was not judged and the day is free", () => {
    expect(prior(claim("A1", date, { lines: lines("64484") }), "2025-03-03")).toEqual([]);
  });

  test("stand by region and then by date", () => {
    const member = new MemberOnFile();
    member.decide(loaded("H1", "2025-04-07"));
    member.decide(loaded("H2", "2025-03-03", { lines: lines("62321", "62323") }));
    const both = claim("A1", date, { lines: lines("62323", "62321") });
    expect(outcome(both, member.stream).priorSessions).toEqual([
      { region: "CERVICAL_THORACIC", dateOfService: "2025-03-03", decisionIds: ["D2"] },
      { region: "LUMBAR_SACRAL", dateOfService: "2025-03-03", decisionIds: ["D2"] },
      { region: "LUMBAR_SACRAL", dateOfService: "2025-04-07", decisionIds: ["D1"] },
    ]);
  });

  test("reach as far as the longest of several limits", () => {
    const limits = [
      { months: 1, sessions: 4 },
      { months: 24, sessions: 9 },
    ];
    const longer = seal({ ...version, parameters: { ...version.parameters, sessionsPerRegion: limits } });
    const { priorSessions } = outcome(claim("A1", date), streamOf("2023-05-12", "2023-05-13"), longer);
    expect(priorSessions.map(({ dateOfService }) => dateOfService)).toEqual(["2023-05-13"]);
  });
});

test("the version that judges says what is governed on file, whatever the record says", () => {
  const { "62323": _, ...procedures } = version.procedures;
  const without = seal({ ...version, procedures });
  const claimed = claim("A1", "2025-05-12", { lines: lines("64483") });
  expect(outcome(claimed, streamOf(date)).reviewFlags).toEqual(["MIXED_APPROACH"]);
  expect(outcome(claimed, streamOf(date), without)).toMatchObject({ reviewFlags: [], priorSessions: [] });
});

test("every exception that holds is listed, and the one that applies decides", () => {
  const exception = (id: string, about: Partial<PolicyException>): PolicyException => ({
    id,
    source: "STATE",
    key: "TX",
    parameter: "transforaminalLevels",
    value: 3,
    effectiveFrom: plainDate("2025-01-01"),
    citation: "Notice 7",
    declaredAt: "2025-01-01T00:00:00.000Z",
    declaredBy: "policy office",
    ...about,
  });
  const declared = [
    exception("E1", { source: "BENEFIT_PLAN", key: "PLAN", value: 1 }),
    exception("E2", {}),
    exception("E3", { key: "OH" }),
    exception("E4", { effectiveFrom: plainDate("2025-05-13") }),
  ];
  const session = claim("A1", date, { benefitPlanId: "PLAN", lines: lines("64483", "64484 x2") });
  const decided = outcome(session, [], version, declared);
  expect(decided.disposition).toBe("APPROVED");
  expect(decided.exceptionsConsidered).toEqual([
    { exceptionId: "E2", source: "STATE", parameter: "transforaminalLevels", value: 3, applied: true },
    {
      exceptionId: "E1",
      source: "BENEFIT_PLAN",
      parameter: "transforaminalLevels",
      value: 1,
      applied: false,
    },
  ]);
});

describe("a rule that breaks its contract stops the decision, and nothing is denied by mistake:", () => {
  const [row] = version.rows;
  const broken = (judge: typeof row.rule.judge) =>
    seal({ ...version, rows: [{ rule: { ...row.rule, judge }, reasons: row.reasons }] });

  test.each<[string, typeof row.rule.judge]>([
    ["a verdict too few", () => []],
    ["more units than the line has", () => [{ outcome: "NOT_MET", unitsTaken: 2, cause: "equalLineOnFile" }]],
    ["no unit at all", () => [{ outcome: "NOT_MET", unitsTaken: 0, cause: "equalLineOnFile" }]],
    ["a cause without reason codes", () => [{ outcome: "NOT_MET", unitsTaken: 1, cause: "constructedAnew" }]],
  ])("%s", (_, judge) => {
    expect(() => outcome(claim("A1", date), [], broken(judge))).toThrow("ESI-DUPLICATE");
  });
});
