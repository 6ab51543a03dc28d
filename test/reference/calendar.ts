/*
 * A calendar made by counting: every day from 1980 to 2200 stands in one list, and a day's number is its
 * place in
 * the list. A text is a date if it is listed. No Date, no zone, no formula that could be wrong in both
 * places.
 */

interface CalendarDay {
  year: number;
  month: number;
  day: number;
  text: string;
}

const FIRST_LISTED_YEAR = 1980;
const LAST_LISTED_YEAR = 2200;
const FIRST_DATE = "1990-01-01";
export const LAST_DATE = "2199-12-31";

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function dateText(year: number, month: number, day: number): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

const DAYS: CalendarDay[] = [];
const NUMBER_OF = new Map<string, number>();
for (let year = FIRST_LISTED_YEAR; year <= LAST_LISTED_YEAR; year += 1) {
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= daysInMonth(year, month); day += 1) {
      const text = dateText(year, month, day);
      NUMBER_OF.set(text, DAYS.length);
      DAYS.push({ year, month, day, text });
    }
  }
}

function listedDay(number: number): CalendarDay {
  const found = DAYS[number];
  if (found === undefined) throw new Error(`day ${number} is outside the calendar`);
  return found;
}

/** The place of a date in the list of days; throws on what is no date. */
export function dayNumber(date: string): number {
  const found = NUMBER_OF.get(date);
  if (found === undefined) throw new Error(`"${date}" is not a date of the calendar`);
  return found;
}

export function dateOf(number: number): string {
  return listedDay(number).text;
}

/** Whether a text is a date of service: a date in strict form, 1990-01-01 to 2199-12-31. */
export function isDateOfService(text: string): boolean {
  return NUMBER_OF.has(text) && text >= FIRST_DATE && text <= LAST_DATE;
}

/** The same day some calendar months earlier, clamped to the end of a shorter month. */
export function monthsBefore(number: number, months: number): number {
  const { year, month, day } = listedDay(number);
  const monthsFromZero = year * 12 + (month - 1) - months;
  const earlierYear = Math.floor(monthsFromZero / 12);
  const earlierMonth = monthsFromZero - earlierYear * 12 + 1;
  const clamped = Math.min(day, daysInMonth(earlierYear, earlierMonth));
  return dayNumber(dateText(earlierYear, earlierMonth, clamped));
}

/** The date that the calendar shows at UTC+14 at an instant written in UTC, e.g. 2026-03-14T10:00:00Z. */
export function dateAtUtcPlus14(instant: string): string {
  const [date, time] = instantToTheMillisecond(instant).split("T");
  const number = dayNumber(date ?? "");
  return dateOf(Number(time?.slice(0, 2)) + 14 >= 24 ? number + 1 : number);
}

/** An instant in UTC with exactly three decimals, so that instants compare as texts. */
export function instantToTheMillisecond(instant: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z$/.exec(instant);
  if (parts === null) throw new Error(`"${instant}" is not an instant in UTC`);
  return `${parts[1]}.${(parts[2] ?? "").slice(0, 3).padEnd(3, "0")}Z`;
}
