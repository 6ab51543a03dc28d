import { engineVersion } from "../../src/adjudication/engineVersion";
import { replay } from "../../src/adjudication/replay";
import { canonicalText } from "../../src/claim/canonicalText";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { seal } from "../../src/policy/policyVersion";
import { claim, lines, loaded } from "./memberOnFile";
import { date, ReplayedMember, textsOf, threeLevels } from "./replayedMember";

let member: ReplayedMember;
beforeEach(() => {
  member = new ReplayedMember();
});

describe("a decision is replayed identically", () => {
  beforeEach(() => {
    member.decide(loaded("H1", "2025-03-03", { lines: lines("62323", "99213") }), { key: "k1" });
    member.decide(claim("A1", date, { ...threeLevels, benefitPlanId: "PLAN" }), { clientId: "another" });
    member.submitReview("D2", [{ lineNumber: 2, unitsAllowed: 3 }], { reviewer: "a reviewer" });
    const moved = { originalDateOfService: plainDate(date), lines: lines("64483-RT") };
    const replacing = { frequency: "REPLACEMENT", originalClaimNumber: "A1", ...moved } as const;
    member.decide(claim("A2", "2025-05-13", replacing));
    member.decide(claim("A3", "2025-03-03", { frequency: "VOID", originalClaimNumber: "H1", lines: [] }));
    member.submitReview("D4", [{ lineNumber: 1, unitsAllowed: 0 }]);
  });

  test("if it is an import, an adjudication, a review, a replacement or a void", () => {
    const kinds = ["IMPORT", "ADJUDICATION", "REVIEW", "ADJUDICATION", "VOID", "REVIEW"];
    expect(member.stream.map(({ kind }) => kind)).toEqual(kinds);
    expect(member.stream.map((decision) => member.replayed(decision))).toEqual(kinds.map(() => []));
  });

  test("from the records as they were read back", () => {
    const readBack: Decision[] = JSON.parse(JSON.stringify(member.stream));
    member.stream.splice(0, readBack.length, ...readBack);
    expect(readBack.flatMap((decision) => member.replayed(decision))).toEqual([]);
  });

  test("also where its instant is later than the clock that it was decided by", () => {
    const late = member.decide(claim("A4", "2025-05-14"), { now: "2025-05-15T00:00:00.000Z" });
    expect(late.decidedAt).toBe(member.stream[0].decidedAt);
    expect(member.replayed(late)).toEqual([]);
  });
});

test("a version that came later and begins earlier changes nothing that was decided before it", () => {
  const [version] = molinaEsiVersions;
  const { "62323": _, ...procedures } = version.procedures;
  const parameters = { ...version.parameters, transforaminalLevels: 1 };
  const retroactive = {
    ...version,
    id: "later",
    effectiveFrom: plainDate("2025-01-01"),
    procedures,
    parameters,
  };
  member.decide(loaded("H1", "2025-03-03"));
  member.decide(claim("A1", date, threeLevels));
  const versions = [seal(retroactive), ...molinaEsiVersions] as const;
  expect(member.stream.flatMap((decision) => member.replayed(decision, {}, { versions }))).toEqual([]);
});

describe("under the exceptions of its time", () => {
  beforeEach(() => {
    member.decideUnderRegister("A1");
    member.declare(4);
    member.decideUnderRegister("A2", "2025-05-13");
    member.end("E1", "2025-03-31");
    member.decideUnderRegister("A3", "2025-05-14");
  });

  test("a decision is replayed, although one was declared since, or ended", () => {
    expect(member.stream.map(({ exceptionSequence }) => exceptionSequence)).toEqual([undefined, 1, 2]);
    expect(member.stream.map(({ exceptionsConsidered }) => exceptionsConsidered.length)).toEqual([0, 1, 0]);
    member.declare(5, "2025-04-01");
    expect(member.stream.flatMap((decision) => member.replayed(decision))).toEqual([]);
  });

  test("a decision that names fewer entries than there were is told by what it then would be", () => {
    const [, decision] = member.stream;
    const { exceptionSequence, ...forged } = decision;
    const differences = member.replayed(forged);
    expect(differences).toContain('disposition: "APPROVED" → "PARTIAL"');
    expect(differences.join()).toContain("exceptionsConsidered[0]: ");
  });

  test("a decision that names more entries than there are is told by their number", () => {
    const forged = { ...member.stream[2], exceptionSequence: 9 };
    expect(member.replayed(forged)).toEqual(["exceptionSequence: 9 → 2"]);
  });
});

