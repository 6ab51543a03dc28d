import { SpinalRegion, spinalRegions } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { ProcedureTable } from "../policy/procedures";
import { CountedSession } from "../policy/rule";
import { CountedSessions, countedSessions, datesOf, regionsAllowed } from "./countedSessions";
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
  const counts = (procedures: ProcedureTable) => regionsAllowed(decision.lines, procedures).size > 0;
  const sessions = (procedures: ProcedureTable) =>
    counts(procedures) ? sessionsWithout(file.sessions(procedures), decision) : file.sessions(procedures);
  return {
    onDay: (date) => file.onDay(date).filter((other) => other !== decision),
    sessions,
    sessionDates: (region, procedures) =>
      counts(procedures) ? datesOf(sessions(procedures)[region]) : file.sessionDates(region, procedures),
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
  const [cervicalThoracic, lumbarSacral] = spinalRegions.map((region) =>
    sessions[region].flatMap((session) => sessionWithout(session, decision)),
  );
  return { CERVICAL_THORACIC: cervicalThoracic, LUMBAR_SACRAL: lumbarSacral };
}

/** The session with the other decisions behind it; none where there are no others. */
function sessionWithout(session: CountedSession, { id, session: { dateOfService } }: Decision) {
  if (session.dateOfService !== dateOfService || !session.decisionIds.includes(id)) return session;
  const decisionIds = session.decisionIds.filter((other) => other !== id);
  return decisionIds.length > 0 ? { ...session, decisionIds } : [];
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
