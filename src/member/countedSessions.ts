import { SpinalRegion } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { ProcedureTable } from "../policy/procedures";
import { CountedSession } from "../policy/rule";
import { Decision, LineDecision } from "./decision";

/** The counted sessions on file, for each region by date. */
export type CountedSessions = Readonly<Record<SpinalRegion, readonly CountedSession[]>>;

/**
 * The days on which at least one unit of a governed code is allowed, by region. Levels, sides, claims and
 * performers make no difference: the practitioner's and the facility's claim of one day are one session.
 */
export function countedSessions(onFile: readonly Decision[], procedures: ProcedureTable): CountedSessions {
  const byDate = {
    CERVICAL_THORACIC: new Map<PlainDate, string[]>(),
    LUMBAR_SACRAL: new Map<PlainDate, string[]>(),
  };
  for (const { id, session, lines } of onFile) {
    for (const region of regionsAllowed(lines, procedures)) {
      const decisionIds = byDate[region].get(session.dateOfService);
      if (decisionIds) decisionIds.push(id);
      else byDate[region].set(session.dateOfService, [id]);
    }
  }
  return {
    CERVICAL_THORACIC: sessionsOf("CERVICAL_THORACIC", byDate.CERVICAL_THORACIC),
    LUMBAR_SACRAL: sessionsOf("LUMBAR_SACRAL", byDate.LUMBAR_SACRAL),
  };
}

export function datesOf(sessions: readonly CountedSession[]): PlainDate[] {
  return sessions.map(({ dateOfService }) => dateOfService);
}

function sessionsOf(
  region: SpinalRegion,
  byDate: ReadonlyMap<PlainDate, readonly string[]>,
): CountedSession[] {
  const dates = [...byDate].sort(([one], [other]) => (one < other ? -1 : 1));
  return dates.map(([dateOfService, decisionIds]) => ({ region, dateOfService, decisionIds }));
}

/** The regions in which a decision allows a unit. */
export function regionsAllowed(
  lines: readonly LineDecision[],
  procedures: ProcedureTable,
): Set<SpinalRegion> {
  const regions = new Set<SpinalRegion>();
  for (const { procedureCode, unitsAllowed } of lines) {
    const procedure = procedures[procedureCode];
    if (procedure && unitsAllowed > 0) regions.add(procedure.region);
  }
  return regions;
}
