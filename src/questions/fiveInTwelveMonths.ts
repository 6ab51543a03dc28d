import { spinalRegions } from "../claim/claimSession";
import { Decision } from "../member/decision";
import { onFile } from "../member/onFile";
import { effectiveDecisions } from "../member/stream";
import { inForce } from "../policy/dated";
import { FrequencyWindow, isInside, windowEndingOn } from "../policy/frequency";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { CountedSession } from "../policy/rule";
import { explainedBy, explainedColumns } from "./explained";
import { Asked, inOne, isAskedAbout, question } from "./question";

/** Five and twelve stand for the limits of the policy version in force where the window ends. */
export const fiveInTwelveMonths = question({
  name: "five-in-twelve-months",
  sentence:
    "Which members have five or more counted sessions of a region in any twelve months: more than the " +
    "policy by itself allows? One row for each session that ends such a window, by dates of service.",
  columns: [
    ...(["memberId", "region", "dateOfService", "windowOpens", "months", "limit", "sessions"] as const),
    ...(["datesOfService", "decisionIds"] as const),
    ...explainedColumns,
  ],
  rows: (asked) => {
    const effective = effectiveDecisions(asked.stream);
    const file = onFile(effective);
    return asked.versions.toReversed().flatMap((version) =>
      spinalRegions.flatMap((region) => {
        const sessions = file.sessions(version.procedures)[region];
        return overfilled(sessions, version, asked).map((window) => rowOf(window, effective));
      }),
    );
  },
});

interface Overfilled {
  readonly window: FrequencyWindow;
  readonly sessions: readonly CountedSession[];
}

/** Windows that end on a session under the version and hold more sessions than its limit. */
function overfilled(
  all: readonly CountedSession[],
  version: SealedPolicyVersion,
  asked: Asked,
): Overfilled[] {
  const ends = all
    .map(({ dateOfService }) => dateOfService)
    .filter((date) => isAskedAbout(date, asked) && inForce(asked.versions, date) === version);
  return ends.flatMap((end) =>
    version.parameters.sessionsPerRegion.flatMap((limit) => {
      const window = windowEndingOn(end, limit);
      const sessions = all.filter(({ dateOfService }) => isInside(dateOfService, window));
      return sessions.length > limit.sessions ? { window, sessions } : [];
    }),
  );
}

function rowOf({ window, sessions }: Overfilled, effective: readonly Decision[]) {
  const ids = new Set(sessions.flatMap(({ decisionIds }) => decisionIds));
  const decisions = effective.filter(({ id }) => ids.has(id));
  return {
    memberId: effective[0].memberId,
    region: sessions[0].region,
    dateOfService: window.ends,
    windowOpens: window.opens,
    months: window.months,
    limit: window.sessions,
    sessions: sessions.length,
    datesOfService: inOne(sessions.map(({ dateOfService }) => dateOfService)),
    decisionIds: inOne(ids),
    ...explainedBy(decisions),
  };
}
