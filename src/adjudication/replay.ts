import { canonicalText } from "../claim/canonicalText";
import { firstDateOfService } from "../claim/plainDate";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { ExceptionRegister, standingAfter } from "../policy/exceptionRegister";
import { PolicyVersions, SealedPolicyVersion } from "../policy/policyVersion";
import { decide } from "./decide";
import { Difference, differencesOf } from "./differences";
import { engineVersion, reproducedEngines } from "./engineVersion";
import { requestOf } from "./request";

/** A decision as it is stored: what it says, and the text of its record as hashed. */
export interface StoredDecision {
  readonly decision: Decision;
  readonly record: string;
}

/** What a decision rests on beside its request: the member's decisions before it, and the policy. */
export interface Premises {
  readonly before: MemberStream;
  readonly versions: PolicyVersions;
  readonly register: ExceptionRegister;
}

/** What a replay is to suppose instead of what was the case. */
export interface Supposition {
  /** Judge as if this version had been in force. */
  readonly version?: SealedPolicyVersion;
  /** Let every exception of the register hold, also those declared or ended later. */
  readonly exceptionsOfToday?: boolean;
}

export interface Replayed {
  /** Whether the outcome is the same; without a supposition, whether the record is, byte for byte. */
  readonly identical: boolean;
  readonly differences: readonly Difference[];
}

/** Decides the request of a stored decision again, on the stream and the policy as they were then. */
export function replay(
  { decision, record }: StoredDecision,
  premises: Premises,
  supposition: Supposition = {},
): Replayed {
  if (!reproducedEngines.includes(decision.engineVersion)) return notReproduced(decision);
  const ruling = decide(requestOf(decision), premises.before, policyFor(decision, premises, supposition), {
    now: decision.decidedAt,
    id: decision.id,
  });
  if (ruling.kind === "refused") {
    const codes = ruling.refusals.map(({ code }) => code);
    return { identical: false, differences: [{ path: "", recorded: "decided", replayed: codes }] };
  }
  const again = { ...ruling.decision, engineVersion: decision.engineVersion };
  const isSupposed = supposition.version !== undefined || supposition.exceptionsOfToday === true;
  return isSupposed ? compareOutcomes(decision, again) : compareRecords(record, again);
}

function policyFor(
  { exceptionSequence = 0, policyVersionId, governingVersionId }: Decision,
  { versions, register }: Premises,
  { version, exceptionsOfToday = false }: Supposition,
) {
  const entries = exceptionsOfToday ? register.length : Math.min(exceptionSequence, register.length);
  // A version that came later but begins earlier changes nothing about what was decided before it.
  const judging = version ?? versions.find(({ id }) => id === (policyVersionId ?? governingVersionId));
  const supposed = judging && ([{ ...judging, effectiveFrom: firstDateOfService }] as const);
  return {
    versions: supposed ?? versions,
    exceptions: standingAfter(register, entries),
    exceptionSequence: entries,
  };
}

function notReproduced(decision: Decision): Replayed {
  return {
    identical: false,
    differences: [{ path: "engineVersion", recorded: decision.engineVersion, replayed: engineVersion }],
  };
}

function compareRecords(record: string, again: Decision): Replayed {
  const text = canonicalText(again);
  if (text === record) return { identical: true, differences: [] };
  const differences = differencesOf(JSON.parse(record), JSON.parse(text));
  // The same values in other bytes: the stored text is not the canonical one.
  const inBytes = { path: "", recorded: "another text of the same values", replayed: "canonical text" };
  return { identical: false, differences: differences.length > 0 ? differences : [inBytes] };
}

/** Apart from what was supposed: the name of the version, and how many exceptions were known. */
function compareOutcomes(decision: Decision, again: Decision): Replayed {
  const [recorded, replayed] = [decision, again].map(
    ({ policyVersionId, governingVersionId, exceptionSequence, ...rest }) => JSON.parse(canonicalText(rest)),
  );
  const differences = differencesOf(recorded, replayed);
  return { identical: differences.length === 0, differences };
}
