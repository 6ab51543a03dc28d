import { SpinalRegion } from "../claim/claimSession";
import { monthsBefore } from "../claim/plainDate";
import { regionsAllowed } from "../member/countedSessions";
import { Decision } from "../member/decision";
import { OnFile, without } from "../member/onFile";
import { MemberStream } from "../member/stream";
import { parametersUnder } from "../policy/exceptions";
import { overfilledWindow } from "../policy/frequency";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { WorkListView } from "./workListView";

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

/** A decision has joined the stream: what joined or left the file with it, and the file before and after. */
export interface Step {
  readonly others: readonly Decision[];
  readonly before: WorkListView;
  readonly after: WorkListView;
}

/**
 * Whether a step can have changed what an adjudication would now be. Its rules look at what is on file on its
 * own day, and at whether one more session on it is within the limits; of all else they see nothing.
 */
export function mayDifferAfter(
  decision: Decision,
  { others, before, after }: Step,
  versions: readonly SealedPolicyVersion[],
): boolean {
  const { dateOfService } = decision.session;
  if (others.some(({ session }) => session.dateOfService === dateOfService)) return true;
  return mayConcern(decision, others, versions) && frequencyChanged(decision, before, after, versions);
}

/** Whether decisions that join or leave the file are of the day, or are sessions that can share a window. */
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

/**
 * Whether the frequency of a region that the decision bills would now be judged otherwise, on the file or on
 * the file without later overrides.
 */
function frequencyChanged(
  decision: Decision,
  before: WorkListView,
  after: WorkListView,
  versions: readonly SealedPolicyVersion[],
): boolean {
  const version = versionOfAdjudication(decision, versions);
  const withoutOverrides = [before, after].map((view) => view.withoutOverridesAfter(decision.memberSequence));
  return (
    verdictsDiffer(decision, before.onFile, after.onFile, version) ||
    ((withoutOverrides[0] !== before.onFile || withoutOverrides[1] !== after.onFile) &&
      verdictsDiffer(decision, withoutOverrides[0], withoutOverrides[1], version))
  );
}

function verdictsDiffer(
  decision: Decision,
  before: OnFile,
  after: OnFile,
  version: SealedPolicyVersion,
): boolean {
  const regions = new Set(decision.lines.flatMap(({ region }) => region ?? []));
  return [...regions].some(
    (region) =>
      isOverLimit(decision, region, before, version) !== isOverLimit(decision, region, after, version),
  );
}

function isOverLimit(
  decision: Decision,
  region: SpinalRegion,
  file: OnFile,
  version: SealedPolicyVersion,
): boolean {
  const { sessionsPerRegion } = parametersUnder(version.parameters, decision.exceptionsConsidered);
  const dates = without(file, decision).sessionDates(region, version.procedures);
  return overfilledWindow(dates, decision.session.dateOfService, sessionsPerRegion) !== undefined;
}
