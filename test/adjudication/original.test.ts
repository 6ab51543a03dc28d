import { ClaimSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Asked, claim, inShort, lines, MemberOnFile } from "./memberOnFile";

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

const refused = (session: ClaimSession, about: Asked = {}) => inShort(member.submit(session, about));

describe("the original of a correction", () => {
  const replacing = (number: string, original: string | undefined, about: Partial<ClaimSession> = {}) =>
    claim(number, "2025-05-12", { frequency: "REPLACEMENT", originalClaimNumber: original, ...about });
  const voiding = (number: string, original: string | undefined) =>
    replacing(number, original, { frequency: "VOID", lines: [] });

  beforeEach(() => {
    member.decide(claim("A1", "2025-05-12"));
  });

  test("must be named by a replacement and by a void", () => {
    expect(refused(replacing("A2", undefined))).toBe("ORIGINAL_REQUIRED session.originalClaimNumber");
    expect(refused(voiding("A2", undefined))).toBe("ORIGINAL_REQUIRED session.originalClaimNumber");
    const dated = replacing("A2", undefined, { originalDateOfService: plainDate("2025-05-12") });
    expect(refused(dated)).toBe("ORIGINAL_REQUIRED session.originalClaimNumber");
  });

  test("cannot be named by an original claim, in whole or in part", () => {
    const original = { originalClaimNumber: "A1" };
    const date = { originalDateOfService: plainDate("2025-05-12") };
    const refusedAt = (about: Partial<ClaimSession>) => refused(claim("A2", "2025-05-12", about));
    expect(refusedAt(original)).toBe("ORIGINAL_NOT_ALLOWED session.originalClaimNumber");
    expect(refusedAt({ ...original, ...date })).toBe("ORIGINAL_NOT_ALLOWED session.originalClaimNumber");
    expect(refusedAt(date)).toBe("ORIGINAL_NOT_ALLOWED session.originalDateOfService");
  });

  test("must be on the member's stream, on its own date of service", () => {
    expect(refused(replacing("A2", "A9"))).toBe("ORIGINAL_NOT_FOUND session.originalClaimNumber");
    const elsewhere = { originalDateOfService: plainDate("2025-05-13") };
    expect(refused(replacing("A2", "A1", elsewhere))).toBe("ORIGINAL_NOT_FOUND session.originalClaimNumber");
    expect(refused(replacing("A2", "A1", { dateOfService: plainDate("2025-05-13") }))).toContain("NOT_FOUND");
  });

  test("is superseded by its replacement, which may be on another date", () => {
    const moved = { dateOfService: plainDate("2025-05-13"), originalDateOfService: plainDate("2025-05-12") };
    expect(member.decide(replacing("A2", "A1", moved)).supersedes).toEqual({ id: "D1", memberSequence: 1 });
  });

  test("must be effective: the end of its chain of corrections is given", () => {
    member.decide(replacing("A2", "A1"));
    member.decide(replacing("A3", "A2"));
    expect(refused(replacing("A4", "A1"))).toBe("ORIGINAL_NOT_EFFECTIVE session.originalClaimNumber D3");
    member.decide(voiding("A4", "A3"));
    expect(refused(replacing("A5", "A2"))).toBe("ORIGINAL_NOT_EFFECTIVE session.originalClaimNumber D4");
  });

  test("cannot be a void, which is its own effective decision", () => {
    member.decide(voiding("A2", "A1"));
    expect(refused(voiding("A3", "A2"))).toBe("ORIGINAL_NOT_EFFECTIVE session.originalClaimNumber D2");
  });

  test("cannot be wholly denied", () => {
    member.decide(claim("A2", "2025-05-12", { lines: lines("64484", "99213") }));
    expect(refused(replacing("A3", "A2"))).toBe("ORIGINAL_DENIED session.originalClaimNumber D2");
    expect(refused(voiding("A3", "A2"))).toBe("ORIGINAL_DENIED session.originalClaimNumber D2");
  });

  test.each([
    ["partly denied", ["64483", "64480"]],
    ["pended beside a denied line", ["64483-53", "64480"]],
    ["not governed", ["99213"]],
  ])("may be %s", (_, billed) => {
    const date = "2025-06-16";
    member.decide(claim("A2", date, { lines: lines(...billed) }));
    const about = { dateOfService: plainDate(date), lines: lines("64483") };
    expect(refused(replacing("A3", "A2", about))).toBe("decided");
  });

  test("is off file while its replacement is judged, and free again after a void", () => {
    const replaced = member.decide(replacing("A2", "A1"));
    expect([replaced.disposition, replaced.priorSessions]).toEqual(["APPROVED", []]);
    member.decide(voiding("A3", "A2"));
    const again = member.decide(claim("A4", "2025-05-12"));
    expect([again.disposition, again.priorSessions]).toEqual(["APPROVED", []]);
  });
});
