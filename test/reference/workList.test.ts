import { ReferenceModel } from "./referenceModel";
import { COLLEAGUE, SURGERY_CENTRE, imported, lines, made, reviewed, workList } from "./scenario";

let model: ReferenceModel;
beforeEach(() => {
  model = new ReferenceModel({ now: () => "2026-07-01T00:00:00Z" });
});

describe("an override", () => {
  it("puts no earlier decision in question by what it allows beyond the start of its chain", () => {
    for (const date of ["2025-06-02", "2025-08-04", "2025-10-06"]) imported(model, date);
    made(model, { dateOfService: "2026-01-20" });
    const denied = made(model, { dateOfService: "2026-02-10" });
    reviewed(model, reviewed(model, denied, 0), 1);
    expect(workList(model)).toEqual([]);
  });

  it("is none where a review gives back what the start of its chain of such reviews allowed", () => {
    for (const date of ["2025-06-02", "2025-08-04", "2025-10-06"]) imported(model, date);
    made(model, { dateOfService: "2026-01-20" });
    const fifth = imported(model, "2025-11-03");
    expect(workList(model)).toEqual([[4, "LESS_PAYABLE", 5]]);
    const recouped = reviewed(model, fifth, 0);
    expect(workList(model)).toEqual([]);
    reviewed(model, recouped, 1);
    expect(workList(model)).toEqual([[4, "LESS_PAYABLE", 7]]);
  });

  it("is measured from what stood of its chain when the decision in question was made", () => {
    for (const date of ["2025-06-02", "2025-08-04", "2025-10-06"]) imported(model, date);
    const fourth = made(model, { dateOfService: "2026-01-20" });
    const recouped = reviewed(model, fourth, 0);
    expect(made(model, { dateOfService: "2026-02-10" }).disposition).toBe("APPROVED");
    reviewed(model, recouped, 1);
    expect(workList(model)).toEqual([]);
    imported(model, "2025-11-03");
    expect(workList(model)).toEqual([[6, "LESS_PAYABLE", 8]]);
  });
});

describe("the work list", () => {
  it("says CHANGED where a claim would be decided otherwise without gain or loss of units", () => {
    const centre = made(model, { ...SURGERY_CENTRE });
    const pended = made(model, { lines: lines("62321") });
    expect([centre.disposition, pended.disposition]).toEqual(["APPROVED", "PENDED"]);
    made(model, COLLEAGUE);
    expect(workList(model)).toEqual([[2, "CHANGED", 3]]);
    const [line] = model.candidates("M")[0]?.wouldBeLines ?? [];
    expect(line?.disposition).toBe("DENIED");
    expect(line?.adjustments).toMatchObject([{ ruleId: "ESI-REGION", rarcs: ["M80"] }]);
  });

  it("names as cause the first of the run that lasts to now, not an earlier run", () => {
    const primary = made(model, { lines: lines("64483-53") });
    const addOn = made(model, { lines: lines("64484") });
    expect([primary.disposition, addOn.disposition]).toEqual(["PENDED", "DENIED"]);
    const released = reviewed(model, primary, 1);
    expect(workList(model)).toEqual([[2, "MORE_PAYABLE", 3]]);
    const recouped = reviewed(model, released, 0);
    expect(workList(model)).toEqual([]);
    reviewed(model, recouped, 1);
    imported(model, "2024-01-08");
    expect(workList(model)).toEqual([[2, "MORE_PAYABLE", 5]]);
  });

  it("judges a claim again under the exceptions that held when it was decided", () => {
    model.declareException({
      source: "STATE",
      key: "TX",
      parameter: "interlaminarLevels",
      value: "2",
      effectiveFrom: "2025-01-01",
      citation: "c",
    });
    made(model, { lines: [{ lineNumber: 1, procedureCode: "62323", units: 2 }] });
    expect(workList(model)).toEqual([]);
  });
});
