import { daysAfter, epochDay, fromEpochDay, plainDate, PlainDate } from "./plainDate";

/**
 * A point in time as RFC 3339 text in UTC with milliseconds, `2026-03-02T10:15:30.123Z`; text order is time
 * order.
 */
export type Instant = string;

const hourFromWhichTheEasternmostZoneIsOneDayAhead = 10;

/** Today's date at UTC+14, the zone where the calendar is furthest ahead. */
export function latestDateAnywhere(instant: Instant): PlainDate {
  const dateAtUtc = plainDate(instant.slice(0, 10));
  const hour = Number(instant.slice(11, 13));
  return hour >= hourFromWhichTheEasternmostZoneIsOneDayAhead ? daysAfter(dateAtUtc, 1) : dateAtUtc;
}

export const instantExpected =
  "an RFC 3339 instant from year 1 to 9999 with its offset, such as 2026-03-02T10:15:30.123Z";

const clock = "([01][0-9]|2[0-3]):([0-5][0-9])";
const written = new RegExp(
  `^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]${clock}:([0-5][0-9])(?:\\.([0-9]+))?(?:[Zz]|([+-])${clock})$`,
);
const minutesOfDay = 24 * 60;

/**
 * The instant that an RFC 3339 text of any offset names, cut down to the millisecond: what was recorded by it
 * is the same. Undefined where the text names none; leap seconds are in no clock that this service reads.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = written.exec(text);
  if (!match) return undefined;
  const [, date, hour, minute, second, fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = match;
  const day = epochDay(date as PlainDate);
  // A day that is in no calendar, such as 30 February, comes back as another one.
  if (fromEpochDay(day) !== date) return undefined;
  const offset = minutes(offsetHour, offsetMinute) * (sign === "-" ? -1 : 1);
  const minutesUtc = minutes(hour, minute) - offset;
  const dateUtc: string = fromEpochDay(day + Math.floor(minutesUtc / minutesOfDay));
  if (!/^(?!0000)[0-9]{4}-/.test(dateUtc)) return undefined;
  const timeOfDay = (minutesUtc + minutesOfDay) % minutesOfDay;
  const [hourUtc, minuteUtc] = [Math.floor(timeOfDay / 60), timeOfDay % 60].map(twoDigits);
  return `${dateUtc}T${hourUtc}:${minuteUtc}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}

function minutes(hours: string, minutesOfHour: string): number {
  return Number(hours) * 60 + Number(minutesOfHour);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
