import { Temporal } from "@js-temporal/polyfill";
import fc from "fast-check";
import {
  LAST_DATE,
  dateAtUtcPlus14,
  dateOf,
  dayNumber,
  instantToTheMillisecond,
  isDateOfService,
  monthsBefore,
} from "./calendar";

const dayNumbers = fc.integer({ min: dayNumber("1990-01-01"), max: dayNumber(LAST_DATE) });

describe("the model's calendar", () => {
  it("lists the days of every month that another calendar has, and no others", () => {
    const wrong: string[] = [];
    let number = 0;
    const first = Temporal.PlainYearMonth.from("1980-01");
    for (let month = first; month.year <= 2200; month = month.add({ months: 1 })) {
      for (let day = 1; day <= month.daysInMonth; day += 1) {
        const text = `${month.toString()}-${String(day).padStart(2, "0")}`;
        if (dateOf(number) !== text || dayNumber(text) !== number) wrong.push(text);
        number += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(() => dateOf(number)).toThrow("outside the calendar");
  });

  it("subtracts months as another calendar does, clamped to the end of the month", () => {
    fc.assert(
      fc.property(dayNumbers, fc.integer({ min: 0, max: 60 }), (number, months) => {
        const earlier = Temporal.PlainDate.from(dateOf(number)).subtract(
          { months },
          { overflow: "constrain" },
        );
        expect(dateOf(monthsBefore(number, months))).toBe(earlier.toString());
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["2024-02-29", 12, "2023-02-28"],
    ["2025-02-28", 12, "2024-02-28"],
    ["2028-02-29", 12, "2027-02-28"],
    ["2025-08-31", 6, "2025-02-28"],
    ["2024-08-30", 6, "2024-02-29"],
    ["2026-01-31", 1, "2025-12-31"],
    ["1990-01-01", 60, "1985-01-01"],
  ])("reads %s minus %d months as %s", (date, months, earlier) => {
    expect(dateOf(monthsBefore(dayNumber(date), months))).toBe(earlier);
  });

  it("knows the date at UTC+14 as another calendar does", () => {
    const epoch = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
    const anyTime = fc.integer({ min: epoch("1990-01-01T00:00:00Z"), max: epoch("2199-12-31T00:00:00Z") });
    fc.assert(
      fc.property(anyTime, (epochMilliseconds) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds);
        const there = instant.toZonedDateTimeISO("+14:00").toPlainDate().toString();
        expect(dateAtUtcPlus14(instant.toString())).toBe(there);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    "1989-12-31",
    "2200-01-01",
    "0000-01-01",
    "9999-12-31",
    "10000-01-01",
    "-000001-01-01",
    "2025-02-29",
    "1900-02-29",
    "2024-02-30",
    "2025-13-01",
    "2025-00-10",
    "2025-01-00",
    "2025-04-31",
    "2025-1-5",
    "20250105",
    "05/01/2025",
    "2025-01-05T00:00:00Z",
    "2025-01-05 ",
    " 2025-01-05",
    "yesterday",
    "infinity",
    "epoch",
    "٢٠٢٥-٠١-٠٥",
    "",
    "__proto__",
  ])("takes %j for no date of service", (text) => {
    expect(isDateOfService(text)).toBe(false);
  });

  it.each(["1990-01-01", "2199-12-31", "2000-02-29", "2024-02-29"])(
    "takes %s for a date of service",
    (text) => {
      expect(isDateOfService(text)).toBe(true);
    },
  );

  it("writes instants so that they compare as texts", () => {
    expect(instantToTheMillisecond("2026-03-14T10:00:00Z")).toBe("2026-03-14T10:00:00.000Z");
    expect(instantToTheMillisecond("2026-03-14T10:00:00.5Z")).toBe("2026-03-14T10:00:00.500Z");
    expect(() => instantToTheMillisecond("2026-03-14T10:00:00+01:00")).toThrow("is not an instant in UTC");
  });
});
