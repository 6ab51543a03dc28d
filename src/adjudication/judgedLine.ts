import { ClaimLine, LineOfBusiness } from "../claim/claimSession";
import { sideOf } from "../claim/modifier";
import { Adjustment, Decision } from "../member/decision";
import { ProcedureTable } from "../policy/procedures";
import { BilledLine, LineOnFile, Reasons, Verdict } from "../policy/rule";

/**
 * A governed line of the claim in hand on its way through the rules: what `adjudicate` has made of it so far.
 */
export interface JudgedLine extends BilledLine {
  readonly lineNumber: number;
  unitsStanding: number;
  pended: boolean;
  /**
   * By rule id, in evaluation order; of a rule with two rows the later verdict stands in the place of the
   * earlier.
   */
  readonly verdicts: Map<string, Verdict>;
  readonly adjustments: Adjustment[];
}

/** What a line bills under a version's procedures; undefined where its code is not governed. */
export function billedLine(
  { procedureCode, modifiers, units }: ClaimLine,
  procedures: ProcedureTable,
): BilledLine | undefined {
  const procedure = procedures[procedureCode];
  return procedure && { procedureCode, procedure, modifiers, side: sideOf(modifiers), units };
}

export function linesOnFile(decisions: readonly Decision[], procedures: ProcedureTable): LineOnFile[] {
  return decisions.flatMap(({ id, session, lines }) =>
    lines.flatMap((line) => {
      const billed = billedLine(line, procedures);
      if (!billed) return [];
      const { unitsAllowed, disposition } = line;
      return { decisionId: id, billing: session, unitsAllowed, pended: disposition === "PENDED", ...billed };
    }),
  );
}

/**
 * Writes a rule's verdict into the line: units taken have an adjustment each time, a pended line stands no
 * longer.
 */
export function applyVerdict(
  line: JudgedLine,
  ruleId: string,
  verdict: Verdict,
  reasons: Readonly<Record<string, Reasons>>,
  lineOfBusiness: LineOfBusiness,
): void {
  line.verdicts.set(ruleId, verdict);
  if (verdict.outcome === "UNDETERMINED") {
    line.unitsStanding = 0;
    line.pended = true;
  }
  if (verdict.outcome !== "NOT_MET") return;
  const { unitsTaken, cause } = verdict;
  if (unitsTaken < 1 || unitsTaken > line.unitsStanding)
    throw new Error(`${ruleId} took units that the line does not have`);
  if (!reasons[cause]) throw new Error(`${ruleId} has no reason codes for ${cause}`);
  line.unitsStanding -= unitsTaken;
  line.adjustments.push({ ruleId, units: unitsTaken, ...reasons[cause][lineOfBusiness] });
}
