declare const isPlainDate: unique symbol;

/**
 * A calendar date without time or zone, as ISO 8601 text `YYYY-MM-DD`. The text is the value everywhere
 * (record, SQL, GraphQL), and the order of texts is the order of dates. Only `parsePlainDate` and the
 * arithmetic below make one.
 */
export type PlainDate = string & { readonly [isPlainDate]: true };

export const firstDateOfService = "1990-01-01" as PlainDate;
export const lastDateOfService = "2199-12-31" as PlainDate;

export const plainDateExpected = `a date YYYY-MM-DD from ${firstDateOfService} to ${lastDateOfService}`;

const shape = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** The date, or undefined where the text is no real date of the calendar in the range of dates of service. */
export function parsePlainDate(text: string): PlainDate | undefined {
  if (!shape.test(text)) return undefined;
  const [year, month, day] = partsOf(text);
  if (month < 1 || month > 12 || day < 1 || day > lastDayOfMonth(year, month)) return undefined;
  return text >= firstDateOfService && text <= lastDateOfService ? (text as PlainDate) : undefined;
}

/** The date that a program's own text names; throws where it names none. */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (!date) throw new Error(`${text} is not ${plainDateExpected}`);
  return date;
}

export function daysAfter(date: PlainDate, days: number): PlainDate {
  const [year, month, day] = partsOf(date);
  if (day + days >= 1 && day + days <= 28) return dateOf(year, month, day + days);
  return fromEpochDay(epochDay(date) + days);
}

/** The date that many calendar months earlier, its day clamped to the end of the month reached. */
export function monthsBefore(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = partsOf(date);
  const monthsSinceYearZero = year * 12 + (month - 1) - months;
  const toYear = Math.floor(monthsSinceYearZero / 12);
  const toMonth = (monthsSinceYearZero % 12) + 1;
  return dateOf(toYear, toMonth, Math.min(day, lastDayOfMonth(toYear, toMonth)));
}

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar. Years are taken to begin in March, so that 29
 * February ends one.
 */
export function epochDay(date: PlainDate): number {
  const [year, month, day] = partsOf(date);
  const marchYear = month > 2 ? year : year - 1;
  const monthsSinceMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthsSinceMarch + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - daysBeforeEpoch;
}

/** Days from 0000-03-01 to 1970-01-01. */
const daysBeforeEpoch = 719_468;
const daysIn400Years = 146_097;

export function fromEpochDay(days: number): PlainDate {
  const shifted = days + daysBeforeEpoch;
  const cycle = Math.floor(shifted / daysIn400Years);
  const dayOfCycle = shifted - cycle * daysIn400Years;
  const yearOfCycle = Math.floor(
    (dayOfCycle -
      Math.floor(dayOfCycle / 1_460) +
      Math.floor(dayOfCycle / 36_524) -
      Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthsSinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthsSinceMarch + 2) / 5) + 1;
  const month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9;
  return dateOf(cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day);
}

const digitZero = "0".charCodeAt(0);

/** Digit by digit: dates are taken apart more often than anything else is done with them. */
function partsOf(date: string): [year: number, month: number, day: number] {
  const digit = (place: number) => date.charCodeAt(place) - digitZero;
  const year = digit(0) * 1_000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return [year, digit(5) * 10 + digit(6), digit(8) * 10 + digit(9)];
}

function dateOf(year: number, month: number, day: number): PlainDate {
  const yyyy = String(year).padStart(4, "0");
  return `${yyyy}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}` as PlainDate;
}

function lastDayOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
