import { isDateOfService } from "./calendar";
import type {
  ClaimLineInput,
  ClaimSessionInput,
  Decision,
  HistoricalSessionInput,
  PolicyExceptionInput,
  ReviewDecisionInput,
  SubmitClaimSessionInput,
} from "./contract";
import {
  PARAMETER_NAMES,
  isCharge,
  isDiagnosis,
  isFreeText,
  isIdempotencyKey,
  isIdentifier,
  isModifier,
  isNpi,
  isParameterValue,
  isPlaceOfService,
  isProcedureCode,
  isState,
} from "./grammar";

/** A member of the input: the names and list places that lead to it. */
export type Path = string[];
type Judgement = [isRight: boolean, ...path: Path];

const faultsOf = (judgements: Judgement[]): Path[] =>
  judgements.filter(([isRight]) => !isRight).map(([, ...path]) => path);

const absentOr = (value: string | null | undefined, isRight: (text: string) => boolean): boolean =>
  value === null || value === undefined || isRight(value);

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function lineFaults(lines: ClaimLineInput[], at: Path): Path[] {
  return lines.flatMap((line, place) => {
    const here = [...at, String(place)];
    const isRepeated = lines.slice(0, place).some((earlier) => earlier.lineNumber === line.lineNumber);
    const modifiers = line.modifiers ?? [];
    const diagnoses = line.diagnosisCodes ?? [];
    return faultsOf([
      [isWhole(line.lineNumber, 1, 999) && !isRepeated, ...here, "lineNumber"],
      [isProcedureCode(line.procedureCode), ...here, "procedureCode"],
      [modifiers.length <= 4 && modifiers.every(isModifier), ...here, "modifiers"],
      [isWhole(line.units, 1, 999), ...here, "units"],
      [diagnoses.length <= 12 && diagnoses.every(isDiagnosis), ...here, "diagnosisCodes"],
      [absentOr(line.chargeAmount, isCharge), ...here, "chargeAmount"],
    ]);
  });
}

function isRenderingRight(claim: { claimType: string; renderingProviderNpi?: string | null }): boolean {
  const isGiven = claim.renderingProviderNpi !== null && claim.renderingProviderNpi !== undefined;
  return isGiven || claim.claimType === "FACILITY" ? absentOr(claim.renderingProviderNpi, isNpi) : false;
}

/** Faults of a claim session whose place in the input is `at`. */
export function sessionFaults(session: ClaimSessionInput, at: Path): Path[] {
  const isVoid = session.frequency === "VOID";
  const isOwnOriginal = isVoid && session.claimNumber === session.originalClaimNumber;
  const movesDate =
    isVoid &&
    isDateOfService(session.dateOfService) &&
    !absentOr(session.originalDateOfService, (date) => date === session.dateOfService);
  const isOriginalDateRight = absentOr(session.originalDateOfService, isDateOfService) && !movesDate;
  const count = session.lines.length;
  return [
    ...faultsOf([
      [isIdentifier(session.memberId), ...at, "memberId"],
      [isIdentifier(session.claimNumber) && !isOwnOriginal, ...at, "claimNumber"],
      [absentOr(session.originalClaimNumber, isIdentifier), ...at, "originalClaimNumber"],
      [isOriginalDateRight, ...at, "originalDateOfService"],
      [isDateOfService(session.dateOfService), ...at, "dateOfService"],
      [isState(session.stateOfService), ...at, "stateOfService"],
      [isPlaceOfService(session.placeOfService), ...at, "placeOfService"],
      [isNpi(session.billingProviderNpi), ...at, "billingProviderNpi"],
      [isRenderingRight(session), ...at, "renderingProviderNpi"],
      [absentOr(session.benefitPlanId, isIdentifier), ...at, "benefitPlanId"],
      [absentOr(session.providerContractId, isIdentifier), ...at, "providerContractId"],
      [isVoid ? count === 0 : isWhole(count, 1, 50), ...at, "lines"],
    ]),
    ...lineFaults(session.lines, [...at, "lines"]),
  ];
}

export function submissionFaults(input: SubmitClaimSessionInput): Path[] {
  return [
    ...faultsOf([[isIdempotencyKey(input.idempotencyKey), "idempotencyKey"]]),
    ...sessionFaults(input.session, ["session"]),
  ];
}

export function importFaults(input: HistoricalSessionInput): Path[] {
  return [
    ...faultsOf([
      [isIdempotencyKey(input.idempotencyKey), "idempotencyKey"],
      [isIdentifier(input.memberId), "memberId"],
      [isIdentifier(input.claimNumber), "claimNumber"],
      [isDateOfService(input.dateOfService), "dateOfService"],
      [isNpi(input.billingProviderNpi), "billingProviderNpi"],
      [isRenderingRight(input), "renderingProviderNpi"],
      [isFreeText(input.sourceSystem, 500), "sourceSystem"],
      [isWhole(input.lines.length, 1, 50), "lines"],
    ]),
    ...lineFaults(input.lines, ["lines"]),
  ];
}

/** Faults of a review but for its lines, which cannot be judged before the decision is found. */
export function reviewFaults(input: ReviewDecisionInput): Path[] {
  return faultsOf([
    [isIdempotencyKey(input.idempotencyKey), "idempotencyKey"],
    [isIdentifier(input.memberId), "memberId"],
    [isFreeText(input.reason, 2000), "reason"],
    [isFreeText(input.documentReference, 500), "documentReference"],
  ]);
}

/** Faults of a review's lines, which name governed lines of the decision and stay within the units billed. */
export function reviewLineFaults(input: ReviewDecisionInput, reviewed: Decision): Path[] {
  if (input.lines.length === 0) return [["lines"]];
  return input.lines.flatMap(({ lineNumber, unitsAllowed }, place) => {
    const here = ["lines", String(place)];
    const named = reviewed.lines.find(
      (line) => line.lineNumber === lineNumber && line.disposition !== "NOT_GOVERNED",
    );
    const isRepeated = input.lines.slice(0, place).some((earlier) => earlier.lineNumber === lineNumber);
    return faultsOf([
      [named !== undefined && !isRepeated, ...here, "lineNumber"],
      [isWhole(unitsAllowed, 0, named?.units ?? Infinity), ...here, "unitsAllowed"],
    ]);
  });
}

function isExceptionKeyRight(input: PolicyExceptionInput): boolean {
  if (input.source === "FEDERAL") return input.key === null || input.key === undefined;
  const isRight = input.source === "STATE" ? isState : isIdentifier;
  return typeof input.key === "string" && isRight(input.key);
}

export function exceptionFaults(input: PolicyExceptionInput): Path[] {
  const isParameter = PARAMETER_NAMES.includes(input.parameter);
  const isOrdered =
    !isDateOfService(input.effectiveFrom) ||
    absentOr(input.effectiveTo, (last) => last >= input.effectiveFrom);
  return faultsOf([
    [isExceptionKeyRight(input), "key"],
    [isParameter, "parameter"],
    [!isParameter || isParameterValue(input.parameter, input.value), "value"],
    [isDateOfService(input.effectiveFrom), "effectiveFrom"],
    [absentOr(input.effectiveTo, isDateOfService) && isOrdered, "effectiveTo"],
    [isFreeText(input.citation, 500), "citation"],
    [absentOr(input.citationUrl, (url) => isFreeText(url, 500)), "citationUrl"],
  ]);
}
