import { spinalRegions } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { ProcedureTable } from "../policy/procedures";
import { CountedSession } from "../policy/rule";
import { CountedSessions, countedSessions } from "./countedSessions";
import { Decision } from "./decision";

/** Effective decisions of a member, as the rules ask for them. */
export interface OnFile {
  readonly onDay: (date: PlainDate) => readonly Decision[];
  readonly sessions: (procedures: ProcedureTable) => CountedSessions;
}

/** What is found once is kept: the work list asks the same file about each decision on it. */
export function onFile(decisions: readonly Decision[]): OnFile {
  let byDay: Map<PlainDate, Decision[]> | undefined;
  const byProcedures = new Map<ProcedureTable, CountedSessions>();
  return {
    onDay: (date) => {
      byDay ??= groupByDay(decisions);
      return byDay.get(date) ?? [];
    },
    sessions: (procedures) => {
      const sessions = byProcedures.get(procedures) ?? countedSessions(decisions, procedures);
      byProcedures.set(procedures, sessions);
      return sessions;
    },
  };
}

/** The file without one of its decisions. */
export function without(file: OnFile, decision: Decision): OnFile {
  return {
    onDay: (date) => file.onDay(date).filter((other) => other !== decision),
    sessions: (procedures) => sessionsWithout(file.sessions(procedures), decision),
  };
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
