import { articleA56681, articleA58777 } from "../documents";
import { allowedInStream, Facts, met, pends, Rule, standing, StandingLine, takes, Verdict } from "../rule";

const addOn = {
  id: "ESI-ADD-ON",
  title: "An additional level needs the first level of its own kind",
  cites: [articleA58777, articleA56681],
  interpretations: ["I-16"],
  parameters: [],
  words: {
    met: "The first level that this add-on belongs to is on this claim or on file.",
    notApplicable: "Not an add-on code, or no unit of the line was left to judge.",
    adverse: {
      primaryAbsent: () =>
        "The first level that this add-on belongs to is neither on this claim nor on file for the day.",
      primaryDenied: () =>
        "The first level that this add-on belongs to is denied on this claim, and none is on file.",
      primaryPended: () => "The first level that this add-on belongs to is pended, and the add-on with it.",
    },
  },
  appliesTo: (line) => line.procedure.addOnTo !== undefined,
} satisfies Omit<Rule, "judge">;

/** The first look, before any unit is counted: is there a primary at all? */
export const addOnWithoutPrimary: Rule = {
  ...addOn,
  judge: (lines, facts) => judge(lines, facts, "primaryAbsent"),
};

/** The second look, after units were cut back: has the primary kept a unit? */
export const addOnOfDeniedPrimary: Rule = {
  ...addOn,
  judge: (lines, facts) => judge(lines, facts, "primaryDenied"),
};

function judge(lines: readonly StandingLine[], facts: Facts, cause: string): Verdict[] {
  const allowed = allowedInStream(facts);
  return lines.map((line) => {
    const isPrimary = ({ procedureCode }: { procedureCode: string }) =>
      procedureCode === line.procedure.addOnTo;
    if (standing(facts.lines).some(isPrimary) || allowed.some(isPrimary)) return met;
    // Reading I-16: what becomes of the pended primary decides for its add-on too.
    if (facts.lines.some((other) => other.pended && isPrimary(other)))
      return pends({ cause: "primaryPended" });
    return takes(line.unitsStanding, { cause });
  });
}
