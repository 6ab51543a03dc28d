import { replay } from "../../src/adjudication/replay";
import { plainDate } from "../../src/claim/plainDate";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { Parameters } from "../../src/policy/parameters";
import { seal } from "../../src/policy/policyVersion";
import { claim, loaded } from "./memberOnFile";
import { date, ReplayedMember, textsOf, threeLevels } from "./replayedMember";

const [version] = molinaEsiVersions;

let member: ReplayedMember;
beforeEach(() => {
  member = new ReplayedMember();
});

describe("what if", () => {
  const under = (parameters: Partial<Parameters>) => {
    const changed = { ...version, id: "what-if", effectiveFrom: plainDate("2199-12-31") };
    return seal({ ...changed, parameters: { ...version.parameters, ...parameters } });
  };

  test("another version had been in force: its effects are told, its name and date are not", () => {
    const decision = member.decide(claim("A1", date, threeLevels));
    expect(member.replayed(decision, { version: under({}) })).toEqual([]);
    const differences = member.replayed(decision, { version: under({ transforaminalLevels: 3 }) });
    expect(differences).toContain("lines[1].unitsAllowed: 1 → 2");
    expect(differences.filter((text) => /policyVersion|exceptionSequence/.test(text))).toEqual([]);
  });

  test("another version had been in force: the exceptions of the time still go before it", () => {
    member.declare(4);
    const decision = member.decideUnderRegister("A1");
    expect(member.replayed(decision, { version: under({ transforaminalLevels: 1 }) })).toEqual([]);
    member.end("E1", "2025-03-31");
    expect(member.replayed(decision, { version: under({ transforaminalLevels: 1 }) })).toEqual([]);
  });

  test("the exceptions of today had been known: what they change is told, how many they are is not", () => {
    const decision = member.decideUnderRegister("A1");
    member.declare(4, "2025-06-01");
    expect(member.replayed(decision, { exceptionsOfToday: true })).toEqual([]);
    member.end("E1", "2025-05-31");
    member.declare(4);
    const differences = member.replayed(decision, { exceptionsOfToday: true });
    expect(differences).toContain('disposition: "PARTIAL" → "APPROVED"');
    expect(differences.join()).toContain("exceptionsConsidered[0]: undefined → ");
    expect(differences.join()).not.toContain("exceptionSequence");
  });

  test("the exceptions of today had been known: one that was ended by then holds no more", () => {
    member.declare(4);
    const decision = member.decideUnderRegister("A1");
    member.end("E1", "2025-03-31");
    expect(member.replayed(decision, { exceptionsOfToday: true })).toContain(
      'disposition: "APPROVED" → "PARTIAL"',
    );
  });

  test("both at once: the exceptions go before the version", () => {
    const decision = member.decideUnderRegister("A1");
    member.declare(4);
    const supposed = { version: under({ transforaminalLevels: 1 }), exceptionsOfToday: true };
    expect(member.replayed(decision, supposed)).toContain("lines[1].unitsAllowed: 1 → 3");
  });

  test("the outcome is compared, and no longer the text of the record", () => {
    const decision = member.decide(claim("A1", date));
    const stored = { decision, record: "not looked at" };
    expect(textsOf(replay(stored, member.premisesOf(decision), { version }))).toEqual([]);
  });

  test("on a review, a void or an import nothing follows from either", () => {
    member.decide(loaded("H1", date));
    member.review(member.stream[0], 0);
    member.decide(loaded("H2", "2025-05-13"));
    member.decide(claim("V1", "2025-05-13", { frequency: "VOID", originalClaimNumber: "H2", lines: [] }));
    member.declare(4);
    const supposed = { version: under({ transforaminalLevels: 1 }), exceptionsOfToday: true };
    expect(member.stream.flatMap((decision) => member.replayed(decision, supposed))).toEqual([]);
  });
});
