import { SessionLimit } from "../../src/policy/frequency";
import { dateOf, dayNumber, LAST_DATE, monthsBefore } from "../reference/calendar";

/*
 * Rule 9 of the specification by walking the calendar: no window is chosen cleverly, every one that holds the
 * date is counted, whatever day it ends on. Days are numbers of the reference model's calendar.
 */

export const lastDay = dayNumber(LAST_DATE);
const openings = new Map<number, Int32Array>();

/** The day on which the window of so many months that ends on a day opens. */
export function opening(ends: number, months: number): number {
  const known = openings.get(months) ?? new Int32Array(lastDay + 1);
  openings.set(months, known);
  return (known[ends] ||= monthsBefore(ends, months));
}

/** The earliest-ending window of the first limit that a session on the day would overfill. */
export function overfilledByDays(
  sessions: readonly number[],
  day: number,
  limits: readonly SessionLimit[],
): { opens: string; ends: string; months: number; sessions: number } | undefined {
  if (sessions.includes(day)) return undefined;
  const all = [...sessions, day];
  for (const limit of limits) {
    for (let ends = day; ends <= lastDay && opening(ends, limit.months) < day; ends++) {
      const opens = opening(ends, limit.months);
      const inside = all.filter((other) => opens < other && other <= ends);
      if (inside.length > limit.sessions) return { opens: dateOf(opens), ends: dateOf(ends), ...limit };
    }
  }
  return undefined;
}

/** The first day from a day on that is no session and overfills nothing, every day asked in turn. */
export function nextEligibleByDays(
  sessions: readonly number[],
  from: number,
  limits: readonly SessionLimit[],
): string | null {
  for (let day = from; day <= lastDay; day++) {
    if (!sessions.includes(day) && !overfilledByDays(sessions, day, limits)) return dateOf(day);
  }
  return null;
}

/** Whether some window of some limit holds both days. */
export function shareAWindow(one: number, other: number, limits: readonly SessionLimit[]): boolean {
  const [earlier, later] = one < other ? [one, other] : [other, one];
  return limits.some(({ months }) => opening(later, months) < earlier);
}
