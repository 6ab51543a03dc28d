import { Finding, findingsOf } from "../../src/adjudication/findings";
import { Decision } from "../../src/member/decision";
import { PolicyException } from "../../src/policy/exceptions";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { plainDate } from "../../src/claim/plainDate";
import { atSurgeryCenter, claim, lines, MemberOnFile, policy } from "./memberOnFile";

const [version] = molinaEsiVersions;
const date = "2025-05-12";

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

function findings(decision: Decision, place = 0): Finding[] {
  return findingsOf(decision, decision.lines[place], version);
}

function finding(decision: Decision, ruleId: string, place = 0): Finding | undefined {
  return findings(decision, place).find((one) => one.ruleId === ruleId);
}

function outcomes(decision: Decision, place = 0): string {
  return findings(decision, place)
    .map(({ ruleId, outcome }) => `${ruleId} ${outcome}`)
    .join("\n");
}

test("every rule has one finding for a governed line, in the evaluation order", () => {
  expect(outcomes(member.decide(claim("A1", date)))).toBe(
    `ESI-DUPLICATE MET
ESI-DISCONTINUED MET
ESI-ADD-ON NOT_APPLICABLE
ESI-INTERLAMINAR-SIDE MET
ESI-ASC-BILATERAL NOT_APPLICABLE
ESI-UNITS MET
ESI-LEVELS NOT_APPLICABLE
ESI-FREQUENCY MET
ESI-REGION MET`,
  );
});

test("a finding carries what the policy says of its rule", () => {
  const [first] = findings(member.decide(claim("A1", date)));
  expect(first).toEqual({
    ruleId: "ESI-DUPLICATE",
    ruleTitle: "A service is paid once",
    outcome: "MET",
    message: "No equal line of another claim is on file.",
    parameters: [],
    blockingSessions: [],
    nextEligibleDate: null,
    window: null,
    relatedDecisionIds: [],
    citations: version.rows[0].rule.cites,
  });
});

test("a line that is not governed has no findings", () => {
  const decision = member.decide(claim("A1", date, { lines: lines("62323", "99213") }));
  expect(findings(decision, 1)).toEqual([]);
});

test("rules that follow the one that took a whole line have nothing to judge", () => {
  const decision = member.decide(claim("A1", date, { lines: lines("62323-50") }));
  expect(outcomes(decision)).toMatch(
    /SIDE NOT_MET\n.*\nESI-UNITS NOT_APPLICABLE\n(?:.* NOT_APPLICABLE\n?){3}$/,
  );
});

describe("of the two looks at an add-on", () => {
  test("the first one stands where the second says nothing worse", () => {
    const decision = member.decide(claim("A1", date, { lines: lines("64483", "64484") }));
    expect(finding(decision, "ESI-ADD-ON", 1)?.outcome).toBe("MET");
  });

  test("the first one stands where it took the line", () => {
    const decision = member.decide(claim("A1", date, { lines: lines("64484") }));
    expect(finding(decision, "ESI-ADD-ON")?.outcome).toBe("NOT_MET");
    expect(decision.lines[0].adjustments.map(({ carc }) => carc)).toEqual(["107"]);
  });

  test("the second one stands where it takes the line", () => {
    const about = { ...atSurgeryCenter, lines: lines("64483-50", "64484-RT") };
    const decision = member.decide(claim("A1", date, about));
    expect(outcomes(decision, 1)).toContain("ESI-ADD-ON NOT_MET\n");
    expect(findings(decision, 1).filter(({ ruleId }) => ruleId === "ESI-ADD-ON")).toHaveLength(1);
    expect(decision.lines[1].adjustments.map(({ carc }) => carc)).toEqual(["B15"]);
  });

  test("what an earlier rule found after the first one stays", () => {
    const about = { ...atSurgeryCenter, lines: lines("64483-50", "64484-RT") };
    expect(finding(member.decide(claim("A1", date, about)), "ESI-ASC-BILATERAL", 1)?.outcome).toBe("MET");
  });
});

test("ESI-DUPLICATE names the decisions with the equal line, and nothing where it is met", () => {
  member.decide(claim("A1", date));
  const decision = member.decide(claim("A2", date, { lines: lines("62323", "62323 x2") }));
  expect(finding(decision, "ESI-DUPLICATE", 0)?.relatedDecisionIds).toEqual(["D1"]);
  expect(finding(decision, "ESI-DUPLICATE", 1)?.relatedDecisionIds).toEqual([]);
});

test("a finding names the parameters that its rule reads, as exceptions set them", () => {
  const exception: PolicyException = {
    id: "E1",
    source: "STATE",
    key: "TX",
    parameter: "sessionsPerRegion",
    value: [{ months: 6, sessions: 3 }],
    effectiveFrom: plainDate("2025-01-01"),
    citation: "Notice 7",
    declaredAt: "2025-01-01T00:00:00.000Z",
    declaredBy: "policy office",
  };
  const decision = member.decide(claim("A1", date), { policy: { ...policy, exceptions: [exception] } });
  const named = findings(decision).flatMap(({ ruleId, parameters }) =>
    parameters.map(({ name, value }) => `${ruleId} ${name} ${value}`),
  );
  expect(named).toEqual([
    "ESI-UNITS interlaminarLevels 1",
    "ESI-LEVELS transforaminalLevels 2",
    'ESI-FREQUENCY sessionsPerRegion [{"months":6,"sessions":3}]',
    "ESI-REGION regionsPerSession 1",
  ]);
});
