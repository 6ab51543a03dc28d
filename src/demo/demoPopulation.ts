import { plainDate } from "../claim/plainDate";
import { ExceptionTerms } from "../policy/exceptions";
import {
  by,
  claim,
  colleague,
  correcting,
  DemoMember,
  facility,
  inPlan,
  line,
  loaded,
  member,
} from "./demoMember";

/** The one exception of the demo: it holds for claims that name this benefit plan and for no others. */
export const demoException: ExceptionTerms = {
  source: "BENEFIT_PLAN",
  key: "DEMO-PLAN",
  parameter: "sessionsPerRegion",
  value: [{ months: 12, sessions: 6 }],
  effectiveFrom: plainDate("2025-01-01"),
  citation: "Made-up plan document, section 4",
};

export const demoPopulation: readonly DemoMember[] = [
  member(
    "DEMO-FOUR-SESSIONS",
    "four lumbar sessions within a year: a fifth is denied until the first leaves the window",
    [
      claim("2025-01-15", line("62323")),
      claim("2025-04-15", line("64483", "RT"), line("64484", "RT")),
      claim("2025-07-15", line("62323")),
      claim("2025-10-15", line("64483", "50")),
    ],
  ),
  member("DEMO-LEAP-DAY", "29 February 2024 still counts on 28 February 2025 and no longer on 1 March", [
    loaded("2024-02-29", line("62323")),
    loaded("2024-05-10", line("62323")),
    loaded("2024-08-10", line("62323")),
    loaded("2024-11-10", line("62323")),
    claim("2025-02-28", line("62323")),
    claim("2025-03-01", line("62323")),
  ]),
  member("DEMO-TWO-STREAMS", "the practitioner's and the surgery center's claim of one day are one session", [
    claim("2025-03-10", line("64483")),
    facility(claim("2025-03-10", line("64483"))),
  ]),
  member("DEMO-ORPHAN-ADD-ON", "an add-on without its first level is denied and makes no session", [
    claim("2025-05-12", line("64484")),
  ]),
  member("DEMO-TWO-REGIONS", "of two regions on one claim the one with the lowest line number is kept", [
    claim("2025-05-12", line("62321"), line("64483")),
  ]),
  member("DEMO-THREE-LEVELS", "a third level is cut back by one unit, and an ambiguous claim is flagged", [
    claim("2025-05-12", line("64483", "50"), { ...line("64484"), units: 2 }),
  ]),
  member("DEMO-LATE-CLAIM", "a claim that arrives late is denied for a window that ends on a later session", [
    claim("2025-05-01", line("62323")),
    claim("2025-07-01", line("62323")),
    claim("2025-09-01", line("62323")),
    claim("2025-11-01", line("62323")),
    claim("2025-04-01", line("62323")),
  ]),
  member(
    "DEMO-CONTRADICTION",
    "the facility bills one region and the practitioner the other: the later claim is pended",
    [facility(claim("2025-06-16", line("62323"))), claim("2025-06-16", line("62321"))],
  ),
  member(
    "DEMO-DISCONTINUED",
    "a discontinued procedure waits for a person, with its add-on, and does not count",
    [claim("2025-08-11", line("64483", "53"), line("64484"))],
  ),
  member("DEMO-TWO-PERFORMERS", "a second performer of the day shares the session and is flagged", [
    claim("2025-08-11", line("64483")),
    by(colleague, claim("2025-08-11", line("64483"))),
  ]),
  member("DEMO-CORRECTED", "a claim is replaced by one on another day, and that one is voided", [
    claim("2025-02-03", line("62323")),
    correcting("REPLACEMENT", "2025-02-03", claim("2025-02-10", line("62323"))),
    correcting("VOID", "2025-02-10", claim("2025-02-10")),
  ]),
  {
    ...member("DEMO-REVIEWED", "a denial is overturned on appeal: the session counts beyond the limit", [
      ...["2025-01-20", "2025-03-20", "2025-05-20", "2025-07-21"].map((date) => claim(date, line("62323"))),
      claim("2025-09-22", line("62323")),
    ]),
    review: {
      unitsAllowed: 1,
      reason: "Overturned on appeal: function improved by more than half after each session",
      documentReference: "APPEAL-0001",
    },
  },
  member("DEMO-EXCEPTION", "a benefit plan allows six sessions: the fifth is approved, and says by what", [
    ...["2025-01-20", "2025-03-20", "2025-05-20", "2025-07-21", "2025-09-22"].map((date) =>
      inPlan(String(demoException.key), claim(date, line("62323"))),
    ),
  ]),
  member(
    "DEMO-OVERFILLED",
    "history that is loaded late overfills a year: four decisions are on the work list",
    [
      ...["2025-02-03", "2025-04-07", "2025-06-02", "2025-08-04"].map((date) => claim(date, line("62321"))),
      loaded("2025-05-05", line("62321")),
    ],
  ),
];
