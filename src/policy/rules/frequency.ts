import { articleA56681, articleA58777, molinaOverview } from "../documents";
import { isInside, nextEligibleDate, overfilledWindow } from "../frequency";
import { AdverseFacts, CountedSession, Facts, met, Rule, takes } from "../rule";
import { Parameters } from "../parameters";
import { SpinalRegion } from "../../claim/claimSession";

/**
 * Sessions of a region in any window of a limit, also in windows that end on a later session. Reading I-09:
 * of a claim that arrives late and the sessions after it, the claim in hand is the one too many.
 */
export const frequency: Rule = {
  id: "ESI-FREQUENCY",
  title: "At most the allowed number of sessions of a region in a rolling period",
  cites: [molinaOverview(4), articleA58777, articleA56681],
  interpretations: ["I-01", "I-02", "I-03", "I-07", "I-09"],
  parameters: ["sessionsPerRegion"],
  sessionsInTheWay,
  words: {
    met: "The session is within the limits of its region, or the day is a counted session already.",
    notApplicable: "Not asked: no unit of the line was left to judge.",
    adverse: { overfilled: inWords },
  },
  appliesTo: () => true,
  judge: (lines, facts) => {
    const regions = new Set(lines.map(({ procedure }) => procedure.region));
    const overfilled = new Map([...regions].map((region) => [region, judgeRegion(region, facts)]));
    return lines.map((line) => {
      const adverse = overfilled.get(line.procedure.region);
      return adverse ? takes(line.unitsStanding, adverse) : met;
    });
  },
};

function sessionsInTheWay(
  prior: readonly CountedSession[],
  { region }: { readonly region?: SpinalRegion },
  { window }: AdverseFacts,
): CountedSession[] {
  return prior.filter(
    (session) => session.region === region && window && isInside(session.dateOfService, window),
  );
}

function judgeRegion(
  region: SpinalRegion,
  { billing, sessionDates, parameters, leavesOutNextDate }: Facts,
): AdverseFacts | undefined {
  const dates = sessionDates(region);
  const limits = parameters.sessionsPerRegion;
  const window = overfilledWindow(dates, billing.dateOfService, limits);
  if (!window) return undefined;
  if (leavesOutNextDate) return { cause: "overfilled", window };
  return {
    cause: "overfilled",
    window,
    nextEligibleDate: nextEligibleDate(dates, billing.dateOfService, limits),
  };
}

function inWords({ window, nextEligibleDate: next }: AdverseFacts, _: Parameters, region: string): string {
  if (!window) throw new Error("a denial for frequency names its window");
  const { months, sessions, opens, ends } = window;
  const limit = `One ${region} session more than the ${sessions} allowed in any ${months} months`;
  const period = `in the window after ${opens} up to ${ends}`;
  return `${limit}, ${period}. ${next ? `The next eligible date is ${next}.` : "No later date is eligible."}`;
}
