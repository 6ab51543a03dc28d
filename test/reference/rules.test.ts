import type { ClaimLineInput } from "./contract";
import { ReferenceModel } from "./referenceModel";
import { COLLEAGUE, HOSPITAL, SURGERY_CENTRE, imported, lines, made, outcome } from "./scenario";

let model: ReferenceModel;
beforeEach(() => {
  model = new ReferenceModel({ now: () => "2026-07-01T00:00:00Z" });
});

describe("the rules", () => {
  it("name the decisions behind the regions on file also where the region is met", () => {
    const first = made(model);
    const second = made(model, COLLEAGUE);
    const finding = second.lines[0]?.findings.find(({ ruleId }) => ruleId === "ESI-REGION");
    expect([finding?.outcome, finding?.relatedDecisionIds]).toEqual(["MET", [first.id]]);
  });

  it("give one finding each on every governed line, and none on the others", () => {
    const decision = made(model, { lines: lines("64483", "J3301", "64484", "62321") });
    expect(decision.lines.map((line) => line.findings.length)).toEqual([9, 0, 9, 9]);
    const ruleIds = decision.lines[0]?.findings.map(({ ruleId }) => ruleId);
    expect(new Set(ruleIds).size).toBe(9);
  });

  it("keep what the absent primary said where a primary of the claim stands to the end", () => {
    const decision = made(model, { lines: lines("64483", "64484") });
    expect(outcome(decision, 2, "ESI-ADD-ON")).toBe("MET");
  });

  it("count the lines of one side of an interlaminar pair that stand on file against the other", () => {
    made(model, { lines: lines("62323-RT") });
    const other = made(model, { lines: lines("62323-LT", "62323-RT") });
    expect([outcome(other, 1, "ESI-INTERLAMINAR-SIDE"), outcome(other, 2, "ESI-INTERLAMINAR-SIDE")]).toEqual([
      "NOT_MET",
      "NOT_APPLICABLE",
    ]);
    expect(outcome(other, 2, "ESI-DUPLICATE")).toBe("NOT_MET");
  });

  it("find no duplicate in a line of other units", () => {
    made(model);
    const other = made(model, { lines: [{ lineNumber: 1, procedureCode: "62323", units: 2 }] });
    expect([outcome(other, 1, "ESI-DUPLICATE"), outcome(other, 1, "ESI-UNITS")]).toEqual(["MET", "NOT_MET"]);
  });

  it("tell facilities apart by their billing number, and from a practitioner of the same number", () => {
    expect(made(model, HOSPITAL).disposition).toBe("APPROVED");
    expect(made(model, { ...HOSPITAL, billingProviderNpi: "1900000013" }).disposition).toBe("APPROVED");
    const practitioner = { renderingProviderNpi: HOSPITAL.billingProviderNpi };
    expect(made(model, practitioner).disposition).toBe("APPROVED");
    const elsewhere = made(model, { ...practitioner, billingProviderNpi: "1500000017" });
    expect(outcome(elsewhere, 1, "ESI-UNITS")).toBe("NOT_MET");
  });

  it("weigh a facility's pair on file once on each side", () => {
    model.declareException({
      source: "FEDERAL",
      parameter: "transforaminalLevels",
      value: "3",
      effectiveFrom: "2025-01-01",
      citation: "c",
    });
    const pairs = lines("64483", "64484").map((line) => ({ ...line, units: 2 }));
    expect(made(model, { ...SURGERY_CENTRE, lines: pairs }).disposition).toBe("APPROVED");
    const later = made(model, { ...SURGERY_CENTRE, lines: lines("64484-RT", "64484-RT-59") });
    expect(later.lines.map((line) => line.disposition)).toEqual(["ALLOWED", "DENIED"]);
  });

  it("keep all regions that are on file, whichever the claim is for", () => {
    imported(model, "2025-05-12");
    imported(model, "2025-05-12", { lines: lines("62321") });
    expect(made(model, { ...COLLEAGUE, lines: lines("64483") }).disposition).toBe("APPROVED");
    expect(made(model, { ...COLLEAGUE, lines: lines("64479") }).disposition).toBe("APPROVED");
  });

  it("flag an ambiguous add-on of two units or more, and of a practitioner only", () => {
    const bilateral = (units: number): ClaimLineInput[] =>
      lines("64483-50", "64484").map((line, place) => ({ ...line, units: place === 0 ? 1 : units }));
    expect(made(model, { lines: bilateral(1) }).reviewFlags).toEqual([]);
    expect(made(model, { dateOfService: "2025-06-12", lines: bilateral(3) }).reviewFlags).toEqual([
      "AMBIGUOUS_BILATERAL_ADD_ON",
    ]);
    const billed = { dateOfService: "2025-07-14", lines: bilateral(3) };
    expect(made(model, { ...HOSPITAL, ...billed }).reviewFlags).toEqual([]);
  });

  it("come from the newest version in force, in whatever order the versions are given", () => {
    const parameters = { regionsPerSession: 2, transforaminalLevels: 2, interlaminarLevels: 1 };
    const version = (effectiveFrom: string, sessions: number) => ({
      id: `esi@${effectiveFrom}`,
      effectiveFrom,
      parameters: { ...parameters, sessionsPerRegion: [{ months: 12, sessions }] },
    });
    const policyVersions = [version("2025-01-01", 3), version("2024-01-01", 2)];
    model = new ReferenceModel({ policyVersions, now: () => "2026-07-01T00:00:00Z" });
    const idOn = (on: string) => model.allowance("M", { region: "LUMBAR_SACRAL", on })?.policyVersion.id;
    expect(["2021-12-11", "2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"].map(idOn)).toEqual([
      undefined,
      "molina-esi@2021-12-12",
      "esi@2024-01-01",
      "esi@2024-01-01",
      "esi@2025-01-01",
    ]);
  });

  it("keep every region where an exception allows two, and both count", () => {
    model.declareException({
      source: "FEDERAL",
      parameter: "regionsPerSession",
      value: "2",
      effectiveFrom: "2025-01-01",
      citation: "c",
    });
    expect(made(model, { lines: lines("62321", "64483") }).disposition).toBe("APPROVED");
    expect(model.sessions("M").map(({ region }) => region)).toEqual(["CERVICAL_THORACIC", "LUMBAR_SACRAL"]);
  });

  it("give prior sessions of the judged region in shared windows, and of either region on the day", () => {
    const others = ["2025-01-06", "2024-05-12", "2024-05-13", "2026-05-11", "2026-05-12"];
    for (const date of others) imported(model, date);
    const decision = made(model);
    expect(decision.priorSessions.map(({ dateOfService }) => dateOfService)).toEqual([
      "2024-05-13",
      "2025-01-06",
      "2026-05-11",
    ]);
    const later = made(model, { ...COLLEAGUE, lines: lines("64480") });
    expect(later.priorSessions).toEqual([
      { region: "LUMBAR_SACRAL", dateOfService: "2025-05-12", decisionIds: [decision.id] },
    ]);
  });
});
