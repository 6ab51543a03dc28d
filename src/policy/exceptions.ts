import { Instant } from "../claim/instant";
import { PlainDate } from "../claim/plainDate";
import { ParameterName, Parameters } from "./parameters";

export const exceptionSources = ["FEDERAL", "STATE", "BENEFIT_PLAN", "PROVIDER_CONTRACT"] as const;
export type ExceptionSource = (typeof exceptionSources)[number];

/** What is declared of an exception: which parameter it sets, to what, for whom, when and on what ground. */
export interface ExceptionTerms {
  readonly source: ExceptionSource;
  /** State, benefit plan id or provider contract id; absent for FEDERAL. */
  readonly key?: string;
  readonly parameter: ParameterName;
  readonly value: Parameters[ParameterName];
  readonly effectiveFrom: PlainDate;
  /** The last day on which it holds; absent while no end is known. */
  readonly effectiveTo?: PlainDate;
  readonly citation: string;
  readonly citationUrl?: string;
}

/**
 * A law, plan or contract that sets one parameter of the policy otherwise, for dates of service in a period.
 */
export interface PolicyException extends ExceptionTerms {
  readonly id: string;
  readonly declaredAt: Instant;
  readonly declaredBy: string;
}

/** An exception that held for a claim, and whether its value was the one used. */
export interface ConsideredException {
  readonly exceptionId: string;
  readonly source: ExceptionSource;
  readonly parameter: ParameterName;
  readonly value: Parameters[ParameterName];
  readonly applied: boolean;
}

/** What an exception's key is compared with. */
export interface ExceptionScope {
  readonly stateOfService?: string;
  readonly benefitPlanId?: string;
  readonly providerContractId?: string;
}

/**
 * The exceptions that hold on the date in the scope, by parameter and then from the highest source down. Of
 * those that set one parameter the first applies. Reading I-13.
 */
export function exceptionsThatHold(
  declared: readonly PolicyException[],
  on: PlainDate,
  scope: ExceptionScope,
  precedence: readonly ExceptionSource[],
): ConsideredException[] {
  const rank = ({ source }: PolicyException) => precedence.indexOf(source);
  const holding = declared
    .filter(
      (exception) =>
        exception.effectiveFrom <= on && (exception.effectiveTo ?? on) >= on && matches(exception, scope),
    )
    .sort((one, other) =>
      one.parameter === other.parameter ? rank(one) - rank(other) : one.parameter < other.parameter ? -1 : 1,
    );
  return holding.map(({ id, source, parameter, value }, place) => {
    const applied = place === 0 || holding[place - 1].parameter !== parameter;
    return { exceptionId: id, source, parameter, value, applied };
  });
}

/** The policy's parameters with the values of the exceptions that apply in their place. */
export function parametersUnder(policy: Parameters, considered: readonly ConsideredException[]): Parameters {
  if (considered.length === 0) return policy;
  const set = considered.filter(({ applied }) => applied).map(({ parameter, value }) => [parameter, value]);
  return { ...policy, ...Object.fromEntries(set) };
}

function matches(exception: PolicyException, scope: ExceptionScope): boolean {
  if (exception.source === "FEDERAL") return true;
  if (exception.key === undefined) return false;
  switch (exception.source) {
    case "STATE":
      return exception.key === scope.stateOfService;
    case "BENEFIT_PLAN":
      return exception.key === scope.benefitPlanId;
    case "PROVIDER_CONTRACT":
      return exception.key === scope.providerContractId;
  }
}
