import type {
  ClaimSessionInput,
  Decision,
  HistoricalSessionInput,
  LineDecision,
  PolicyException,
  PolicyParameters,
  PolicyVersionTerms,
  ReviewDecisionInput,
} from "./contract";
import { evaluate, lineDisposition, rolledUp, ungovernedLine } from "./evaluate";
import { linesOnFile } from "./onFile";
import { consideredExceptions, parametersUnder } from "./policy";
import { governedProcedure } from "./procedures";
import { originalOf } from "./refusals";
import { claimSaid, decidedSession, importedSession, lineSaid } from "./requests";

/** What a decision says before the stream gives it its id, number and instant. */
export type Undated = Omit<Decision, "id" | "memberSequence" | "decidedAt">;

const NOTHING_RULED = {
  reviewFlags: [],
  policyVersion: null,
  exceptionsConsidered: [],
  interpretations: [],
  priorSessions: [],
  review: null,
};

/** The version of the policy that judges a claim, and the exceptions declared by then. */
export interface PolicyInForce {
  version: PolicyVersionTerms;
  declared: PolicyException[];
}

/** A void, or the adjudication under a version of the policy, with the parameters that it was made under. */
export function claimDecision(
  session: ClaimSessionInput,
  stream: Decision[],
  policy: PolicyInForce,
  isPreview: boolean,
): { undated: Undated; parameters: PolicyParameters } {
  const original = originalOf(session, stream);
  const considered = consideredExceptions(policy.declared, session.dateOfService, session);
  const parameters = parametersUnder(policy.version, considered);
  const { memberId, claimNumber, dateOfService } = session;
  const isLeftOut = (decision: Decision): boolean =>
    decision.id === original?.id ||
    (isPreview && decision.claimNumber === claimNumber && decision.dateOfService === dateOfService);
  const evaluation = evaluate(claimSaid(session), linesOnFile(stream, isLeftOut), parameters);
  const undated: Undated = {
    kind: "ADJUDICATION",
    memberId,
    claimNumber,
    dateOfService,
    session: decidedSession(session),
    ...evaluation,
    policyVersion: { id: policy.version.id },
    exceptionsConsidered: considered,
    review: null,
    supersedes: original === null ? null : { id: original.id },
  };
  return { undated, parameters };
}

export function voidDecision(session: ClaimSessionInput, stream: Decision[]): Undated {
  const original = originalOf(session, stream);
  const { memberId, claimNumber, dateOfService } = session;
  return {
    kind: "VOID",
    disposition: "VOIDED",
    memberId,
    claimNumber,
    dateOfService,
    lines: [],
    session: decidedSession(session),
    supersedes: original === null ? null : { id: original.id },
    ...NOTHING_RULED,
  };
}

export function importDecision(input: HistoricalSessionInput): Undated {
  const inOrder = [...input.lines].sort((one, other) => one.lineNumber - other.lineNumber).map(lineSaid);
  const lines = inOrder.map((line): LineDecision => {
    const procedure = governedProcedure(line.procedureCode);
    if (procedure === null) return ungovernedLine(line);
    const { region, approach } = procedure;
    return { ...ungovernedLine(line), region, approach, disposition: "ALLOWED", unitsAllowed: line.units };
  });
  const { memberId, claimNumber, dateOfService } = input;
  return {
    kind: "IMPORT",
    disposition: rolledUp(lines),
    memberId,
    claimNumber,
    dateOfService,
    session: importedSession(input),
    lines,
    supersedes: null,
    ...NOTHING_RULED,
  };
}

export function reviewDecision(input: ReviewDecisionInput, reviewed: Decision, reviewer: string): Undated {
  const lines = reviewed.lines.map((line): LineDecision => {
    const named = input.lines.find((other) => other.lineNumber === line.lineNumber);
    if (named === undefined) return line;
    const { unitsAllowed } = named;
    return {
      ...line,
      unitsAllowed,
      unitsDenied: line.units - unitsAllowed,
      disposition: lineDisposition(line.units, unitsAllowed),
      adjustments: [],
      findings: [],
    };
  });
  const { memberId, claimNumber, dateOfService, session } = reviewed;
  const { reason, documentReference } = input;
  return {
    ...NOTHING_RULED,
    kind: "REVIEW",
    disposition: rolledUp(lines),
    memberId,
    claimNumber,
    dateOfService,
    session,
    lines,
    supersedes: { id: reviewed.id },
    review: { reviewer, reason, documentReference },
  };
}
