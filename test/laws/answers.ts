import { findingsOf, Found, interpretationsReliedOn } from "../../src/adjudication/findings";
import { readjudicationCandidates } from "../../src/adjudication/readjudication";
import { Refused } from "../../src/adjudication/refusal";
import { allowanceOf } from "../../src/member/allowance";
import { countedSessions } from "../../src/member/countedSessions";
import { Decision, DecisionKind, LineDecision, Outcome } from "../../src/member/decision";
import { asKnownAt, effectiveDecisions, historyOnFileSince, MemberStream } from "../../src/member/stream";
import { plainDate } from "../../src/claim/plainDate";
import { inForce } from "../../src/policy/dated";
import { registerKnownAt, StandingException, standingExceptions } from "../../src/policy/exceptionRegister";
import { exceptionSources, exceptionsThatHold, parametersUnder } from "../../src/policy/exceptions";
import { PolicyVersion } from "../../src/policy/policyVersion";
import type { AllowanceArguments } from "../reference/contract";
import { CoreMember, Reply } from "./coreMember";
import { byNumber, given } from "./requests";

/**
 * An answer in a form that two models can be compared by; decisions are named by their place in the stream,
 * exceptions by their place among those declared.
 */
export type Answer = Readonly<Record<string, unknown>>;

/** What the core says to an event. */
export function answerOf(reply: Reply, { stream, register, versions }: CoreMember): Answer {
  switch (reply.kind) {
    case "refused":
      return refusalForm(reply);
    case "previewed":
      return outcomeForm({ ...reply.judged.outcome, ...reply.judged }, stream, versions);
    case "decided":
    case "replayed":
      return { ...decisionForm(reply.decision, stream, versions), replayed: reply.kind === "replayed" };
    case "known":
      return exceptionForm(reply.exception);
    case "entered": {
      const { entry } = reply;
      const id = entry.kind === "ENDING" ? entry.exceptionId : entry.id;
      const exception = standingExceptions(register).find((one) => one.id === id);
      if (!exception) throw new Error(`${id} was entered and is not in the register`);
      return exceptionForm(exception);
    }
  }
}

/** What is known about the member, now or at an instant. */
export function knownOf(member: CoreMember, asked: AllowanceArguments, at?: string): Answer {
  const stream = at === undefined ? member.stream : asKnownAt(member.stream, at);
  const register = at === undefined ? member.register : registerKnownAt(member.register, at);
  const effective = effectiveDecisions(stream);
  const sessions = countedSessions(effective, member.versions[0].procedures);
  return {
    effective: effective.map(({ memberSequence }) => memberSequence),
    historyOnFileSince: historyOnFileSince(stream),
    sessions: [...sessions.CERVICAL_THORACIC, ...sessions.LUMBAR_SACRAL],
    allowance: allowanceForm(stream, standingExceptions(register), member, asked),
    workList: readjudicationCandidates(stream, member.versions).map(
      ({ decision, wouldBe, direction, causedBy }) => ({
        decision: decision.memberSequence,
        causedBy: causedBy.memberSequence,
        direction,
        wouldBe: wouldBe.disposition,
        lines: lineForms({ ...decision, ...wouldBe }, stream, member.versions),
      }),
    ),
  };
}

function allowanceForm(
  stream: MemberStream,
  exceptions: readonly StandingException[],
  { versions }: CoreMember,
  { region, on: date, ...keys }: AllowanceArguments,
): Answer | null {
  const on = plainDate(date);
  const version = inForce(versions, on);
  if (!version) return null;
  const held = exceptionsThatHold(exceptions, on, given(keys), exceptionSources);
  const { sessionsPerRegion } = parametersUnder(version.parameters, held);
  const allowance = allowanceOf(stream, region, on, sessionsPerRegion, version.procedures);
  return { ...allowance, policyVersion: { id: version.id } };
}

export function refusalForm({ refusals }: Refused): Answer {
  const fields = refusals.map(({ field }) => field.filter((name) => name !== "session").join("."));
  return {
    refused: [...new Set(refusals.map(({ code }) => code))],
    fields: [...new Set(fields)].sort(),
    decision: refusals.find(({ decisionId }) => decisionId)?.decisionId ?? null,
  };
}

function exceptionForm(exception: StandingException): Answer {
  const { id, source, key = null, parameter, value, effectiveFrom, effectiveTo = null } = exception;
  const { declaredAt, declaredBy, citation } = exception;
  return { id, source, key, parameter, value, effectiveFrom, effectiveTo, citation, declaredAt, declaredBy };
}

type Decided = Outcome & Found & { readonly kind: DecisionKind };
type Versions = readonly PolicyVersion[];

function decisionForm(decision: Decision, stream: MemberStream, versions: Versions): Answer {
  const { kind, memberSequence, decidedAt, session, supersedes, review } = decision;
  const { reviewer, reason, documentReference } = review ?? {};
  return {
    ...{ kind, memberSequence, decidedAt },
    ...pick(session, "claimNumber", "dateOfService", "claimType", "frequency"),
    supersedes: supersedes?.id ?? null,
    review: review ? { reviewer, reason, documentReference } : null,
    ...outcomeForm(decision, stream, versions),
  };
}

function outcomeForm(decided: Decided | Decision, stream: MemberStream, versions: Versions): Answer {
  const version = versions.find(({ id }) => id === decided.policyVersionId);
  return {
    disposition: decided.disposition,
    lines: lineForms(decided, stream, versions),
    reviewFlags: decided.reviewFlags,
    priorSessions: decided.priorSessions,
    policyVersion: version?.id ?? null,
    exceptions: decided.exceptionsConsidered.map(
      ({ exceptionId, source, parameter, value, applied }) =>
        `${exceptionId} ${source} ${parameter} ${JSON.stringify(value)} ${applied}`,
    ),
    interpretations: version ? interpretationsReliedOn(decided, version) : [],
  };
}

/** What a review leaves as it was, it leaves with the findings of the decision at the start of its chain. */
function lineForms(decided: Decided | Decision, stream: MemberStream, versions: Versions): Answer[] {
  let found = decided;
  while ("supersedes" in found && found.kind === "REVIEW" && found.supersedes)
    found = stream[found.supersedes.memberSequence - 1];
  const version = versions.find(({ id }) => id === found.policyVersionId);
  return byNumber(decided.lines).map((line) => ({
    ...pick(line, "lineNumber", "disposition", "unitsAllowed", "unitsDenied"),
    adjustments: line.adjustments,
    findings: version ? findingForms(found, line, version) : [],
  }));
}

function findingForms(found: Found, line: LineDecision, version: PolicyVersion): Answer[] {
  return findingsOf(found, line, version).map((finding) => ({
    ...pick(finding, "ruleId", "outcome", "blockingSessions", "nextEligibleDate"),
    relatedDecisionIds: [...finding.relatedDecisionIds].sort(),
    window: finding.window,
  }));
}

export function pick<T extends object, Name extends keyof T>(from: T, ...names: Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, Name>;
}
