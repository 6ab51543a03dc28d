import { ClaimLine } from "../claim/claimSession";
import {
  AdverseFinding,
  DecisionDisposition,
  LineDecision,
  LineDisposition,
  LineFindings,
  Outcome,
} from "../member/decision";
import { ProcedureTable } from "../policy/procedures";
import { Verdict } from "../policy/rule";
import { JudgedLine } from "./judgedLine";

/** The claim's lines, in the order in which they were sent, with what the rules have left of them. */
export function lineDecisions(lines: readonly ClaimLine[], judged: readonly JudgedLine[]): LineDecision[] {
  const byNumber = new Map(judged.map((line) => [line.lineNumber, line]));
  return lines.map((line) => {
    const judgedLine = byNumber.get(line.lineNumber);
    return judgedLine ? governedLine(line, judgedLine) : notGovernedLine(line);
  });
}

function notGovernedLine(line: ClaimLine): LineDecision {
  return { disposition: "NOT_GOVERNED", unitsAllowed: 0, unitsDenied: 0, adjustments: [], ...line };
}

function governedLine(
  line: ClaimLine,
  { procedure, unitsStanding, pended, adjustments, verdicts }: JudgedLine,
): LineDecision {
  // The spread comes last, here and wherever decisions are put together: before other members it makes Node
  // build the object the slow way, which made deciding several times slower.
  return {
    region: procedure.region,
    approach: procedure.approach,
    disposition: pended ? "PENDED" : lineDispositionOf(unitsStanding, line.units),
    unitsAllowed: unitsStanding,
    unitsDenied: adjustments.reduce((sum, { units }) => sum + units, 0),
    adjustments,
    findings: lineFindings(verdicts),
    ...line,
  };
}

export function lineDispositionOf(unitsAllowed: number, units: number): LineDisposition {
  if (unitsAllowed === units) return "ALLOWED";
  return unitsAllowed > 0 ? "REDUCED" : "DENIED";
}

function lineFindings(verdicts: ReadonlyMap<string, Verdict>): LineFindings {
  const met: string[] = [];
  const adverse: AdverseFinding[] = [];
  for (const [ruleId, verdict] of verdicts) {
    if (verdict.outcome === "MET") {
      met.push(ruleId);
    } else {
      const { outcome, cause, window, nextEligibleDate, relatedDecisionIds } = verdict;
      adverse.push({ ruleId, outcome, cause, window, nextEligibleDate, relatedDecisionIds });
    }
  }
  return { met, adverse };
}

/** Lines that are not governed say nothing about a decision, unless there are no others. */
export function dispositionOf(lines: readonly LineDecision[]): DecisionDisposition {
  const governed = lines.filter(({ disposition }) => disposition !== "NOT_GOVERNED");
  if (governed.length === 0) return "NOT_GOVERNED";
  if (governed.some(({ disposition }) => disposition === "PENDED")) return "PENDED";
  if (governed.every(({ disposition }) => disposition === "ALLOWED")) return "APPROVED";
  return governed.every(({ unitsAllowed }) => unitsAllowed === 0) ? "DENIED" : "PARTIAL";
}

export const nothingJudged = { reviewFlags: [], priorSessions: [], exceptionsConsidered: [] } as const;

export const voidedOutcome: Outcome = { ...nothingJudged, disposition: "VOIDED", lines: [] };

/** Governed lines as they were allowed elsewhere: no rule is run and no flag raised. */
export function importedOutcome(lines: readonly ClaimLine[], procedures: ProcedureTable): Outcome {
  const imported = lines.map((line): LineDecision => {
    const procedure = procedures[line.procedureCode];
    if (!procedure) return notGovernedLine(line);
    const { region, approach } = procedure;
    const unitsAllowed = line.units;
    return {
      region,
      approach,
      disposition: "ALLOWED",
      unitsAllowed,
      unitsDenied: 0,
      adjustments: [],
      ...line,
    };
  });
  return { ...nothingJudged, disposition: dispositionOf(imported), lines: imported };
}
