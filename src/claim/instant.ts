import { daysAfter, plainDate, PlainDate } from "./plainDate";

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
