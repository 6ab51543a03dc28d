import {
  daysAfter,
  epochDay,
  fromEpochDay,
  lastDateOfService,
  monthsBefore,
  PlainDate,
} from "../claim/plainDate";

/** At most `sessions` counted sessions of one region in any `months` calendar months. */
export interface SessionLimit {
  readonly months: number;
  readonly sessions: number;
}

/**
 * A window and the limit that it is held to. `opens` is exclusive: the first day inside is the day after it.
 */
export interface FrequencyWindow extends SessionLimit {
  readonly opens: PlainDate;
  readonly ends: PlainDate;
}

/** Dates of counted sessions of one region: ascending, each once. */
export type SessionDates = readonly PlainDate[];

// Reading I-01: the months are subtracted from the day on which the window ends, never added to the day on
// which it opens.
export function windowEndingOn(ends: PlainDate, { months, sessions }: SessionLimit): FrequencyWindow {
  return { opens: monthsBefore(ends, months), ends, months, sessions };
}

export function isInside(
  date: PlainDate,
  window: { readonly opens: PlainDate; readonly ends: PlainDate },
): boolean {
  return window.opens < date && date <= window.ends;
}

/** How many of the dates are not after the date. Halving keeps a member with thousands of sessions cheap. */
function countUpTo(dates: SessionDates, date: PlainDate): number {
  let from = 0;
  let to = dates.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (dates[middle] <= date) from = middle + 1;
    else to = middle;
  }
  return from;
}

function isSessionDate(dates: SessionDates, date: PlainDate): boolean {
  return dates[countUpTo(dates, date) - 1] === date;
}

/**
 * The window that a session on the date would overfill: the earliest-ending one of the first limit that
 * fails. Undefined where every limit holds, or where the date is a counted session already and so adds none.
 */
export function overfilledWindow(
  dates: SessionDates,
  date: PlainDate,
  limits: readonly SessionLimit[],
): FrequencyWindow | undefined {
  const upToDate = countUpTo(dates, date);
  if (dates[upToDate - 1] === date) return undefined;
  for (const limit of limits) {
    for (let place = upToDate - 1; place < dates.length; place++) {
      const window = windowEndingOn(place < upToDate ? date : dates[place], limit);
      if (window.opens >= date) break; // opens only grows with the end, so no later window holds the date
      if (countUpTo(dates, window.ends) - countUpTo(dates, window.opens) + 1 > limit.sessions) return window;
    }
  }
  return undefined;
}

/** The sessions that share a window of some limit with the date, the date's own among them. */
export function sessionsSharingAWindow(
  dates: SessionDates,
  date: PlainDate,
  limits: readonly SessionLimit[],
): PlainDate[] {
  const longest = Math.max(...limits.map(({ months }) => months));
  const opens = monthsBefore(date, longest);
  const fromOpening = dates.slice(countUpTo(dates, opens));
  const firstApart = fromOpening.findIndex((other) => other > date && monthsBefore(other, longest) >= date);
  return firstApart < 0 ? fromOpening : fromOpening.slice(0, firstApart);
}

/**
 * The first date from `from` on that is no counted session yet and on which one more session would be within
 * all limits; null where there is none in the calendar of dates of service. Found with the test itself:
 * adding months to the oldest session would err at the ends of months.
 */
export function nextEligibleDate(
  dates: SessionDates,
  from: PlainDate,
  limits: readonly SessionLimit[],
): PlainDate | null {
  let date = from;
  while (date <= lastDateOfService) {
    const overfilled = overfilledWindow(dates, date, limits);
    if (!overfilled && !isSessionDate(dates, date)) return date;
    date = overfilled ? dayWorthTesting(date, overfilled, dates) : daysAfter(date, 1);
  }
  return null;
}

/** The first day after the date that the window which is too full on it does not rule out. */
function dayWorthTesting(date: PlainDate, window: FrequencyWindow, dates: SessionDates): PlainDate {
  // A window that ends on a session after the date holds every day up to that session: none of them can pass.
  if (window.ends > date) return daysAfter(window.ends, 1);
  // One that ends on a later day is as full until it opens on the first of the sessions inside. Halving finds
  // that day, for windows open the later the later they end.
  const first = dates[countUpTo(dates, window.opens)];
  let [before, day] = [epochDay(date), epochDay(first) + window.months * mostDaysOfMonth];
  while (day - before > 1) {
    const middle = (before + day) >>> 1;
    if (windowEndingOn(fromEpochDay(middle), window).opens < first) before = middle;
    else day = middle;
  }
  return fromEpochDay(day);
}

const mostDaysOfMonth = 31;
