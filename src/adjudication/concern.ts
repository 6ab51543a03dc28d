import { monthsBefore } from "../claim/plainDate";
import { regionsAllowed } from "../member/countedSessions";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { parametersUnder } from "../policy/exceptions";
import { SealedPolicyVersion } from "../policy/policyVersion";

/** The version under whose rules an adjudication was made. */
export function versionOfAdjudication(
  { policyVersionId }: Decision,
  versions: readonly SealedPolicyVersion[],
): SealedPolicyVersion {
  const version = versions.find(({ id }) => id === policyVersionId);
  if (!version) throw new Error(`an adjudication names ${policyVersionId}, which is not known here`);
  return version;
}

/** A decision that joins a stream, and the one that leaves the file with it. */
export function joining(next: Decision, stream: MemberStream): Decision[] {
  const superseded = next.supersedes && stream[next.supersedes.memberSequence - 1];
  return superseded ? [next, superseded] : [next];
}

/**
 * Whether decisions that join or leave the file can change what an adjudication would now be. Its rules look
 * at what is on file on its own day, and at the sessions of its regions that can share a window with it.
 */
export function mayConcern(
  decision: Decision,
  others: readonly Decision[],
  versions: readonly SealedPolicyVersion[],
): boolean {
  return others.some(
    (other) =>
      other.session.dateOfService === decision.session.dateOfService ||
      countsWithin(other, decision, versions),
  );
}

function countsWithin(
  other: Decision,
  decision: Decision,
  versions: readonly SealedPolicyVersion[],
): boolean {
  const version = versionOfAdjudication(decision, versions);
  const regions = regionsAllowed(other.lines, version.procedures);
  if (!decision.lines.some(({ region }) => region && regions.has(region))) return false;
  const { sessionsPerRegion } = parametersUnder(version.parameters, decision.exceptionsConsidered);
  const longest = Math.max(...sessionsPerRegion.map(({ months }) => months));
  const dates = [other.session.dateOfService, decision.session.dateOfService];
  const [earlier, later] = dates[0] < dates[1] ? dates : [dates[1], dates[0]];
  return monthsBefore(later, longest) < earlier;
}
