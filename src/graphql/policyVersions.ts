import { Service } from "../cases/service";
import { Outcome } from "../member/decision";
import { StandingException } from "../policy/exceptionRegister";
import { ConsideredException } from "../policy/exceptions";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { ConsideredExceptionType } from "./types/exception";

/** The version whose rules were run; undefined where none were. */
export function versionOf(
  { policyVersionId }: Pick<Outcome, "policyVersionId">,
  { policyVersions }: Pick<Service, "policyVersions">,
): SealedPolicyVersion | undefined {
  if (!policyVersionId) return undefined;
  const version = policyVersions.find(({ id }) => id === policyVersionId);
  if (!version)
    throw new Error(`policy version ${policyVersionId} is named by a decision and not known here`);
  return version;
}

/** The exceptions that a decision names, each as it stood among those that were known then. */
export function showConsidered(
  considered: readonly ConsideredException[],
  known: readonly StandingException[],
): ConsideredExceptionType[] {
  return considered.map(({ exceptionId, applied }) => {
    const exception = known.find(({ id }) => id === exceptionId);
    if (!exception) throw new Error(`exception ${exceptionId} is named by a decision and not known here`);
    return { exception, applied };
  });
}
