import { allowedInStream, deny, met, pend, sidesNeeded, survivors } from "./claimInHand";
import type { ClaimInHand, StandingLine, Verdict } from "./claimInHand";
import { decisionsBehind } from "./onFile";
import type { FileLine } from "./onFile";
import { isFacilityPair, sideOf } from "./procedures";

function isEqualLine(claim: ClaimInHand, line: StandingLine, filed: FileLine): boolean {
  const setOf = (modifiers: string[]): string => [...new Set(modifiers)].sort().join();
  const { said } = claim;
  return (
    filed.dateOfService === said.dateOfService &&
    filed.procedureCode === line.procedureCode &&
    setOf(filed.modifiers) === setOf(line.modifiers) &&
    filed.units === line.units &&
    filed.providers.claimType === said.claimType &&
    filed.providers.billingProviderNpi === said.billingProviderNpi &&
    (filed.providers.renderingProviderNpi ?? null) === (said.renderingProviderNpi ?? null)
  );
}

export function duplicate(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  return lines.map((line) => {
    const equal = claim.onFile.filter(
      (filed) => (filed.unitsAllowed > 0 || filed.isPended) && isEqualLine(claim, line, filed),
    );
    return equal.length === 0
      ? met(line)
      : deny(line, line.surviving, { relatedDecisionIds: decisionsBehind(equal) });
  });
}

export function discontinued(_claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  return lines.map((line) =>
    line.modifiers.includes("53") || line.modifiers.includes("73") ? pend(line) : met(line),
  );
}

/** Rows 3 and 7 ask the same: is there a primary of its own, and if not, is one on this claim pended? */
export function addOn(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  return lines.map((line) => {
    const isOwn = ({ procedureCode }: { procedureCode: string }): boolean =>
      procedureCode === line.procedure.primary;
    if (survivors(claim).some(isOwn) || allowedInStream(claim).some(isOwn)) return met(line);
    const isPendedToo = claim.lines.some((other) => isOwn(other) && other.isPended);
    return isPendedToo ? pend(line) : deny(line, line.surviving);
  });
}

export function interlaminarSide(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  const standing = [...survivors(claim), ...allowedInStream(claim)];
  const stands = (code: string, side: string): boolean =>
    standing.some((other) => other.procedureCode === code && sideOf(other.modifiers) === side);
  return lines.map((line) => {
    const side = sideOf(line.modifiers);
    const isPaired =
      (side === "RIGHT" && stands(line.procedureCode, "LEFT")) ||
      (side === "LEFT" && stands(line.procedureCode, "RIGHT"));
    return side === "BILATERAL" || isPaired ? deny(line, line.surviving) : met(line);
  });
}

export function ascBilateral(_claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  return lines.map((line) => (line.modifiers.includes("50") ? deny(line, line.surviving) : met(line)));
}

function interlaminarExcess(claim: ClaimInHand, line: StandingLine, earlier: Verdict[]): number {
  const onFile = allowedInStream(claim)
    .filter((filed) => filed.procedureCode === line.procedureCode)
    .reduce((units, filed) => units + filed.unitsAllowed, 0);
  const before = earlier
    .filter((verdict) => verdict.line.procedureCode === line.procedureCode)
    .reduce((units, verdict) => units + verdict.line.surviving - verdict.takes, 0);
  const room = Math.max(0, claim.parameters.interlaminarLevels - onFile - before);
  return Math.max(0, line.surviving - room);
}

function primaryExcess(claim: ClaimInHand, line: StandingLine, earlier: Verdict[]): number {
  const isAlike = (other: { procedureCode: string }): boolean => other.procedureCode === line.procedureCode;
  const standing = earlier
    .filter((verdict) => verdict.line.surviving > verdict.takes)
    .map((verdict) => verdict.line);
  const takenSides = new Set(
    [...allowedInStream(claim), ...standing].filter(isAlike).flatMap((other) => sidesNeeded(other.modifiers)),
  );
  const needed = sidesNeeded(line.modifiers);
  if (needed.some((side) => takenSides.has(side))) return line.surviving;
  return isFacilityPair(claim.said.claimType, line) ? 0 : line.surviving - 1;
}

export function units(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const line of lines) {
    const isInterlaminar = line.procedure.approach === "INTERLAMINAR";
    const excess = (isInterlaminar ? interlaminarExcess : primaryExcess)(claim, line, verdicts);
    verdicts.push(excess > 0 ? deny(line, excess) : met(line));
  }
  return verdicts;
}

/** Add-on units in a region of a stream on a day, by the side they weigh on. */
interface AddOnUnits {
  right: number;
  left: number;
  unspecified: number;
}

function withUnits(sum: AddOnUnits, modifiers: string[], count: number, isPair: boolean): AddOnUnits {
  const side = sideOf(modifiers);
  if (isPair) return { ...sum, right: sum.right + 1, left: sum.left + 1 };
  if (side === "UNSPECIFIED") return { ...sum, unspecified: sum.unspecified + count };
  return {
    ...sum,
    right: sum.right + (side === "LEFT" ? 0 : count),
    left: sum.left + (side === "RIGHT" ? 0 : count),
  };
}

const NO_UNITS: AddOnUnits = { right: 0, left: 0, unspecified: 0 };

function addOnUnitsOnFile(claim: ClaimInHand, region: string): AddOnUnits {
  const { claimType } = claim.said;
  return allowedInStream(claim)
    .filter((filed) => filed.procedure.region === region && filed.procedure.primary !== null)
    .reduce(
      (sum, filed) => withUnits(sum, filed.modifiers, filed.unitsAllowed, isFacilityPair(claimType, filed)),
      NO_UNITS,
    );
}

function hasPrimaryIn(claim: ClaimInHand, region: string): boolean {
  return [...survivors(claim), ...allowedInStream(claim)].some(
    ({ procedure }) =>
      procedure.region === region && procedure.approach === "TRANSFORAMINAL" && procedure.primary === null,
  );
}

export function levels(claim: ClaimInHand, lines: StandingLine[]): Verdict[] {
  const sums = new Map<string, AddOnUnits>();
  return lines.map((line) => {
    if (line.procedure.primary === null) return met(line);
    const { region } = line.procedure;
    const isPair = isFacilityPair(claim.said.claimType, line);
    const unitsAtOnce = isPair ? line.surviving : 1;
    let excess = 0;
    for (let walked = 0; walked < line.surviving; walked += unitsAtOnce) {
      const sum = sums.get(region) ?? addOnUnitsOnFile(claim, region);
      const counting = withUnits(sum, line.modifiers, 1, isPair);
      const reached =
        (hasPrimaryIn(claim, region) ? 1 : 0) +
        Math.max(counting.right, counting.left) +
        counting.unspecified;
      if (reached > claim.parameters.transforaminalLevels) excess += unitsAtOnce;
      else sums.set(region, counting);
    }
    return excess > 0 ? deny(line, excess) : met(line);
  });
}
