import { SpinalRegion } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { isInside, nextEligibleDate, SessionLimit, windowEndingOn } from "../policy/frequency";
import { ProcedureTable } from "../policy/procedures";
import { countedSessions, datesOf } from "./countedSessions";
import { CountedSession } from "../policy/rule";
import { effectiveDecisions, MemberStream } from "./stream";

/** What is left to a member in a region in the windows that end on a date. */
export interface Allowance {
  readonly region: SpinalRegion;
  readonly on: PlainDate;
  readonly limits: readonly AllowanceLimit[];
  /** The first date from `on` on that can be one more session; null where there is none in the calendar. */
  readonly nextEligibleDate: PlainDate | null;
}

export interface AllowanceLimit extends SessionLimit {
  readonly used: number;
  readonly left: number;
  /** Exclusive: the first day inside the window is the day after it. */
  readonly windowOpens: PlainDate;
  readonly counted: readonly CountedSession[];
}

export function allowanceOf(
  stream: MemberStream,
  region: SpinalRegion,
  on: PlainDate,
  limits: readonly SessionLimit[],
  procedures: ProcedureTable,
): Allowance {
  const sessions = countedSessions(effectiveDecisions(stream), procedures)[region];
  return {
    region,
    on,
    limits: limits.map((limit) => allowanceLimit(sessions, on, limit)),
    nextEligibleDate: nextEligibleDate(datesOf(sessions), on, limits),
  };
}

function allowanceLimit(
  sessions: readonly CountedSession[],
  on: PlainDate,
  limit: SessionLimit,
): AllowanceLimit {
  const window = windowEndingOn(on, limit);
  const counted = sessions.filter(({ dateOfService }) => isInside(dateOfService, window));
  const left = Math.max(limit.sessions - counted.length, 0);
  return { ...limit, used: counted.length, left, windowOpens: window.opens, counted };
}
