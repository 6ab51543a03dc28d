import { SpinalRegion } from "../../claim/claimSession";
import { PlainDate } from "../../claim/plainDate";
import { articleA56681, articleA58777, articleA58993, molinaOverview } from "../documents";
import { CountedSession, Facts, LineOnFile, met, pends, Rule, StandingLine, takes } from "../rule";

/**
 * Regions on file are kept before those of the claim in hand. Reading I-05: judged on the units that still
 * stand.
 */
export const region: Rule = {
  id: "ESI-REGION",
  title: "At most the allowed number of spinal regions in a session",
  cites: [molinaOverview(1), articleA58777, articleA56681, articleA58993],
  interpretations: ["I-05", "I-17"],
  parameters: ["regionsPerSession"],
  words: {
    met: "The region is within the number of regions allowed on one day.",
    notApplicable: "Not asked: no unit of the line was left to judge.",
    adverse: {
      regionOnFile: () => "Another spinal region is on file for this day.",
      regionOnClaim: () => "Another spinal region stands before this one on the claim.",
      contradiction: () =>
        "The practitioner's and the facility's claims differ in spinal region: a person reviews the line.",
    },
  },
  appliesTo: () => true,
  sessionsRelated: sessionsOfTheDay,
  sessionsInTheWay: sessionsOfTheDay,
  judge: (lines, facts) => {
    const allowedOnFile = facts.onFile.filter(({ unitsAllowed }) => unitsAllowed > 0);
    const onFile = new Set(allowedOnFile.map(({ procedure }) => procedure.region));
    const kept = regionsKept(onFile, lines, facts);
    const contradicts = contradictsOnFile(allowedOnFile, onFile, lines, facts);
    return lines.map((line) => {
      if (kept.has(line.procedure.region)) return met;
      // Reading I-17: which of the two claims is right about the region is for a person to say.
      if (contradicts) return pends({ cause: "contradiction" });
      return takes(line.unitsStanding, { cause: onFile.size > 0 ? "regionOnFile" : "regionOnClaim" });
    });
  },
};

/** Regions on file are all kept, so those of the day stand in the way of every line that is not. */
function sessionsOfTheDay(
  prior: readonly CountedSession[],
  { dateOfService }: { readonly dateOfService: PlainDate },
): CountedSession[] {
  return prior.filter((session) => session.dateOfService === dateOfService);
}

function regionsKept(
  onFile: ReadonlySet<SpinalRegion>,
  lines: readonly StandingLine[],
  { parameters }: Facts,
): Set<SpinalRegion> {
  const kept = new Set(onFile);
  for (const { procedure } of lines) {
    if (kept.size < parameters.regionsPerSession) kept.add(procedure.region);
  }
  return kept;
}

/**
 * Whether only claims of the other type stand behind the regions on file, and the claim in hand bills none of
 * these.
 */
function contradictsOnFile(
  allowedOnFile: readonly LineOnFile[],
  onFile: ReadonlySet<SpinalRegion>,
  lines: readonly StandingLine[],
  { billing }: Facts,
): boolean {
  return (
    allowedOnFile.length > 0 &&
    allowedOnFile.every((line) => line.billing.claimType !== billing.claimType) &&
    !lines.some((line) => onFile.has(line.procedure.region))
  );
}
