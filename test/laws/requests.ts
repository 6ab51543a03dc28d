import { ExceptionTerms } from "../../src/policy/exceptions";
import { ClaimLine, ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { ParameterName, parameterNames, parseParameter } from "../../src/policy/parameters";
import type {
  ClaimLineInput,
  ClaimSessionInput,
  HistoricalSessionInput,
  PolicyExceptionInput,
} from "../reference/contract";

/* What the core makes of inputs in the shape of the public contract. */

export function claimOf(input: ClaimSessionInput): ClaimSession {
  const {
    originalClaimNumber,
    originalDateOfService,
    renderingProviderNpi,
    benefitPlanId,
    providerContractId,
    ...rest
  } = input;
  return {
    ...rest,
    frequency: input.frequency ?? "ORIGINAL",
    dateOfService: plainDate(input.dateOfService),
    lines: input.lines.map(lineOf),
    ...given({ originalClaimNumber, renderingProviderNpi, benefitPlanId, providerContractId }),
    ...given({ originalDateOfService: originalDateOfService ? plainDate(originalDateOfService) : undefined }),
  };
}

export function historyOf({
  idempotencyKey: _,
  renderingProviderNpi,
  ...rest
}: HistoricalSessionInput): HistoricalSession {
  const dateOfService = plainDate(rest.dateOfService);
  return { ...rest, dateOfService, lines: rest.lines.map(lineOf), ...given({ renderingProviderNpi }) };
}

function lineOf({ modifiers = [], diagnosisCodes = [], chargeAmount, ...rest }: ClaimLineInput): ClaimLine {
  return { ...rest, modifiers, diagnosisCodes, ...given({ chargeAmount }) };
}

export function termsOf(input: PolicyExceptionInput): ExceptionTerms {
  const { source, key, effectiveFrom, effectiveTo, citation, citationUrl } = input;
  const parameter = parameterNamed(input.parameter);
  const value = parseParameter(parameter, input.value);
  if (value === undefined) throw new Error(`${input.value} is no value of ${parameter}`);
  return {
    ...{ source, parameter, value, citation },
    effectiveFrom: plainDate(effectiveFrom),
    ...given({ key, citationUrl, effectiveTo: effectiveTo ? plainDate(effectiveTo) : undefined }),
  };
}

function parameterNamed(text: string): ParameterName {
  const parameter = parameterNames.find((name) => name === text);
  if (!parameter) throw new Error(`${text} is no parameter`);
  return parameter;
}

export function byNumber<T extends { readonly lineNumber: number }>(lines: readonly T[]): T[] {
  return [...lines].sort((one, other) => one.lineNumber - other.lineNumber);
}

/** The members that have a value. */
export function given<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const present = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as { [Name in keyof T]?: NonNullable<T[Name]> };
}
