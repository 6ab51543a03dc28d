import { Replayed, replay, Supposition } from "../adjudication/replay";
import { Decision } from "../member/decision";
import { inForce } from "../policy/dated";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { readStoredStream } from "../store/decisions";
import { answering } from "./answering";
import { currentRegister } from "./exceptions";
import { DecisionPurged } from "./decisionPurged";
import { decisionsById } from "./reading";
import { Service } from "./service";

/** A stored decision decided again, and the version that it was judged under. */
export interface ReplayedDecision extends Replayed {
  readonly decision: Decision;
  readonly policyVersion: SealedPolicyVersion;
}

/**
 * Replays a decision from the stream as it was then; undefined where there is none of that id. Throws
 * `DecisionPurged` where it was erased.
 */
export async function replayDecision(
  id: string,
  supposition: Supposition,
  service: Service,
): Promise<ReplayedDecision | undefined> {
  const [found] = await decisionsById([id], service);
  if (!found) return undefined;
  if (found instanceof DecisionPurged) throw found;
  const { memberId, memberSequence } = found;
  const stored = await answering(readStoredStream(service.database, memberId, memberSequence));
  // Erased since it was found: its place is empty, or a new stream has come to it.
  if (stored.at(memberSequence - 1)?.decision.id !== found.id) throw new DecisionPurged();
  const { register } = await currentRegister(service);
  const { policyVersions: versions } = service;
  const before = stored.slice(0, -1).map(({ decision }) => decision);
  const replayed = replay(stored[memberSequence - 1], { before, versions, register }, supposition);
  const policyVersion = supposition.version ?? versionFor(found, service);
  return { ...replayed, decision: found, policyVersion };
}

/** Of a decision on which no rule was run, the version that said which of its lines are governed. */
function versionFor(
  { policyVersionId, governingVersionId, session }: Decision,
  { policyVersions }: Service,
): SealedPolicyVersion {
  const named = policyVersions.find(({ id }) => id === (policyVersionId ?? governingVersionId));
  const first = policyVersions[policyVersions.length - 1];
  return named ?? inForce(policyVersions, session.dateOfService) ?? first;
}
