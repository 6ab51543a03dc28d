import fc from "fast-check";
import { dateOf, dayNumber } from "./calendar";
import {
  everyDayWindowHolds,
  firstFailingWindow,
  isWithinLimits,
  nextEligibleDate,
  shareWindow,
} from "./frequency";

const FOUR_A_YEAR = [{ months: 12, sessions: 4 }];

/** Dates around two leap days, month ends among them, so that windows meet often. */
const dates = fc.oneof(
  fc.integer({ min: dayNumber("2023-01-01"), max: dayNumber("2025-12-31") }).map(dateOf),
  fc.constantFrom(
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2023-02-28",
    "2025-02-28",
    "2025-03-01",
    "2023-08-31",
    "2024-08-31",
    "2024-08-30",
    "2024-01-31",
    "2025-01-31",
  ),
);
const histories = fc.uniqueArray(dates, { maxLength: 10 });
const limitLists = fc.array(
  fc.record({ months: fc.integer({ min: 1, max: 18 }), sessions: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 2 },
);

describe("the two-sided window of the definition", () => {
  it("holds exactly where every window that contains the date holds, whatever day it ends on", () => {
    fc.assert(
      fc.property(histories, dates, limitLists, (sessions, date, limits) => {
        expect(isWithinLimits(sessions, date, limits)).toBe(everyDayWindowHolds(sessions, date, limits));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it("gives the first date on which every window holds and no session is counted", () => {
    fc.assert(
      fc.property(histories, dates, limitLists, (sessions, date, limits) => {
        const next = nextEligibleDate(sessions, date, limits);
        if (next === null) throw new Error("there is a next date long before the calendar ends");
        const isEligible = (day: number): boolean =>
          !sessions.includes(dateOf(day)) && isWithinLimits(sessions, dateOf(day), limits);
        expect(everyDayWindowHolds(sessions, next, limits)).toBe(true);
        expect(sessions).not.toContain(next);
        for (let day = dayNumber(date); day < dayNumber(next); day += 1) expect(isEligible(day)).toBe(false);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("names an overfull window around the date, the first to end of the first limit that fails", () => {
    fc.assert(
      fc.property(histories, dates, limitLists, (sessions, date, limits) => {
        const failing = firstFailingWindow(sessions, date, limits);
        if (failing === null) return;
        const { opens, ends, months, sessions: most, others } = failing;
        expect(opens < date && date <= ends).toBe(true);
        const inside = sessions.filter((day) => opens < day && day <= ends && day !== date);
        expect(others).toEqual(inside.sort());
        expect(others.length + 1).toBeGreaterThan(most);
        const limit = { months, sessions: most };
        const before = sessions.filter((day) => day < ends && day !== date);
        expect(date === ends || isWithinLimits(before, date, [limit])).toBe(true);
        const place = limits.findIndex((other) => other.months === months && other.sessions === most);
        expect(firstFailingWindow(sessions, date, limits.slice(0, place))).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["2025-02-28", ["2024-02-29", "2024-05-10", "2024-08-10", "2024-11-10"], false],
    ["2025-03-01", ["2024-02-29", "2024-05-10", "2024-08-10", "2024-11-10"], true],
    ["2028-02-29", ["2027-02-28", "2027-06-01", "2027-09-01", "2027-12-01"], true],
    ["2028-02-29", ["2027-03-01", "2027-06-01", "2027-09-01", "2027-12-01"], false],
    ["2025-06-15", ["2025-07-01", "2025-08-01", "2025-09-01", "2026-06-15"], true],
    ["2025-06-16", ["2025-07-01", "2025-08-01", "2025-09-01", "2026-06-15"], false],
    ["2025-07-01", ["2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01"], true],
  ])("judges %s beside %j as %j", (date, sessions, isWithin) => {
    expect(isWithinLimits(sessions, date, FOUR_A_YEAR)).toBe(isWithin);
  });

  it("names the first limit of the list that fails", () => {
    const limits = [
      { months: 12, sessions: 4 },
      { months: 1, sessions: 1 },
      { months: 6, sessions: 1 },
    ];
    expect(firstFailingWindow(["2025-01-10"], "2025-01-20", limits)).toEqual({
      opens: "2024-12-20",
      ends: "2025-01-20",
      months: 1,
      sessions: 1,
      others: ["2025-01-10"],
    });
  });

  it("finds no next date where none is left in the calendar", () => {
    const oneInFiveYears = [{ months: 60, sessions: 1 }];
    expect(nextEligibleDate(["2199-06-01"], "2199-06-02", oneInFiveYears)).toBeNull();
    expect(nextEligibleDate(["2194-12-31"], "2195-01-01", oneInFiveYears)).toBe("2199-12-31");
  });

  it.each([
    ["2025-01-10", "2026-01-09", true],
    ["2025-01-10", "2026-01-10", false],
    ["2026-01-09", "2025-01-10", true],
    ["2024-02-29", "2025-02-28", true],
    ["2024-02-29", "2025-03-01", false],
  ])("says of %s and %s that they share a window: %j", (one, other, isShared) => {
    expect(shareWindow(one, other, FOUR_A_YEAR)).toBe(isShared);
  });
});
