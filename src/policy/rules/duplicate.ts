import { modifierSet } from "../../claim/modifier";
import { articleA56681, articleA58777 } from "../documents";
import { Facts, LineOnFile, met, Rule, StandingLine, takes } from "../rule";

/**
 * A line that equals one on file from another claim. A wholly denied line is not in the way: it may be billed
 * anew.
 */
export const duplicate: Rule = {
  id: "ESI-DUPLICATE",
  title: "A service is paid once",
  cites: [articleA58777, articleA56681],
  interpretations: [],
  parameters: [],
  words: {
    met: "No equal line of another claim is on file.",
    notApplicable: "Not asked: no unit of the line was left to judge.",
    adverse: { equalLineOnFile: () => "An equal line of another claim is on file for this date of service." },
  },
  appliesTo: () => true,
  judge: (lines, facts) =>
    lines.map((line) => {
      const equals = facts.onFile.filter((onFile) => equalLines(line, onFile, facts));
      if (equals.length === 0) return met;
      const relatedDecisionIds = [...new Set(equals.map(({ decisionId }) => decisionId))];
      return takes(line.unitsStanding, { cause: "equalLineOnFile", relatedDecisionIds });
    }),
};

function equalLines(line: StandingLine, onFile: LineOnFile, { billing }: Facts): boolean {
  return (
    (onFile.unitsAllowed > 0 || onFile.pended) &&
    onFile.procedureCode === line.procedureCode &&
    onFile.units === line.units &&
    modifierSet(onFile.modifiers) === modifierSet(line.modifiers) &&
    onFile.billing.claimType === billing.claimType &&
    onFile.billing.billingProviderNpi === billing.billingProviderNpi &&
    onFile.billing.renderingProviderNpi === billing.renderingProviderNpi
  );
}
