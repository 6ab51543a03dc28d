import { allowedThatDay, deny, met, pend, sessionsIn, survivors } from "./claimInHand";
import type { ClaimInHand, StandingLine, Verdict } from "./claimInHand";
import type { Finding, SpinalRegion } from "./contract";
import { firstFailingWindow, isWithinLimits, nextEligibleDate } from "./frequency";
import { REGIONS, countedSessions, decisionsBehind } from "./onFile";

/** Why one more session of the region on the day of the claim is too many; null if it is not. */
function tooManySessions(claim: ClaimInHand, region: SpinalRegion): Partial<Finding> | null {
  const { dateOfService } = claim.said;
  const limits = claim.parameters.sessionsPerRegion;
  const sessions = sessionsIn(countedSessions(claim.onFile), region);
  const dates = sessions.map((session) => session.dateOfService);
  if (isWithinLimits(dates, dateOfService, limits)) return null;
  const failing = firstFailingWindow(dates, dateOfService, limits);
  if (failing === null) return null;
  const { opens, ends, months, sessions: most, others } = failing;
  return {
    window: { opens, ends, months, sessions: most },
    blockingSessions: sessions.filter((session) => others.includes(session.dateOfService)),
    nextEligibleDate: nextEligibleDate(dates, dateOfService, limits),
  };
}

export function frequency(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  return REGIONS.flatMap((region) => {
    const because = tooManySessions(claim, region);
    return lines
      .filter((line) => line.procedure.region === region)
      .map((line) => (because === null ? met(line) : deny(line, line.surviving, because)));
  });
}

/** Regions on file first, then those of this claim in the order of their lowest surviving line number. */
function keptRegions(claim: ClaimInHand, onFile: SpinalRegion[]): SpinalRegion[] {
  const kept = [...onFile];
  for (const { procedure } of survivors(claim)) {
    if (!kept.includes(procedure.region) && kept.length < claim.parameters.regionsPerSession) {
      kept.push(procedure.region);
    }
  }
  return kept;
}

export function region(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  const thatDay = allowedThatDay(claim);
  const onFile = REGIONS.filter((one) => thatDay.some((line) => line.procedure.region === one));
  const kept = keptRegions(claim, onFile);
  const isContradiction =
    thatDay.length > 0 &&
    thatDay.every((line) => line.providers.claimType !== claim.said.claimType) &&
    !survivors(claim).some((line) => onFile.includes(line.procedure.region));
  const blockingSessions = countedSessions(thatDay);
  const relatedDecisionIds = decisionsBehind(thatDay);
  return lines.map((line) => {
    if (kept.includes(line.procedure.region)) return met(line, { relatedDecisionIds });
    if (isContradiction) return pend(line, { blockingSessions, relatedDecisionIds });
    const remark = onFile.length > 0 ? "M80" : "N20";
    return deny(line, line.surviving, { blockingSessions, relatedDecisionIds }, remark);
  });
}
