import type {
  AnsweredCandidate,
  AnsweredDecision,
  AnsweredDeclaration,
  AnsweredError,
  AnsweredException,
  AnsweredFinding,
  AnsweredLine,
  AnsweredMember,
  AnsweredSession,
  AnsweredSubmission,
} from "./subject";
import type { Json, JsonObject } from "./vectorFile";

/* An answer in the form in which the vectors' README states expectations. */

/** The `$name` of a decision's id, or the id itself where the vector names no such decision. */
export type NameOf = (id: string) => string;

const SOURCES_FROM_THE_HIGHEST = ["FEDERAL", "STATE", "BENEFIT_PLAN", "PROVIDER_CONTRACT"];

const eachOnceSorted = (texts: string[]): string[] => [...new Set(texts)].sort();

/** Members without a value are left out, so that an expectation of them finds nothing. */
function withoutAbsent(members: Record<string, Json | undefined>): JsonObject {
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) present[name] = value;
  return present;
}

export function refusalForm(userErrors: AnsweredError[], nameOf: NameOf): JsonObject {
  const standing = userErrors.find((error) => typeof error.decisionId === "string")?.decisionId;
  return withoutAbsent({
    userErrors: [...new Set(userErrors.map((error) => error.code))],
    fields: eachOnceSorted(userErrors.map((error) => error.field.join("."))),
    decision: typeof standing === "string" ? nameOf(standing) : undefined,
  });
}

function sessionForms(sessions: AnsweredSession[], ...order: ("region" | "dateOfService")[]): Json[] {
  const keyOf = (session: AnsweredSession): string => order.map((name) => session[name]).join(" ");
  return [...sessions]
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .map(({ region, dateOfService }) => ({ region, dateOfService }));
}

function adverse(findings: AnsweredFinding[], ...ruleIds: string[]): AnsweredFinding | undefined {
  return findings.find(
    (finding) =>
      ruleIds.includes(finding.ruleId) &&
      (finding.outcome === "NOT_MET" || finding.outcome === "UNDETERMINED"),
  );
}

function lineForm(line: AnsweredLine, nameOf: NameOf): JsonObject {
  const { lineNumber, disposition, unitsAllowed, unitsDenied, findings } = line;
  const tooMany = adverse(findings, "ESI-FREQUENCY");
  const blocked = adverse(findings, "ESI-FREQUENCY", "ESI-REGION");
  const related = adverse(findings, "ESI-DUPLICATE", "ESI-REGION");
  return withoutAbsent({
    lineNumber,
    disposition,
    unitsAllowed,
    unitsDenied,
    findings: Object.fromEntries(findings.map((finding) => [finding.ruleId, finding.outcome])),
    adjustments: line.adjustments.map(({ group, carc, rarcs, units, ruleId }) => ({
      group,
      carc,
      rarcs,
      units,
      ruleId,
    })),
    nextEligibleDate: tooMany?.nextEligibleDate,
    window: tooMany?.window === null || tooMany === undefined ? tooMany?.window : { ...tooMany.window },
    blockingSessions:
      blocked === undefined ? undefined : sessionForms(blocked.blockingSessions, "dateOfService", "region"),
    relatedDecisions: related?.relatedDecisionIds.map(nameOf).sort(),
  });
}

function exceptionForms(considered: AnsweredException[]): Json[] {
  const rank = ({ exception }: AnsweredException): number =>
    SOURCES_FROM_THE_HIGHEST.indexOf(exception.source);
  const ordered = [...considered].sort((one, other) =>
    one.exception.parameter === other.exception.parameter
      ? rank(one) - rank(other)
      : one.exception.parameter < other.exception.parameter
        ? -1
        : 1,
  );
  return ordered.map(({ exception: { source, parameter, value }, applied }) => ({
    source,
    parameter,
    value,
    applied,
  }));
}

export function decisionForm(decision: AnsweredDecision, nameOf: NameOf): JsonObject {
  const { kind, disposition, memberSequence, supersedes, policyVersion } = decision;
  return withoutAbsent({
    kind,
    disposition,
    memberSequence,
    lines: decision.lines.map((line) => lineForm(line, nameOf)),
    reviewFlags: [...decision.reviewFlags].sort(),
    priorSessions: sessionForms(decision.priorSessions, "region", "dateOfService"),
    supersedes: supersedes === undefined || supersedes === null ? supersedes : nameOf(supersedes.id),
    decision: decision.id === undefined ? undefined : nameOf(decision.id),
    interpretations: decision.interpretations?.map((reading) => reading.id).sort(),
    policyVersion: policyVersion === null ? null : policyVersion.id,
    exceptions: decision.exceptionsConsidered && exceptionForms(decision.exceptionsConsidered),
  });
}

export function submissionForm(answer: AnsweredSubmission, nameOf: NameOf): JsonObject {
  const { decision, userErrors, replayed } = answer;
  if (decision === null) return refusalForm(userErrors, nameOf);
  const refusedBesides = userErrors.length > 0 ? refusalForm(userErrors, nameOf) : {};
  return { ...refusedBesides, ...decisionForm(decision, nameOf), replayed };
}

export function declarationForm(answer: AnsweredDeclaration, isEarlier: boolean): JsonObject {
  const { exception, userErrors } = answer;
  return exception === null ? refusalForm(userErrors, (id) => id) : { declared: true, again: isEarlier };
}

export function memberForm({ allowance, historyOnFileSince }: AnsweredMember): JsonObject {
  if (allowance === null) return { allowance: null, historyOnFileSince };
  const limits = allowance.limits.map(({ months, sessions, used, left, windowOpens, counted }) => ({
    months,
    sessions,
    used,
    left,
    windowOpens,
    counted: counted.map((session) => session.dateOfService),
  }));
  const { nextEligibleDate, policyVersion } = allowance;
  return { limits, nextEligibleDate, policyVersion: policyVersion.id, historyOnFileSince };
}

export function candidateForm(candidate: AnsweredCandidate, nameOf: NameOf): JsonObject {
  const { decision, wouldBe, direction, causedBy, wouldBeLines } = candidate;
  return {
    decision: nameOf(decision.id),
    wouldBe,
    direction,
    causedBy: nameOf(causedBy.id),
    wouldBeLines: wouldBeLines.map(({ lineNumber, disposition, unitsAllowed }) => ({
      lineNumber,
      disposition,
      unitsAllowed,
    })),
  };
}
