import { ExceptionsDeclared } from "./exceptionsDeclared";

let declared: ExceptionsDeclared;
beforeEach(() => {
  declared = new ExceptionsDeclared();
  declared.declare({ ...STATE, value: "3" }, "client", "2026-03-01T00:00:00Z");
});

const STATE = {
  source: "STATE",
  key: "TX",
  parameter: "transforaminalLevels",
  effectiveFrom: "2025-01-01",
  citation: "c",
} as const;

const end = (effectiveTo: string, now = "2026-03-02T00:00:00Z", exceptionId = "exception 1") =>
  declared.end({ exceptionId, effectiveTo }, now).userErrors.map(({ field }) => field.join("."));
const declare = (value: string, effectiveFrom: string) =>
  declared.declare({ ...STATE, value, effectiveFrom }, "client", "2026-03-03T00:00:00Z");
const lastDays = (asKnownAt?: string) => declared.standing(asKnownAt).map(({ effectiveTo }) => effectiveTo);

describe("an ending", () => {
  it("brings the last day forward, never back, and is known from when it was declared", () => {
    expect(end("2025-06-30")).toEqual([]);
    expect(end("2025-07-01")).toEqual(["effectiveTo"]);
    expect(end("2025-03-31", "2026-03-04T00:00:00Z")).toEqual([]);
    expect(lastDays()).toEqual(["2025-03-31"]);
    expect(lastDays("2026-03-03T00:00:00Z")).toEqual(["2025-06-30"]);
    expect(lastDays("2026-03-01T12:00:00Z")).toEqual([null]);
    expect(lastDays("2026-02-28T00:00:00Z")).toEqual([]);
  });

  it("needs an exception to end", () => {
    expect(end("2025-06-30", undefined, "exception 2")).toEqual(["exceptionId"]);
  });

  it("makes room for another exception, and leaves the same declaration the first one", () => {
    end("2025-06-30");
    expect(declare("4", "2025-06-30").userErrors.map(({ code }) => code)).toEqual(["EXCEPTION_OVERLAPS"]);
    expect(declare("4", "2025-07-01").exception?.id).toBe("exception 2");
    expect(declare("3", "2025-01-01").exception).toMatchObject({
      id: "exception 1",
      effectiveTo: "2025-06-30",
    });
  });

  it("before the first day leaves every day free", () => {
    end("2024-12-31");
    expect(declare("4", "2024-01-01").exception?.id).toBe("exception 2");
  });
});
