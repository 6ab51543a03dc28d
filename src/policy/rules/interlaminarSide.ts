import { Side } from "../../claim/modifier";
import { articleA56681, molinaOverview } from "../documents";
import { allowedInStream, BilledLine, Facts, met, Rule, standing, StandingLine, takes } from "../rule";

/**
 * Reading I-08: an interlaminar injection reaches both sides at once, so neither one line nor a pair bills it
 * twice.
 */
export const interlaminarSide: Rule = {
  id: "ESI-INTERLAMINAR-SIDE",
  title: "An interlaminar injection is never bilateral",
  cites: [molinaOverview(3), articleA56681],
  interpretations: ["I-08"],
  parameters: [],
  words: {
    met: "The interlaminar injection is not billed as bilateral.",
    notApplicable: "Not an interlaminar code, or no unit of the line was left to judge.",
    adverse: {
      bilateral: () => "An interlaminar injection cannot be billed as bilateral.",
      otherSide: () =>
        "The other side of the same interlaminar code is billed for this day: together they are bilateral.",
    },
  },
  appliesTo: (line) => line.procedure.approach === "INTERLAMINAR",
  judge: (lines, facts) =>
    lines.map((line) => {
      if (line.side === "BILATERAL") return takes(line.unitsStanding, { cause: "bilateral" });
      return hasCounterpart(line, facts) ? takes(line.unitsStanding, { cause: "otherSide" }) : met;
    }),
};

const opposite: Partial<Record<Side, Side>> = { RIGHT: "LEFT", LEFT: "RIGHT" };

function hasCounterpart(line: StandingLine, facts: Facts): boolean {
  const isCounterpart = (other: BilledLine) =>
    other.procedureCode === line.procedureCode && other.side === opposite[line.side];
  return standing(facts.lines).some(isCounterpart) || allowedInStream(facts).some(isCounterpart);
}
