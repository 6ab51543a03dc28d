import { bilateralModifier } from "../../claim/modifier";
import { articleA58777 } from "../documents";
import { met, Rule, takes } from "../rule";

/** A surgery center bills a bilateral injection as a right and a left line. */
export const ascBilateral: Rule = {
  id: "ESI-ASC-BILATERAL",
  title: "A surgery center does not bill modifier 50",
  cites: [articleA58777],
  interpretations: [],
  parameters: [],
  words: {
    met: "The line does not use modifier 50.",
    notApplicable: "Not a surgery center's own claim, or no unit of the line was left to judge.",
    adverse: {
      modifier50: () =>
        "A surgery center bills a bilateral injection as a right and a left line, not with modifier 50.",
    },
  },
  appliesTo: (_, { billing, placeOfService, conventions }) =>
    billing.claimType === "FACILITY" && placeOfService === conventions.surgeryCenter,
  judge: (lines) =>
    lines.map((line) =>
      line.modifiers.includes(bilateralModifier) ? takes(line.unitsStanding, { cause: "modifier50" }) : met,
    ),
};
