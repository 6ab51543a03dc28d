import { articleA56681, articleA58777, molinaOverview } from "../documents";
import {
  allowedInStream,
  BilledLine,
  Facts,
  isBilateralPair,
  met,
  Rule,
  standing,
  StandingLine,
  takes,
} from "../rule";

/**
 * Levels of one region: the primary's, and those that add-ons add. Sides do not add levels. Readings I-04,
 * I-10, I-11.
 */
export const levels: Rule = {
  id: "ESI-LEVELS",
  title: "At most the allowed number of transforaminal levels in a session",
  cites: [molinaOverview(2), articleA58777, articleA56681],
  interpretations: ["I-04", "I-10", "I-11", "I-18"],
  parameters: ["transforaminalLevels"],
  words: {
    met: "The transforaminal levels are within the limit.",
    notApplicable: "Not a transforaminal code, or no unit of the line was left to judge.",
    adverse: {
      levels: (_, { transforaminalLevels }) =>
        `More levels than the ${transforaminalLevels} allowed for a region, performer and day.`,
    },
  },
  appliesTo: (line) => line.procedure.approach === "TRANSFORAMINAL",
  judge: (lines, facts) => {
    const inRegion = new Map<string, LevelCount>();
    return lines.map((line) => {
      const { region, addOnTo } = line.procedure;
      if (addOnTo === undefined) return met;
      const count = inRegion.get(region) ?? countBeforeAddOns(line, facts);
      inRegion.set(region, count);
      return takes(line.unitsStanding - keep(line, count, facts), { cause: "levels" });
    });
  },
};

interface LevelCount {
  readonly primary: number;
  right: number;
  left: number;
  unspecified: number;
}

/**
 * The levels that stand before an add-on of the claim in hand is counted: the primary's, and those on file.
 */
function countBeforeAddOns({ procedure }: StandingLine, facts: Facts): LevelCount {
  const onFile = allowedInStream(facts).filter((line) => line.procedure.region === procedure.region);
  const isPrimary = (line: BilledLine) => line.procedureCode === procedure.addOnTo;
  const hasPrimary = standing(facts.lines).some(isPrimary) || onFile.some(isPrimary);
  const count: LevelCount = { primary: hasPrimary ? 1 : 0, right: 0, left: 0, unspecified: 0 };
  for (const line of onFile) {
    if (line.procedure.addOnTo === undefined) continue;
    const isPair = isBilateralPair(line, line.billing, facts.conventions);
    add(count, line, isPair ? 1 : line.unitsAllowed, isPair);
  }
  return count;
}

/** Counts as many units of the line as stay within the limit, and says how many those are. */
function keep(line: StandingLine, count: LevelCount, { billing, conventions, parameters }: Facts): number {
  const isPair = isBilateralPair(line, billing, conventions);
  const unitsAtOnce = isPair ? line.unitsStanding : 1;
  let kept = 0;
  while (kept < line.unitsStanding) {
    const withUnit = { ...count };
    add(withUnit, line, 1, isPair);
    if (levelsOf(withUnit) > parameters.transforaminalLevels) break;
    Object.assign(count, withUnit);
    kept += unitsAtOnce;
  }
  return kept;
}

function add(count: LevelCount, { side }: BilledLine, times: number, isPair: boolean): void {
  if (side === "UNSPECIFIED" && !isPair) {
    count.unspecified += times;
    return;
  }
  if (side !== "LEFT") count.right += times;
  if (side !== "RIGHT") count.left += times;
}

function levelsOf({ primary, right, left, unspecified }: LevelCount): number {
  return primary + Math.max(right, left) + unspecified;
}
