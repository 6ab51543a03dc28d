import { Temporal } from "@js-temporal/polyfill";
import {
  daysAfter,
  epochDay,
  fromEpochDay,
  lastDateOfService,
  monthsBefore,
  parsePlainDate,
  plainDate,
} from "../../src/claim/plainDate";

/** Every date of service, counted day by day by JavaScript's own calendar. */
const everyText = Array.from({ length: 76_701 }, (_, place) =>
  new Date(Date.UTC(1990, 0, 1 + place)).toISOString().slice(0, 10),
);

test("every date from 1990 to 2199 is parsed as itself", () => {
  expect([everyText[0], everyText.at(-1)]).toEqual(["1990-01-01", "2199-12-31"]);
  expect(everyText.filter((text) => parsePlainDate(text) !== text)).toEqual([]);
});

test("no other day number of any month of any year is a date", () => {
  const real = new Set(everyText);
  const wrong: string[] = [];
  for (let year = 1989; year <= 2200; year++) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
        if ((parsePlainDate(text) !== undefined) !== real.has(text)) wrong.push(text);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ["a month of one digit", "2025-5-12"],
  ["a day of one digit", "2025-05-2"],
  ["a year of five digits", "02025-05-12"],
  ["a signed year", "+2025-05-12"],
  ["the basic format", "20250512"],
  ["another separator", "2025/05/12"],
  ["day and month in another order", "12-05-2025"],
  ["a timestamp", "2025-05-12T00:00:00Z"],
  ["a line end after it", "2025-05-12\n"],
  ["a space before it", " 2025-05-12"],
  ["a space after it", "2025-05-12 "],
  ["a NUL after it", "2025-05-12\0"],
  ["Arabic-Indic digits", "٢٠٢٥-٠٥-١٢"],
  ["full-width digits", "２０２５-０５-１２"],
  ["a non-breaking hyphen", "2025\u201105-12"],
  ["a minus sign", "2025−05−12"],
  ["hexadecimal digits", "0x25-05-12"],
  ["an exponent", "2e25-05-12"],
  ["nothing", ""],
])("a date is not written with %s", (_, text) => {
  expect(parsePlainDate(text)).toBeUndefined();
});

test("a program's own text that is no date throws and says what was expected", () => {
  expect(plainDate("2024-02-29")).toBe("2024-02-29");
  expect(() => plainDate("2025-02-29")).toThrow(
    /^2025-02-29 is not .*YYYY-MM-DD from 1990-01-01 to 2199-12-31$/,
  );
});

test("epoch days number every date from 1970-01-01 on, and lead back to it", () => {
  expect(epochDay(plainDate("1990-01-01"))).toBe(7_305);
  const first = epochDay(plainDate("1990-01-01"));
  const wrong = everyText.filter(
    (text, place) => epochDay(plainDate(text)) !== first + place || fromEpochDay(first + place) !== text,
  );
  expect(wrong).toEqual([]);
});

test("the day after every date is the next one, and the day before it the one before", () => {
  const wrong = everyText.filter((text, place) => {
    const date = plainDate(text);
    const next = place + 1 < everyText.length && daysAfter(date, 1) !== everyText[place + 1];
    const before = place > 0 && daysAfter(date, -1) !== everyText[place - 1];
    return next || before || daysAfter(date, 0) !== text;
  });
  expect(wrong).toEqual([]);
});

test("many days after a date are counted over months, leap years and centuries", () => {
  expect(daysAfter(plainDate("2024-01-31"), 29)).toBe("2024-02-29");
  expect(daysAfter(plainDate("1990-01-01"), 76_700)).toBe("2199-12-31");
  expect(daysAfter(plainDate("2199-12-31"), -76_700)).toBe("1990-01-01");
  expect(daysAfter(lastDateOfService, 1)).toBe("2200-01-01");
});

/** Where two ways of counting months could differ: days that a shorter month has not. */
const endsOfMonths = everyText.filter((text) => Number(text.slice(8)) >= 28);
const nearLeapDays = /^(?:202[3-8]|209[6-9]|210[01])/;

function differencesFromTemporal(dates: readonly string[], months: readonly number[]): string[] {
  const differences: string[] = [];
  for (const date of dates) {
    const temporal = Temporal.PlainDate.from(date);
    for (const many of months) {
      const expected = temporal.subtract({ months: many }, { overflow: "constrain" }).toString();
      if (monthsBefore(plainDate(date), many) !== expected) differences.push(`${many} months before ${date}`);
    }
  }
  return differences;
}

test("1 to 60 months before every end of a month near leap days agree with an independent calendar", () => {
  const months = Array.from({ length: 60 }, (_, place) => place + 1);
  const dates = endsOfMonths.filter((text) => nearLeapDays.test(text));
  expect(dates.filter((text) => text.endsWith("-02-29"))).toEqual(["2024-02-29", "2028-02-29", "2096-02-29"]);
  expect(differencesFromTemporal(dates, months)).toEqual([]);
});

test("12 and 60 months before every end of a month of all years agree with it", () => {
  expect(differencesFromTemporal(endsOfMonths, [12, 60])).toEqual([]);
});

test("months before dates of every kind agree with it", () => {
  const dates = everyText.filter((_, place) => place % 97 === 0);
  expect(differencesFromTemporal(dates, [1, 5, 12, 23, 37, 60])).toEqual([]);
});

test("months before dates of service may lead out of their range", () => {
  expect(monthsBefore(plainDate("1990-01-31"), 2)).toBe("1989-11-30");
  expect(monthsBefore(plainDate("1990-01-01"), 60)).toBe("1985-01-01");
});

test("a later date has no earlier opening", () => {
  const dates = everyText.map(plainDate);
  for (const months of [1, 12]) {
    const openings = dates.map((date) => monthsBefore(date, months));
    expect(openings.filter((opens, place) => place > 0 && opens < openings[place - 1])).toEqual([]);
  }
});