describe("a record that is not what was decided", () => {
  let decision: Decision;
  let record: string;
  beforeEach(() => {
    member.decide(claim("A0", "2025-03-03"));
    decision = member.decide(claim("A1", date, threeLevels));
    record = canonicalText(decision);
  });

  const replayedRecord = (text: string) =>
    textsOf(replay({ decision, record: text }, member.premisesOf(decision)));

  test("is told by the place of a text that was changed", () => {
    expect(replayedRecord(record.replace('"claimNumber":"A1"', '"claimNumber":"A2"'))).toEqual([
      'session.claimNumber: "A2" → "A1"',
    ]);
  });

  test("is told by the place of a number that was changed, and of one that is not there", () => {
    expect(replayedRecord(record.replace('"unitsAllowed":1', '"unitsAllowed":2'))).toEqual([
      "lines[0].unitsAllowed: 2 → 1",
    ]);
    expect(replayedRecord(record.replace('"memberSequence":2,', ""))).toEqual([
      "memberSequence: undefined → 2",
    ]);
  });

  test("is told also where only its text is another: a space, or members in another order", () => {
    const another = ': "another text of the same values" → "canonical text"';
    expect(replayedRecord(`${record} `)).toEqual([another]);
    const turned = Object.fromEntries(Object.entries(JSON.parse(record)).reverse());
    expect(replayedRecord(JSON.stringify(turned))).toEqual([another]);
  });

  test("is told where the record says throughout what the rules do not", () => {
    const [first, addOn] = decision.lines;
    expect(
      member.replayed({ ...decision, lines: [first, { ...addOn, unitsAllowed: 3, unitsDenied: 0 }] }),
    ).toEqual(["lines[1].unitsAllowed: 3 → 1", "lines[1].unitsDenied: 0 → 2"]);
  });

  test("is told where a decision before it is missing, or says something else", () => {
    const { before } = member.premisesOf(decision);
    const [missing, prior] = member.replayed(decision, {}, { before: [] });
    expect([missing, prior.split(":")[0]]).toEqual(["memberSequence: 2 → 1", "priorSessions[0]"]);
    const denied = { ...before[0], lines: [{ ...before[0].lines[0], unitsAllowed: 0 }] };
    expect(member.replayed(decision, {}, { before: [denied] })).toEqual([prior]);
  });

  test("is told where its decision would have been refused", () => {
    const { before } = member.premisesOf(decision);
    const sameClaim = { ...before[0], session: decision.session };
    expect(member.replayed(decision, {}, { before: [sameClaim] })).toEqual([
      ': "decided" → ["CLAIM_ALREADY_DECIDED"]',
    ]);
  });

  test("is told where its key was bound before", () => {
    const { before } = member.premisesOf(decision);
    const bound = { ...before[0], idempotencyKey: decision.idempotencyKey };
    expect(member.replayed(decision, {}, { before: [bound] })).toEqual([
      ': "decided" → ["IDEMPOTENCY_KEY_REUSED"]',
    ]);
  });
});

describe("a record of an engine", () => {
  test("that decides otherwise is not replayed, and says so", () => {
    const decision = { ...member.decide(claim("A1", date)), engineVersion: "0.9.0" };
    expect(member.replayed(decision)).toEqual([`engineVersion: "0.9.0" → "${engineVersion}"`]);
    expect(member.replayed(decision, { exceptionsOfToday: true })).toHaveLength(1);
  });
});
