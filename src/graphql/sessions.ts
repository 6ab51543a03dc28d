import { SpinalRegion, spinalRegions } from "../claim/claimSession";
import { countedSessions } from "../member/countedSessions";
import { Decision } from "../member/decision";
import { effectiveDecisions, MemberStream } from "../member/stream";
import { ProcedureTable } from "../policy/procedures";
import { CountedSessionType } from "./types/member";

/** The counted sessions of a member, by region and then by date, with the decisions behind each. */
export function showSessions(stream: MemberStream, procedures: ProcedureTable): CountedSessionType[] {
  const onFile = effectiveDecisions(stream);
  const byId = new Map(onFile.map((decision) => [decision.id, decision]));
  const counted = countedSessions(onFile, procedures);
  return spinalRegions.flatMap((region) =>
    counted[region].map(({ dateOfService, decisionIds }) => {
      const decisions = decisionIds.flatMap((id) => byId.get(id) ?? []);
      return {
        region,
        dateOfService,
        procedureCodes: codesAllowed(decisions, region, procedures),
        decisions,
      };
    }),
  );
}

function codesAllowed(
  decisions: readonly Decision[],
  region: SpinalRegion,
  procedures: ProcedureTable,
): string[] {
  const codes = decisions
    .flatMap(({ lines }) => lines)
    .filter(
      ({ procedureCode, unitsAllowed }) => unitsAllowed > 0 && procedures[procedureCode]?.region === region,
    )
    .map(({ procedureCode }) => procedureCode);
  return [...new Set(codes)].sort();
}
