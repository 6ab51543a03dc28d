import { dateOf, dayNumber, monthsBefore } from "./calendar";
import type {
  Allowance,
  AllowanceArguments,
  Decision,
  PolicyException,
  PolicyVersionTerms,
  PriorSession,
} from "./contract";
import { sessionsIn } from "./claimInHand";
import { nextEligibleDate } from "./frequency";
import { countedSessions, effectiveDecisions, linesOnFile } from "./onFile";
import { consideredExceptions, parametersUnder, versionInForce } from "./policy";

export function sessionsOnFile(stream: Decision[]): PriorSession[] {
  return countedSessions(linesOnFile(stream, () => false));
}

export function historyOnFileSince(stream: Decision[]): string | null {
  const dates = effectiveDecisions(stream)
    .filter((decision) => decision.kind !== "VOID")
    .map((decision) => decision.dateOfService);
  return dates.sort()[0] ?? null;
}

export function allowance(
  stream: Decision[],
  { region, on, ...keys }: AllowanceArguments,
  versions: PolicyVersionTerms[],
  declared: PolicyException[],
): Allowance | null {
  const version = versionInForce(versions, on);
  if (version === null) return null;
  const { sessionsPerRegion } = parametersUnder(version, consideredExceptions(declared, on, keys));
  const sessions = sessionsIn(sessionsOnFile(stream), region);
  const limits = sessionsPerRegion.map((limit) => {
    const windowOpens = dateOf(monthsBefore(dayNumber(on), limit.months));
    const counted = sessions.filter(({ dateOfService: date }) => windowOpens < date && date <= on);
    const used = counted.length;
    return { ...limit, used, left: Math.max(0, limit.sessions - used), windowOpens, counted };
  });
  const dates = sessions.map((session) => session.dateOfService);
  return {
    region,
    on,
    limits,
    nextEligibleDate: nextEligibleDate(dates, on, sessionsPerRegion),
    policyVersion: { id: version.id },
  };
}
