import { ClaimLine, LineOfBusiness } from "../claim/claimSession";
import { sideOf } from "../claim/modifier";
import { Adjustment, Decision } from "../member/decision";
import { ProcedureTable } from "../policy/procedures";
import { BilledLine, LineOnFile, Reasons, StandingLine, Verdict } from "../policy/rule";

/** A governed line of the claim in hand on its way through the rules. */
export interface JudgedLine extends StandingLine {
  /** By rule id, in evaluation order; of a rule with two rows the later verdict stands in the place of the earlier. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly adjustments: readonly Adjustment[];
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
      return { ...billed, decisionId: id, billing: session, unitsAllowed, pended: disposition === "PENDED" };
    }),
  );
}

/** The line after a rule's verdict: units that were taken have an adjustment each, a pended line stands no longer. */
export function withVerdict(
  line: JudgedLine,
  ruleId: string,
  verdict: Verdict,
  reasons: Readonly<Record<string, Reasons>>,
  lineOfBusiness: LineOfBusiness,
): JudgedLine {
  const verdicts = new Map(line.verdicts).set(ruleId, verdict);
  switch (verdict.outcome) {
    case "MET":
      return { ...line, verdicts };
    case "UNDETERMINED":
      return { ...line, verdicts, unitsStanding: 0, pended: true };
    case "NOT_MET": {
      const { unitsTaken, cause } = verdict;
      const unitsStanding = line.unitsStanding - unitsTaken;
      if (unitsTaken < 1 || unitsStanding < 0)
        throw new Error(`${ruleId} took units that the line does not have`);
      if (!reasons[cause]) throw new Error(`${ruleId} has no reason codes for ${cause}`);
      const adjustment = { ...reasons[cause][lineOfBusiness], ruleId, units: unitsTaken };
      return { ...line, verdicts, unitsStanding, adjustments: [...line.adjustments, adjustment] };
    }
  }
}
