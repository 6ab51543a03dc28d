import { LAST_DATE, dateOf, dayNumber, monthsBefore } from "./calendar";
import type { FrequencyWindow, SessionLimit } from "./contract";

/** A window that holds too many sessions, and the other sessions in it by date. */
export interface FailingWindow extends FrequencyWindow {
  others: string[];
}

function failingWindow(counted: number[], claimed: number, limits: SessionLimit[]): FailingWindow | null {
  const all = [...new Set([...counted, claimed])].sort((one, other) => one - other);
  for (const { months, sessions } of limits) {
    for (const ends of all.filter((day) => day >= claimed)) {
      const opens = monthsBefore(ends, months);
      if (claimed <= opens) continue;
      const inside = all.filter((day) => opens < day && day <= ends);
      if (inside.length <= sessions) continue;
      const others = inside.filter((day) => day !== claimed).map(dateOf);
      return { opens: dateOf(opens), ends: dateOf(ends), months, sessions, others };
    }
  }
  return null;
}

/**
 * The earliest-ending window of the first limit that would hold too many sessions if one were added on the
 * date.
 * Straight from the definition: every e in S and N, e not before N, N inside the window that ends on e.
 */
export function firstFailingWindow(
  sessions: Iterable<string>,
  date: string,
  limits: SessionLimit[],
): FailingWindow | null {
  const counted = [...sessions].map(dayNumber);
  return failingWindow(counted, dayNumber(date), limits);
}

/** The two-sided test: a date that is a counted session already adds none and is within the limits. */
export function isWithinLimits(sessions: Iterable<string>, date: string, limits: SessionLimit[]): boolean {
  const counted = [...sessions];
  return counted.includes(date) || firstFailingWindow(counted, date, limits) === null;
}

/**
 * The first date from the given one on that is no counted session and is within the limits; null if none is.
 */
export function nextEligibleDate(
  sessions: Iterable<string>,
  from: string,
  limits: SessionLimit[],
): string | null {
  const counted = [...sessions].map(dayNumber);
  for (let day = dayNumber(from); day <= dayNumber(LAST_DATE); day += 1) {
    if (!counted.includes(day) && failingWindow(counted, day, limits) === null) return dateOf(day);
  }
  return null;
}

/**
 * The same test by walking the calendar: every window that contains the date, whatever day it ends on, is
 * counted day by day. Slow; the oracle of the oracle.
 */
export function everyDayWindowHolds(
  sessions: Iterable<string>,
  date: string,
  limits: SessionLimit[],
): boolean {
  const claimed = dayNumber(date);
  const all = new Set([...sessions].map(dayNumber));
  if (all.has(claimed)) return true;
  all.add(claimed);
  return limits.every((limit) => {
    for (let ends = claimed; monthsBefore(ends, limit.months) < claimed; ends += 1) {
      const opens = monthsBefore(ends, limit.months);
      let inside = 0;
      for (let day = opens + 1; day <= ends; day += 1) inside += all.has(day) ? 1 : 0;
      if (inside > limit.sessions) return false;
      if (ends === dayNumber(LAST_DATE)) return true;
    }
    return true;
  });
}

/** Whether some window of some limit contains both dates. */
export function shareWindow(one: string, other: string, limits: SessionLimit[]): boolean {
  const [earlier, later] = [dayNumber(one), dayNumber(other)].sort((first, second) => first - second);
  if (earlier === undefined || later === undefined) return false;
  return limits.some(({ months }) => monthsBefore(later, months) < earlier);
}
