import type { ClaimInHand, ClaimSaid, StandingLine, Verdict } from "./claimInHand";
import type { Finding } from "./contract";
import {
  addOn,
  ascBilateral,
  discontinued,
  duplicate,
  interlaminarSide,
  levels,
  units,
} from "./rulesOfLines";
import { frequency, region } from "./rulesOfRegions";

interface Row {
  name: string;
  ruleId: string;
  isAsked: (line: StandingLine, said: ClaimSaid) => boolean;
  judge: (claim: ClaimInHand, lines: StandingLine[]) => Verdict[];
}
const always = (): boolean => true;
const isAddOn = (line: StandingLine): boolean => line.procedure.primary !== null;
const isInterlaminar = (line: StandingLine): boolean => line.procedure.approach === "INTERLAMINAR";
const isSurgeryCentre = (_line: StandingLine, said: ClaimSaid): boolean =>
  said.claimType === "FACILITY" && said.placeOfService === "24";

const row = (name: string, isAsked: Row["isAsked"], judge: Row["judge"]): Row => ({
  name,
  ruleId: name.split(" ")[0] ?? name,
  isAsked,
  judge,
});

const ROWS: Row[] = [
  row("ESI-DUPLICATE", always, duplicate),
  row("ESI-DISCONTINUED", always, discontinued),
  row("ESI-ADD-ON (absent primary)", isAddOn, addOn),
  row("ESI-INTERLAMINAR-SIDE", isInterlaminar, interlaminarSide),
  row("ESI-ASC-BILATERAL", isSurgeryCentre, ascBilateral),
  row("ESI-UNITS", (line) => !isAddOn(line), units),
  row("ESI-ADD-ON (denied primary)", isAddOn, addOn),
  row("ESI-LEVELS", (line) => !isInterlaminar(line), levels),
  row("ESI-FREQUENCY", always, frequency),
  row("ESI-REGION", always, region),
];

function findingOf(ruleId: string, verdict: Verdict | undefined): Finding {
  return {
    ruleId,
    outcome: verdict?.outcome ?? "NOT_APPLICABLE",
    blockingSessions: [],
    nextEligibleDate: null,
    window: null,
    relatedDecisionIds: [],
    ...verdict?.because,
  };
}

function apply({ name, ruleId }: Row, line: StandingLine, verdict: Verdict | undefined): void {
  const finding = findingOf(ruleId, verdict);
  const place = line.findings.findIndex((earlier) => earlier.ruleId === ruleId);
  if (place < 0) line.findings.push(finding);
  else if (verdict !== undefined && verdict.takes > 0) line.findings[place] = finding;
  if (verdict === undefined || verdict.takes === 0) return;
  line.surviving -= verdict.takes;
  if (verdict.outcome === "UNDETERMINED") line.isPended = true;
  else line.taken.push({ row: name, ruleId, units: verdict.takes, remark: verdict.remark ?? null });
}

/** Walks the rows in their order; what a row takes is gone for the rows after it. */
export function runRules(claim: ClaimInHand): void {
  for (const each of ROWS) {
    const asked = claim.lines.filter((line) => line.surviving > 0 && each.isAsked(line, claim.said));
    const verdicts = each.judge(claim, asked);
    for (const line of claim.lines)
      apply(
        each,
        line,
        verdicts.find((verdict) => verdict.line === line),
      );
  }
}
