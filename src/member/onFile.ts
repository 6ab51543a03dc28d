import { SpinalRegion } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { ProcedureTable } from "../policy/procedures";
import { CountedSession } from "../policy/rule";
import { CountedSessions, countedSessions, datesOf } from "./countedSessions";
import { Decision } from "./decision";

/** Effective decisions of a member, as the rules ask for them. */
export interface OnFile {
  readonly onDay: (date: PlainDate) => readonly Decision[];
  readonly sessions: (procedures: ProcedureTable) => CountedSessions;
  /** The dates of the counted sessions of a region, ascending. */
  readonly sessionDates: (region: SpinalRegion, procedures: ProcedureTable) => readonly PlainDate[];
}

/** What is found once is kept: the work list asks the same file about each decision on it. */
export function onFile(decisions: readonly Decision[]): OnFile {
  let byDay: Map<PlainDate, Decision[]> | undefined;
  const byProcedures = new Map<ProcedureTable, FoundSessions>();
  const found = (procedures: ProcedureTable): FoundSessions => {
    const known = byProcedures.get(procedures) ?? findSessions(decisions, procedures);
    byProcedures.set(procedures, known);
    return known;
  };
  return {
    onDay: (date) => {
      byDay ??= groupByDay(decisions);
      return byDay.get(date) ?? [];
    },
    sessions: (procedures) => found(procedures).sessions,
    sessionDates: (region, procedures) => found(procedures).dates[region],
  };
}

/** The file without one of its decisions. */
export function without(file: OnFile, decision: Decision): OnFile {
  const byProcedures = new Map<ProcedureTable, CountedSessions>();
  const sessions = (procedures: ProcedureTable): CountedSessions => {
    const known = byProcedures.get(procedures) ?? sessionsWithout(file.sessions(procedures), decision);
    byProcedures.set(procedures, known);
    return known;
  };
  return {
    onDay: (date) => file.onDay(date).filter((other) => other !== decision),
    sessions,
    sessionDates: (region, procedures) => {
      const kept = sessions(procedures)[region];
      const isAsBefore = kept === file.sessions(procedures)[region];
      return isAsBefore ? file.sessionDates(region, procedures) : datesOf(kept);
    },
  };
}

interface FoundSessions {
  readonly sessions: CountedSessions;
  readonly dates: Readonly<Record<SpinalRegion, readonly PlainDate[]>>;
}

function findSessions(decisions: readonly Decision[], procedures: ProcedureTable): FoundSessions {
  const sessions = countedSessions(decisions, procedures);
  const { CERVICAL_THORACIC, LUMBAR_SACRAL } = sessions;
  const dates = { CERVICAL_THORACIC: datesOf(CERVICAL_THORACIC), LUMBAR_SACRAL: datesOf(LUMBAR_SACRAL) };
  return { sessions, dates };
}

function sessionsWithout(sessions: CountedSessions, decision: Decision): CountedSessions {
  return {
    CERVICAL_THORACIC: regionWithout(sessions.CERVICAL_THORACIC, decision),
    LUMBAR_SACRAL: regionWithout(sessions.LUMBAR_SACRAL, decision),
  };
}

/** The same list where the decision is in none of its sessions. */
function regionWithout(
  sessions: readonly CountedSession[],
  { id, session: { dateOfService } }: Decision,
): readonly CountedSession[] {
  const place = sessions.findIndex((session) => session.dateOfService === dateOfService);
  if (place < 0 || !sessions[place].decisionIds.includes(id)) return sessions;
  const decisionIds = sessions[place].decisionIds.filter((other) => other !== id);
  // The session stays with the other decisions behind it; without others there is none.
  return decisionIds.length > 0
    ? sessions.with(place, { ...sessions[place], decisionIds })
    : sessions.toSpliced(place, 1);
}

function groupByDay(decisions: readonly Decision[]): Map<PlainDate, Decision[]> {
  const byDay = new Map<PlainDate, Decision[]>();
  for (const decision of decisions) {
    const { dateOfService } = decision.session;
    const sameDay = byDay.get(dateOfService);
    if (sameDay) sameDay.push(decision);
    else byDay.set(dateOfService, [decision]);
  }
  return byDay;
}
