import canonicalize from "canonicalize";
import fc from "fast-check";
import { daysAfter, lastDateOfService, PlainDate, plainDate } from "../../src/claim/plainDate";
import {
  nextEligibleDate,
  overfilledWindow,
  SessionDates,
  SessionLimit,
  sessionsSharingAWindow,
  windowEndingOn,
} from "../../src/policy/frequency";
import { dateOf, dayNumber } from "../reference/calendar";
import { lastDay, nextEligibleByDays, opening, overfilledByDays, shareAWindow } from "./frequencyByDays";

interface History {
  /** Ascending, each once. */
  readonly sessions: readonly number[];
  readonly day: number;
  readonly limits: readonly SessionLimit[];
}

const yearsMonths = [1, 2, 3, 6, 11, 12, 24];
const limit = (sessions: number, months: number): SessionLimit => ({ sessions, months });
const limits = fc.constantFrom<SessionLimit[]>(
  ...[[limit(4, 12)], [limit(4, 12)], [limit(1, 1)], [limit(2, 6)], [limit(3, 12)], [limit(2, 24)]],
  ...[
    [limit(4, 12), limit(2, 3)],
    [limit(1, 1), limit(3, 12)],
    [limit(3, 12), limit(4, 24)],
  ],
);

const nearLeapDays = ["2024-02-29", "2025-02-28", "2025-03-01", "2028-02-29", "2100-02-28", "2100-03-01"];
const endsOfMonths = ["2024-01-31", "2024-04-30", "2025-08-31", "2027-12-31", "2028-03-31"];
const anchors = [...nearLeapDays, ...endsOfMonths, "2026-05-12"].map(dayNumber);

/** Days before and after an anchor: anywhere near it, or a day beside a whole number of months from it. */
function daysNear(anchor: number): fc.Arbitrary<number> {
  const beside = fc.constantFrom(
    ...yearsMonths.flatMap((months) => {
      const before = opening(anchor, months);
      return [
        before - 1,
        before,
        before + 1,
        2 * anchor - before - 1,
        2 * anchor - before,
        2 * anchor - before + 1,
      ];
    }),
  );
  return fc.oneof(fc.integer({ min: anchor - 420, max: anchor + 420 }), beside);
}

const histories: fc.Arbitrary<History> = fc.oneof(
  ...anchors.map((anchor) =>
    fc.record({
      sessions: fc.array(daysNear(anchor), { maxLength: 9, size: "max" }).map(ascending),
      day: fc.oneof(fc.constant(anchor), daysNear(anchor)),
      limits,
    }),
  ),
);

function ascending(days: readonly number[]): number[] {
  return [...new Set(days)].sort((one, other) => one - other);
}

const known = new Map<number, PlainDate>();

function dateOn(day: number): PlainDate {
  const date = known.get(day) ?? plainDate(dateOf(day));
  known.set(day, date);
  return date;
}

const dated = (days: readonly number[]): SessionDates => days.map(dateOn);

/** As toEqual would find, and without what that costs a hundred thousand times. */
function alike(one: unknown, other: unknown): boolean {
  return canonicalize(one) === canonicalize(other);
}

test("the window that a session overfills is that of the definition in 100,000 random histories", () => {
  let overfilled = 0;
  fc.assert(
    fc.property(histories, ({ sessions, day, limits: held }) => {
      const expected = overfilledByDays(sessions, day, held);
      if (expected) overfilled += 1;
      return alike(overfilledWindow(dated(sessions), dateOn(day), held), expected);
    }),
    { numRuns: 100_000 },
  );
  expect(overfilled).toBeGreaterThan(20_000);
  expect(overfilled).toBeLessThan(80_000);
});

test("the next eligible date is the first day that passes, every day asked in turn", () => {
  fc.assert(
    fc.property(histories, ({ sessions, day, limits: held }) => {
      const found = nextEligibleDate(dated(sessions), dateOn(day), held);
      expect(found).toBe(nextEligibleByDays(sessions, day, held));
    }),
    { numRuns: 1_000 },
  );
});

test("the next eligible date is the first day that passes the test itself", () => {
  fc.assert(
    fc.property(histories, ({ sessions, day, limits: held }) => {
      const dates = dated(sessions);
      let date = dateOn(day);
      const found = nextEligibleDate(dates, date, held);
      while (dates.includes(date) || overfilledWindow(dates, date, held)) date = daysAfter(date, 1);
      expect(found).toBe(date);
    }),
    { numRuns: 1_000 },
  );
});

test("crowded histories that imports can make are stepped through like any other", () => {
  const crowded = fc.record({
    sessions: fc.array(fc.integer({ min: 16_000, max: 16_500 }), {
      minLength: 50,
      maxLength: 400,
      size: "max",
    }),
    day: fc.integer({ min: 15_600, max: 16_600 }),
    limits,
  });
  fc.assert(
    fc.property(crowded, ({ sessions: unordered, day, limits: held }) => {
      const sessions = ascending(unordered);
      const date = dateOn(day);
      expect(overfilledWindow(dated(sessions), date, held)).toEqual(overfilledByDays(sessions, day, held));
      const found = nextEligibleDate(dated(sessions), date, held);
      expect(found && dayNumber(found)).toBeGreaterThanOrEqual(day);
      expect(found && overfilledByDays(sessions, dayNumber(found), held)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test("the sessions that share a window with a date are those of the definition", () => {
  fc.assert(
    fc.property(histories, ({ sessions, day, limits: held }) => {
      const expected = sessions.filter((other) => shareAWindow(other, day, held));
      return alike(sessionsSharingAWindow(dated(sessions), dateOn(day), held), dated(expected));
    }),
    { numRuns: 10_000 },
  );
});

test("at the end of the calendar there may be no eligible date", () => {
  const four = ["2199-02-01", "2199-03-01", "2199-04-01", "2199-05-01"].map(plainDate);
  expect(nextEligibleDate(four, plainDate("2199-05-02"), [limit(4, 12)])).toBeNull();
  expect(nextEligibleDate(four.slice(1), plainDate("2199-05-02"), [limit(4, 12)])).toBe("2199-05-02");
  expect(nextEligibleDate([lastDateOfService], lastDateOfService, [limit(4, 12)])).toBeNull();
  expect(nextEligibleDate([], lastDateOfService, [limit(4, 12)])).toBe("2199-12-31");
  expect(nextEligibleByDays(four.map(dayNumber), lastDay - 3, [limit(4, 12)])).toBeNull();
});

test("the date of a counted session overfills nothing, and is no eligible date for a further one", () => {
  const date = plainDate("2025-05-12");
  expect(overfilledWindow([date], date, [limit(1, 12)])).toBeUndefined();
  expect(nextEligibleDate([date], date, [limit(4, 12)])).toBe("2025-05-13");
});

test.each([
  ["2025-02-28", 12, "2024-02-28"],
  ["2024-02-29", 12, "2023-02-28"],
  ["2028-02-29", 12, "2027-02-28"],
  ["2025-03-31", 1, "2025-02-28"],
  ["2024-03-31", 1, "2024-02-29"],
  ["2025-05-12", 60, "2020-05-12"],
])("the window that ends on %s and is %i months long opens on %s", (ends, months, opens) => {
  expect(windowEndingOn(plainDate(ends), limit(4, months))).toEqual({ opens, ends, months, sessions: 4 });
});
