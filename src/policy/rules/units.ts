import { Side } from "../../claim/modifier";
import { articleA56681, articleA58777, molinaOverview } from "../documents";
import {
  allowedInStream,
  Facts,
  isBilateralPair,
  LineOnFile,
  Rule,
  StandingLine,
  takes,
  Verdict,
} from "../rule";

/** One unit of an interlaminar code, and one level of a primary: each side once. Readings I-08 and I-18. */
export const units: Rule = {
  id: "ESI-UNITS",
  title: "One level of a code in a session",
  cites: [molinaOverview(2), molinaOverview(3), articleA58777, articleA56681],
  interpretations: ["I-08", "I-18"],
  parameters: ["interlaminarLevels"],
  words: {
    met: "The units are within one level of the code.",
    notApplicable:
      "An add-on code, whose levels are judged by ESI-LEVELS, or no unit of the line was left to judge.",
    adverse: {
      interlaminarUnits: (_, { interlaminarLevels }) =>
        `More units of this code than the ${interlaminarLevels} allowed for a performer and day.`,
      levelBilledBefore: () =>
        "This level is billed already: each side of it can be billed once for a performer and day.",
    },
  },
  appliesTo: (line) => line.procedure.addOnTo === undefined,
  judge: (lines, facts) => {
    const onFile = allowedInStream(facts);
    const taken = new Map<string, UnitsTaken>();
    return lines.map((line) => {
      const ofCode = taken.get(line.procedureCode) ?? takenOnFile(line.procedureCode, onFile);
      taken.set(line.procedureCode, ofCode);
      return line.procedure.approach === "INTERLAMINAR"
        ? judgeCount(line, ofCode, facts)
        : judgeSides(line, ofCode, facts);
    });
  },
};

/** What of one code is used up already, on file and by the lines before. */
interface UnitsTaken {
  count: number;
  readonly sides: Set<OneSide>;
}

type OneSide = "RIGHT" | "LEFT";

const sidesNeeded: Record<Side, readonly OneSide[]> = {
  RIGHT: ["RIGHT"],
  LEFT: ["LEFT"],
  BILATERAL: ["RIGHT", "LEFT"],
  UNSPECIFIED: ["RIGHT", "LEFT"],
};

function takenOnFile(procedureCode: string, onFile: readonly LineOnFile[]): UnitsTaken {
  const ofCode = onFile.filter((line) => line.procedureCode === procedureCode);
  return {
    count: ofCode.reduce((sum, line) => sum + line.unitsAllowed, 0),
    sides: new Set(ofCode.flatMap((line) => sidesNeeded[line.side])),
  };
}

function judgeCount(line: StandingLine, taken: UnitsTaken, { parameters }: Facts): Verdict {
  const left = Math.max(parameters.interlaminarLevels - taken.count, 0);
  const kept = Math.min(line.unitsStanding, left);
  taken.count += kept;
  return takes(line.unitsStanding - kept, { cause: "interlaminarUnits" });
}

function judgeSides(line: StandingLine, taken: UnitsTaken, facts: Facts): Verdict {
  const needed = sidesNeeded[line.side];
  const free = !needed.some((side) => taken.sides.has(side));
  if (free) needed.forEach((side) => taken.sides.add(side));
  const unitsOfOneLevel = isBilateralPair(line, facts.billing, facts.conventions) ? line.unitsStanding : 1;
  return takes(line.unitsStanding - (free ? unitsOfOneLevel : 0), { cause: "levelBilledBefore" });
}
