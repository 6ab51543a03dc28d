import { spinalRegions } from "../../src/claim/claimSession";
import { countedSessions, datesOf } from "../../src/member/countedSessions";
import { Decision } from "../../src/member/decision";
import { effectiveDecisions, MemberStream } from "../../src/member/stream";
import { isInside, SessionLimit, windowEndingOn } from "../../src/policy/frequency";
import { SealedPolicyVersion } from "../../src/policy/policyVersion";
import { CountedSession } from "../../src/policy/rule";
import { expectSame, law, missing, reached, tell } from "./tell";

/** By region and date, the decision with which the day became the session that it has been since. */
type Origins = ReadonlyMap<string, Decision>;

/** A window that holds more sessions than a limit allows. */
interface Overfilled {
  readonly sessions: readonly CountedSession[];
  readonly version: SealedPolicyVersion;
}

const nameOf = ({ region, dateOfService }: CountedSession) => `${region} ${dateOfService}`;

function sessionsOf(stream: MemberStream, { procedures }: SealedPolicyVersion): CountedSession[] {
  const counted = countedSessions(effectiveDecisions(stream), procedures);
  return spinalRegions.flatMap((region) => counted[region]);
}

function originsAfter(stream: MemberStream, origins: Origins, version: SealedPolicyVersion): Origins {
  const last = stream[stream.length - 1];
  return new Map(
    sessionsOf(stream, version).map((session) => [nameOf(session), origins.get(nameOf(session)) ?? last]),
  );
}

/** Every window that ends on a session and is too full by the version's own limits. */
function overfilledWindows(stream: MemberStream, version: SealedPolicyVersion): Overfilled[] {
  const all = sessionsOf(stream, version);
  return spinalRegions.flatMap((region) => {
    const sessions = all.filter((session) => session.region === region);
    return version.parameters.sessionsPerRegion.flatMap((limit) =>
      datesOf(sessions).flatMap((ends) =>
        overfilledBy(sessions, windowEndingOn(ends, limit), limit, version),
      ),
    );
  });
}

function overfilledBy(
  all: readonly CountedSession[],
  window: ReturnType<typeof windowEndingOn>,
  limit: SessionLimit,
  version: SealedPolicyVersion,
): Overfilled[] {
  const sessions = all.filter(({ dateOfService }) => isInside(dateOfService, window));
  return sessions.length > limit.sessions ? [{ sessions, version }] : [];
}

/** Why a session was not held to the limits of a version; undefined where it was. */
function exemption(origin: Decision, { id }: SealedPolicyVersion): string | undefined {
  if (origin.kind !== "ADJUDICATION") return origin.kind;
  if (origin.policyVersionId !== id) return "another version";
  const isExcepted = origin.exceptionsConsidered.some(
    ({ applied, parameter }) => applied && parameter === "sessionsPerRegion",
  );
  return isExcepted ? "exception" : undefined;
}

test("no window is over its limit but by an import, a review, an exception or another version", () => {
  law(4_000, (history) => {
    let origins: Origins = new Map();
    tell(history, ({ stream, versions }, reply) => {
      if (reply.kind !== "decided") return;
      origins = originsAfter(stream, origins, versions[0]);
      for (const version of versions) {
        for (const { sessions } of overfilledWindows(stream, version))
          expectSame(`${sessions.some((session) => exemptionOf(session, origins, version))}`, "true");
      }
    });
  });
});

function exemptionOf(session: CountedSession, origins: Origins, version: SealedPolicyVersion) {
  const origin = origins.get(nameOf(session));
  return origin && exemption(origin, version);
}

test("the histories of this law overfill windows by each of these", () => {
  const counts = reached(1_000, (history, see) => {
    let origins: Origins = new Map();
    tell(history, ({ stream, versions }, reply) => {
      if (reply.kind !== "decided") return;
      origins = originsAfter(stream, origins, versions[0]);
      for (const version of versions) {
        for (const { sessions } of overfilledWindows(stream, version)) {
          const causes = new Set(sessions.flatMap((session) => exemptionOf(session, origins, version) ?? []));
          see([...causes].sort().join(", "));
        }
      }
    });
  });
  expect(missing(counts, ["IMPORT", "REVIEW", "another version", "exception"])).toEqual([]);
});
