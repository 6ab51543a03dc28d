import { Replacement, Sabotage } from "./sabotage";

/* Mistakes in what counts, and in which window. */

const frequency = "src/policy/frequency.ts";
const judge = "src/adjudication/judge.ts";
const overLimit = "countUpTo(dates, window.ends) - countUpTo(dates, window.opens) + 1 > limit.sessions";
const onFile = "(decision) => decision !== found.original && !isLeftOut(decision),";

const eitherWay: Replacement = {
  file: frequency,
  from: `    for (let place = upToDate - 1; place < dates.length; place++) {
      const window = windowEndingOn(place < upToDate ? date : dates[place], limit);
      if (window.opens >= date) break; // opens only grows with the end, so no later window holds the date
      if (${overLimit}) return window;
    }
`,
  to: `    const sharing = sessionsSharingAWindow(dates, date, [limit]);
    const last = sharing.at(-1);
    if (last && sharing.length >= limit.sessions)
      return { ...windowEndingOn(date, limit), ends: last > date ? last : date };
`,
};

const byDateObjects: Replacement = {
  file: "src/claim/plainDate.ts",
  from: `  const [year, month, day] = partsOf(date);
  const monthsSinceYearZero = year * 12 + (month - 1) - months;
  const toYear = Math.floor(monthsSinceYearZero / 12);
  const toMonth = (monthsSinceYearZero % 12) + 1;
  return dateOf(toYear, toMonth, Math.min(day, lastDayOfMonth(toYear, toMonth)));
`,
  to: `  const [year, month, day] = partsOf(date);
  return new Date(year, month - 1 - months, day).toISOString().slice(0, 10) as PlainDate;
`,
};

const voidsOnFile: Replacement = {
  file: judge,
  from: `  const filed = effectiveDecisions(stream).filter(
    (decision) => decision !== found.original && !isLeftOut(decision),
  );`,
  to: `  const replacing = stream.filter(({ kind }) => kind !== "VOID");
  const replaced = new Set(replacing.map(({ supersedes }) => supersedes?.memberSequence));
  const filed = replacing.filter(
    (decision) =>
      !replaced.has(decision.memberSequence) && decision !== found.original && !isLeftOut(decision),
  );`,
};

export const countingSabotages: readonly Sabotage[] = [
  {
    name: "looks-back-only",
    meaning: "Only the window that ends on the claim's own day is counted, so late claims slip in.",
    caughtBy: ["I6", "I7"],
    needs: [],
    showsWhen: "a claim arrives after later ones of a window that is full",
    replacements: [
      {
        file: frequency,
        from: "for (let place = upToDate - 1; place < dates.length; place++) {",
        to: "for (let place = upToDate - 1; place < upToDate; place++) {",
      },
    ],
  },
  {
    name: "twelve-months-either-way",
    meaning: "All sessions within twelve months before or after are counted, as if they shared one window.",
    caughtBy: ["I7"],
    needs: [],
    showsWhen: "a claim has sessions on both sides, each window with room for it",
    replacements: [eitherWay],
  },
  {
    name: "months-by-date-objects",
    meaning: "Months are taken off by Date, which runs over the end of a month and knows a time zone.",
    caughtBy: ["I6", "I7"],
    needs: [],
    showsWhen:
      "sessions lie a year apart to the day, in a zone east of Greenwich, or at the end of a February",
    replacements: [byDateObjects],
  },
  {
    name: "fourth-session-denied",
    meaning: "The limit is reached where it should be exceeded.",
    caughtBy: ["I7"],
    needs: [],
    showsWhen: "a window gets a fourth session",
    replacements: [{ file: frequency, from: overLimit, to: overLimit.replace(" > ", " >= ") }],
  },
  {
    name: "fifth-session-allowed",
    meaning: "The sessions on file are counted without the one in hand.",
    caughtBy: ["I6", "I7"],
    needs: [],
    showsWhen: "a window gets a fifth session",
    replacements: [{ file: frequency, from: overLimit, to: overLimit.replace(" + 1", "") }],
  },
  {
    name: "voids-keep-counting",
    meaning: "A voided claim stays among the sessions that later claims are judged beside.",
    caughtBy: ["I7"],
    needs: [],
    showsWhen: "a claim follows in the window of one that was voided",
    replacements: [voidsOnFile],
  },
  {
    name: "replacement-beside-its-original",
    meaning: "A replacement is judged while the claim that it replaces is still on file.",
    caughtBy: ["I7"],
    needs: [],
    showsWhen: "a replacement bills lines of its original again",
    replacements: [{ file: judge, from: onFile, to: "(decision) => !isLeftOut(decision)," }],
  },
  {
    name: "imports-not-counted",
    meaning: "Sessions that were adjudicated elsewhere are shown, and not counted.",
    caughtBy: ["I7"],
    needs: ["history"],
    showsWhen: "a claim follows in the window of an import",
    replacements: [
      {
        file: judge,
        from: onFile,
        to: onFile.replace("decision !==", 'decision.kind !== "IMPORT" && decision !=='),
      },
    ],
  },
];
