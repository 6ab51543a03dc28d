import { judgePreview } from "../../src/adjudication/judge";
import { ClaimSession } from "../../src/claim/claimSession";
import { Asked, claim, inShort, lines, loaded, MemberOnFile, policy } from "./memberOnFile";

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

const refused = (session: ClaimSession, about: Asked = {}) => inShort(member.submit(session, about));

describe("a date of service in the future", () => {
  test("is later than today's date at UTC+14", () => {
    expect(refused(claim("A1", "2026-03-02"), { now: "2026-03-01T09:59:59.999Z" })).toContain("FUTURE");
    expect(refused(claim("A1", "2026-03-02"), { now: "2026-03-01T10:00:00.000Z" })).toBe("decided");
  });

  test("is refused for an import and a void too, at the place where it is written", () => {
    const now = "2025-01-01T00:00:00.000Z";
    expect(inShort(member.submit(loaded("H1", "2025-05-12"), { now }))).toBe(
      "FUTURE_DATE_OF_SERVICE dateOfService",
    );
    const voiding = claim("A1", "2025-05-12", { frequency: "VOID", originalClaimNumber: "A0", lines: [] });
    expect(refused(voiding, { now })).toBe("FUTURE_DATE_OF_SERVICE session.dateOfService");
  });
});

describe("a date of service before the first policy version", () => {
  test("is refused, and never judged by another version", () => {
    expect(refused(claim("A1", "2021-12-11"))).toBe("NO_POLICY_IN_FORCE session.dateOfService");
    expect(member.decide(claim("A1", "2021-12-12")).policyVersionId).toBe("molina-esi@2021-12-12");
  });

  test("is loaded as history, and can be voided", () => {
    expect(member.decide(loaded("H1", "1990-01-01")).disposition).toBe("APPROVED");
    const voiding = claim("A1", "1990-01-01", { frequency: "VOID", originalClaimNumber: "H1", lines: [] });
    expect(member.decide(voiding).disposition).toBe("VOIDED");
  });
});

describe("a claim number", () => {
  test("is decided once for a date of service, however it was decided", () => {
    member.decide(claim("A1", "2025-05-12"));
    member.decide(claim("A2", "2025-05-12", { frequency: "VOID", originalClaimNumber: "A1", lines: [] }));
    expect(refused(claim("A1", "2025-05-12"))).toBe("CLAIM_ALREADY_DECIDED session.claimNumber D1");
    expect(refused(claim("A2", "2025-05-12"))).toBe("CLAIM_ALREADY_DECIDED session.claimNumber D2");
    const again = member.submit(loaded("A1", "2025-05-12"));
    expect(inShort(again)).toBe("CLAIM_ALREADY_DECIDED claimNumber D1");
  });

  test("is free on another date of service", () => {
    member.decide(claim("A1", "2025-05-12"));
    expect(refused(claim("A1", "2025-05-13"))).toBe("decided");
  });
});

describe("an import", () => {
  test("is allowed as it is: no rule is run and nothing flagged", () => {
    member.decide(loaded("H1", "2025-05-12", { lines: lines("62321-50 x9", "64484-KX x3", "99213") }));
    const [decision] = member.stream;
    expect(decision).toMatchObject({
      kind: "IMPORT",
      disposition: "APPROVED",
      reviewFlags: [],
      priorSessions: [],
    });
    expect(decision.policyVersionId).toBeUndefined();
    expect(
      decision.lines.map((line) => [line.disposition, line.unitsAllowed, line.unitsDenied, line.findings]),
    ).toEqual([
      ["ALLOWED", 9, 0, undefined],
      ["ALLOWED", 3, 0, undefined],
      ["NOT_GOVERNED", 0, 0, undefined],
    ]);
  });

  test("of lines that are not governed is not governed", () => {
    expect(member.decide(loaded("H1", "2025-05-12", { lines: lines("99213") })).disposition).toBe(
      "NOT_GOVERNED",
    );
  });
});

test("a void has no lines, no policy and no flags, and supersedes its original", () => {
  member.decide(claim("A1", "2025-05-12"));
  const voiding = claim("A2", "2025-05-12", { frequency: "VOID", originalClaimNumber: "A1", lines: [] });
  const { kind, disposition, lines: none, policyVersionId, reviewFlags, supersedes } = member.decide(voiding);
  expect({ kind, disposition, none, policyVersionId, reviewFlags, supersedes }).toEqual({
    kind: "VOID",
    disposition: "VOIDED",
    none: [],
    policyVersionId: undefined,
    reviewFlags: [],
    supersedes: { id: "D1", memberSequence: 1 },
  });
});

describe("a preview", () => {
  const previewed = (session: ClaimSession, now = policy) => {
    const judged = judgePreview(session, member.stream, now);
    return "refusals" in judged ? inShort({ kind: "refused", ...judged }) : judged.outcome.disposition;
  };

  test("is not refused for a date in the future or a claim number that was decided", () => {
    member.decide(claim("A1", "2025-05-12"));
    expect(previewed(claim("A1", "2025-05-12"))).toBe("APPROVED");
    expect(previewed(claim("A1", "2199-12-31"))).toBe("APPROVED");
  });

  test("is refused like a submission for the rest, at the place inside its session", () => {
    expect(previewed(claim("A1", "2021-12-11"))).toBe("NO_POLICY_IN_FORCE dateOfService");
    expect(previewed(claim("A1", "2025-05-12", { frequency: "VOID" }))).toBe(
      "ORIGINAL_REQUIRED originalClaimNumber",
    );
    const original = claim("A1", "2025-05-12", { originalClaimNumber: "A0" });
    expect(previewed(original)).toBe("ORIGINAL_NOT_ALLOWED originalClaimNumber");
  });

  test("leaves out what is on file of the same claim number and date, and nothing else", () => {
    member.decide(claim("A1", "2025-05-12"));
    expect(previewed(claim("A1", "2025-05-12"))).toBe("APPROVED");
    expect(previewed(claim("A2", "2025-05-12"))).toBe("DENIED");
    member.decide(claim("A1", "2025-05-13"));
    const judged = judgePreview(claim("A1", "2025-05-12"), member.stream, policy);
    expect("outcome" in judged && judged.outcome.priorSessions.map(({ decisionIds }) => decisionIds)).toEqual(
      [["D2"]],
    );
  });

  test("leaves out the claim that it would replace", () => {
    member.decide(claim("A1", "2025-05-12"));
    const replacing = claim("A2", "2025-05-12", { frequency: "REPLACEMENT", originalClaimNumber: "A1" });
    expect(previewed(replacing)).toBe("APPROVED");
  });

  test("of a void is voided, and allowed before the first policy version", () => {
    member.decide(loaded("H1", "2021-01-04"));
    const voiding = claim("A1", "2021-01-04", { frequency: "VOID", originalClaimNumber: "H1", lines: [] });
    expect(previewed(voiding)).toBe("VOIDED");
  });

  test("says what a submission then decides", () => {
    member.decide(claim("A1", "2025-05-12", { lines: lines("64483") }));
    const asked = claim("A2", "2025-05-12", { lines: lines("64484-KX x3", "62321", "99213") });
    const judged = judgePreview(asked, member.stream, policy);
    expect(member.decide(asked)).toMatchObject("outcome" in judged ? judged.outcome : {});
  });
});
