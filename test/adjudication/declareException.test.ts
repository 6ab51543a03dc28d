import { plainDate } from "../../src/claim/plainDate";
import { ExceptionTerms } from "../../src/policy/exceptions";
import { DeclaredExceptions, terms } from "./declaredExceptions";

let office: DeclaredExceptions;
beforeEach(() => {
  office = new DeclaredExceptions();
});

const open = { effectiveTo: undefined };
const on = (date: string) => plainDate(date);

describe("an exception that is declared", () => {
  test("is entered as it was said, with its place, its instant and by whom", () => {
    expect(office.declare()).toBe("entered E1");
    const entered = { sequence: 1, id: "E1", declaredAt: "2026-03-01T00:00:00.000Z" };
    expect(office.register).toEqual([
      { kind: "DECLARATION", ...terms, ...entered, declaredBy: "policy office" },
    ]);
  });

  test("has the next place, and an instant that never runs backwards", () => {
    const clock = ["2026-03-02T00:00:00.000Z", "2026-03-01T00:00:00.000Z", "2026-03-03T00:00:00.000Z"];
    clock.forEach((now, place) => {
      office.declare({ key: `${place}` }, now);
    });
    expect(office.register.map(({ sequence, declaredAt }) => [sequence, declaredAt.slice(0, 10)])).toEqual([
      [1, "2026-03-02"],
      [2, "2026-03-02"],
      [3, "2026-03-03"],
    ]);
  });
});

describe("the same declaration again", () => {
  const limits = [
    { months: 12, sessions: 4 },
    { months: 3, sessions: 2 },
  ];

  test("is the first one, and enters nothing", () => {
    office.declare();
    expect(office.declare()).toBe("known E1");
    expect(office.register).toHaveLength(1);
  });

  test("may write the members of its value in another order, and leave out what is absent", () => {
    office.declare({ parameter: "sessionsPerRegion", value: limits, ...open });
    const value = limits.map(({ months, sessions }) => ({ sessions, months }));
    expect(office.declare({ parameter: "sessionsPerRegion", value, ...open })).toBe("known E1");
  });

  test.each<[string, Partial<ExceptionTerms>]>([
    ["its value", { value: 4 }],
    ["its citation", { citation: "Notice 8" }],
    ["an address of its citation", { citationUrl: "https://example.org/notice-7" }],
    ["its first day", { effectiveFrom: on("2025-01-02") }],
    ["its last day", { effectiveTo: on("2025-07-01") }],
    ["the lack of a last day", open],
  ])("is another one by %s, and overlaps the first", (_, about) => {
    office.declare();
    expect(office.declare(about)).toBe("EXCEPTION_OVERLAPS effectiveFrom");
    expect(office.register).toHaveLength(1);
  });

  test("whose limits stand in another order is another one", () => {
    office.declare({ parameter: "sessionsPerRegion", value: limits });
    const turned = { parameter: "sessionsPerRegion", value: limits.toReversed() } as const;
    expect(office.declare(turned)).toBe("EXCEPTION_OVERLAPS effectiveFrom");
  });

  test("is the first one also once that has ended, as it stands by then", () => {
    office.declare();
    office.end("E1", "2025-03-31");
    expect(office.declare()).toBe("known E1");
    expect(office.lastDays()).toEqual(["E1 2025-03-31"]);
  });
});

describe("another exception to the same parameter by the same source for the same key", () => {
  test.each<[string, string | undefined, string]>([
    ["2025-06-30", "2025-12-31", "EXCEPTION_OVERLAPS effectiveFrom"],
    ["2025-07-01", "2025-12-31", "entered E2"],
    ["2025-07-01", undefined, "entered E2"],
    ["2024-01-01", "2025-01-01", "EXCEPTION_OVERLAPS effectiveFrom"],
    ["2024-01-01", "2024-12-31", "entered E2"],
    ["2024-01-01", undefined, "EXCEPTION_OVERLAPS effectiveFrom"],
    ["2025-02-01", "2025-02-01", "EXCEPTION_OVERLAPS effectiveFrom"],
    ["2024-01-01", "2026-12-31", "EXCEPTION_OVERLAPS effectiveFrom"],
  ])("from %s to %s beside one of the first half of 2025 is answered: %s", (from, to, answer) => {
    office.declare();
    expect(office.declare({ effectiveFrom: on(from), effectiveTo: to === undefined ? to : on(to) })).toBe(
      answer,
    );
  });

  test("cannot follow one without a last day", () => {
    office.declare(open);
    expect(office.declare({ effectiveFrom: on("2199-12-31"), ...open })).toContain("OVERLAPS");
    expect(office.declare({ effectiveFrom: on("2024-12-31"), effectiveTo: on("2024-12-31") })).toBe(
      "entered E2",
    );
  });

  test("may begin on the day after an earlier one was ended, and not before", () => {
    office.declare(open);
    office.end("E1", "2025-03-31");
    expect(office.declare({ effectiveFrom: on("2025-03-31"), ...open })).toContain("OVERLAPS");
    expect(office.declare({ effectiveFrom: on("2025-04-01"), ...open })).toBe("entered E3");
  });

  test("may hold on every day of one that was ended before its first", () => {
    office.declare(open);
    office.end("E1", "2024-12-31");
    expect(office.declare({ effectiveFrom: on("2024-01-01"), ...open })).toBe("entered E3");
  });
});

test.each<[string, Partial<ExceptionTerms>]>([
  ["another source", { source: "BENEFIT_PLAN" }],
  ["no key", { source: "FEDERAL", key: undefined }],
  ["another key", { key: "OH" }],
  ["another parameter", { parameter: "interlaminarLevels" }],
])("an exception of %s overlaps nothing", (_, about) => {
  office.declare();
  expect(office.declare({ ...about, ...open })).toBe("entered E2");
});

test("exceptions of federal law have no key, and overlap each other by that", () => {
  const federal = { source: "FEDERAL", key: undefined } as const;
  office.declare(federal);
  expect(office.declare({ ...federal, value: 4 })).toContain("OVERLAPS");
});
