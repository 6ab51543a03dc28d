import { allowedThatDay, sessionsIn } from "./claimInHand";
import type { ClaimInHand, ClaimSaid, LineSaid, StandingLine } from "./claimInHand";
import type {
  DecisionDisposition,
  LineDecision,
  LineDisposition,
  PolicyParameters,
  PriorSession,
  ReviewFlag,
  SpinalRegion,
} from "./contract";
import { shareWindow } from "./frequency";
import { REGIONS, countedSessions } from "./onFile";
import type { FileLine } from "./onFile";
import {
  READINGS_OF_EVERY_ADJUDICATION,
  READINGS_OF_RULE,
  READING_OF_MIXED_APPROACH,
  reasonFor,
} from "./policy";
import { governedProcedure, isSameStream, sideOf } from "./procedures";
import { runRules } from "./runRules";

export interface Evaluation {
  disposition: DecisionDisposition;
  lines: LineDecision[];
  reviewFlags: ReviewFlag[];
  priorSessions: PriorSession[];
  interpretations: { id: string }[];
}

export function lineDisposition(unitsBilled: number, unitsAllowed: number): LineDisposition {
  if (unitsAllowed === unitsBilled) return "ALLOWED";
  return unitsAllowed === 0 ? "DENIED" : "REDUCED";
}

export function ungovernedLine(line: LineSaid): LineDecision {
  const { lineNumber, procedureCode, modifiers } = line;
  return {
    lineNumber,
    procedureCode,
    modifiers,
    units: line.units,
    region: null,
    approach: null,
    disposition: "NOT_GOVERNED",
    unitsAllowed: 0,
    unitsDenied: 0,
    adjustments: [],
    findings: [],
  };
}

function lineDecision(claim: ClaimInHand, line: StandingLine): LineDecision {
  const unitsDenied = line.taken.reduce((sum, { units: count }) => sum + count, 0);
  return {
    ...ungovernedLine(line),
    region: line.procedure.region,
    approach: line.procedure.approach,
    disposition: line.isPended ? "PENDED" : lineDisposition(line.units, line.surviving),
    unitsAllowed: line.surviving,
    unitsDenied,
    adjustments: line.taken.map(({ row: name, ruleId, units: count, remark }) => ({
      ...reasonFor(name, claim.said.lineOfBusiness, remark),
      units: count,
      ruleId,
    })),
    findings: line.findings,
  };
}

/** The disposition that follows from the lines of a decision other than a void. */
export function rolledUp(lines: LineDecision[]): DecisionDisposition {
  const governed = lines.filter((line) => line.disposition !== "NOT_GOVERNED");
  if (governed.length === 0) return "NOT_GOVERNED";
  if (governed.some((line) => line.disposition === "PENDED")) return "PENDED";
  if (governed.every((line) => line.disposition === "ALLOWED")) return "APPROVED";
  return governed.every((line) => line.disposition === "DENIED") ? "DENIED" : "PARTIAL";
}

function reviewFlags(claim: ClaimInHand): ReviewFlag[] {
  const { said, lines } = claim;
  const allowed = lines.filter((line) => line.surviving > 0);
  const onFile = allowedThatDay(claim);
  const flags: ReviewFlag[] = [];
  const bills = (code: string | null, side: string, least: number): boolean =>
    lines.some(
      (line) => line.procedureCode === code && sideOf(line.modifiers) === side && line.units >= least,
    );
  const isAmbiguous = ({ procedure, procedureCode }: StandingLine): boolean =>
    procedure.primary !== null &&
    bills(procedure.primary, "BILATERAL", 1) &&
    bills(procedureCode, "UNSPECIFIED", 2);
  if (said.claimType === "PROFESSIONAL" && lines.some(isAmbiguous)) flags.push("AMBIGUOUS_BILATERAL_ADD_ON");
  if (lines.some((line) => line.procedure.approach === "TRANSFORAMINAL" && line.modifiers.includes("KX"))) {
    flags.push("DIAGNOSTIC_BLOCK");
  }
  const regionsAllowed = REGIONS.filter((region) => allowed.some((line) => line.procedure.region === region));
  const isIn = (region: SpinalRegion) => (line: StandingLine | FileLine) => line.procedure.region === region;
  const approachesIn = (region: SpinalRegion): Set<string> =>
    new Set([...allowed, ...onFile].filter(isIn(region)).map((line) => line.procedure.approach));
  if (regionsAllowed.some((region) => approachesIn(region).size === 2)) flags.push("MIXED_APPROACH");
  if (
    regionsAllowed.some((region) =>
      onFile
        .filter(isIn(region))
        .some((line) => line.providers.claimType === said.claimType && !isSameStream(line.providers, said)),
    )
  ) {
    flags.push("MULTIPLE_PERFORMERS");
  }
  return flags;
}

function judgedOn(line: StandingLine, ruleId: string): boolean {
  return line.findings.some((finding) => finding.ruleId === ruleId && finding.outcome !== "NOT_APPLICABLE");
}

function priorSessions(claim: ClaimInHand): PriorSession[] {
  const { dateOfService } = claim.said;
  const sessions = countedSessions(claim.onFile);
  return REGIONS.flatMap((region) => {
    const isJudged = claim.lines.some(
      (line) => line.procedure.region === region && judgedOn(line, "ESI-FREQUENCY"),
    );
    return sessionsIn(sessions, region).filter(
      (session) =>
        session.dateOfService === dateOfService ||
        (isJudged && shareWindow(session.dateOfService, dateOfService, claim.parameters.sessionsPerRegion)),
    );
  });
}

function readings(claim: ClaimInHand, flags: ReviewFlag[]): { id: string }[] {
  const ofRules = Object.entries(READINGS_OF_RULE).flatMap(([ruleId, ids]) =>
    claim.lines.some((line) => judgedOn(line, ruleId)) ? ids : [],
  );
  const ofFlag = flags.includes("MIXED_APPROACH") ? [READING_OF_MIXED_APPROACH] : [];
  const ids = new Set([...ofRules, ...ofFlag, ...READINGS_OF_EVERY_ADJUDICATION]);
  return [...ids].sort().map((id) => ({ id }));
}

/** What the rules make of a claim session, given the governed lines on file and the parameters in force. */
export function evaluate(said: ClaimSaid, onFile: FileLine[], parameters: PolicyParameters): Evaluation {
  const inOrder = [...said.lines].sort((one, other) => one.lineNumber - other.lineNumber);
  const standing = inOrder.flatMap((line): StandingLine[] => {
    const procedure = governedProcedure(line.procedureCode);
    return procedure === null
      ? []
      : [{ ...line, procedure, surviving: line.units, isPended: false, taken: [], findings: [] }];
  });
  const claim: ClaimInHand = { said, lines: standing, onFile, parameters };
  runRules(claim);
  const lines = inOrder.map((line) => {
    const governed = standing.find((other) => other.lineNumber === line.lineNumber);
    return governed === undefined ? ungovernedLine(line) : lineDecision(claim, governed);
  });
  const flags = reviewFlags(claim);
  return {
    disposition: rolledUp(lines),
    lines,
    reviewFlags: flags,
    priorSessions: priorSessions(claim),
    interpretations: readings(claim, flags),
  };
}
