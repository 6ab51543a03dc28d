import { decide } from "../../src/adjudication/decide";
import { findingsOf, Found, interpretationsReliedOn } from "../../src/adjudication/findings";
import { judgePreview, Policy } from "../../src/adjudication/judge";
import { Refusal } from "../../src/adjudication/refusal";
import { Request } from "../../src/adjudication/request";
import { faultsAcrossClaim } from "../../src/claim/claimForm";
import { ClaimLine, ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Decision, DecisionKind, Outcome } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { PolicyVersion } from "../../src/policy/policyVersion";
import type { ClaimLineInput, ClaimSessionInput, HistoricalSessionInput } from "../reference/contract";
import type { Event } from "./events";

export const policy: Policy = { versions: molinaEsiVersions, exceptions: [] };

/** The pure core as one member's service: the stream grows by what is decided, and nothing else happens. */
export class CoreMember {
  readonly stream: Decision[] = [];

  constructor(private readonly now: string) {}

  answer(event: Event): Answer {
    if (event.kind === "preview") return this.preview(claimOf(event.session));
    if (event.kind === "claim") {
      const session = claimOf(event.session);
      const faults = faultsAcrossClaim(session);
      if (faults.length > 0) return { refused: ["INVALID_INPUT"] };
      return this.decide({
        kind: "claim",
        clientId: "client",
        idempotencyKey: event.idempotencyKey,
        session,
      });
    }
    const { idempotencyKey } = event.input;
    return this.decide({
      kind: "import",
      clientId: "client",
      idempotencyKey,
      session: historyOf(event.input),
    });
  }

  private decide(request: Request): Answer {
    const ruling = decide(request, this.stream, policy, { now: this.now, id: `#${this.stream.length + 1}` });
    if (ruling.kind === "refused") return refusedWith(ruling.refusal);
    if (ruling.kind === "decided") this.stream.push(ruling.decision);
    return { ...decisionForm(ruling.decision), replayed: ruling.kind === "replayed" };
  }

  private preview(session: ClaimSession): Answer {
    if (faultsAcrossClaim(session).length > 0) return { refused: ["INVALID_INPUT"] };
    const judged = judgePreview(session, this.stream, policy);
    if ("code" in judged) return refusedWith(judged);
    return outcomeForm({ ...judged.outcome, session, kind: judged.kind });
  }
}

/**
 * An answer in a form that two models can be compared by; decisions are named by their place in the stream.
 */
export type Answer = Readonly<Record<string, unknown>>;

function refusedWith({ code, field, decisionId }: Refusal): Answer {
  return {
    refused: [code],
    field: field.filter((name) => name !== "session").join("."),
    decision: decisionId ?? null,
  };
}

function decisionForm(decision: Decision): Answer {
  const { kind, memberSequence, supersedes } = decision;
  return { kind, memberSequence, supersedes: supersedes?.id ?? null, ...outcomeForm(decision) };
}

function outcomeForm(outcome: Outcome & Found & { kind: DecisionKind }): Answer {
  const version = policy.versions.find(({ id }) => id === outcome.policyVersionId);
  return {
    disposition: outcome.disposition,
    lines: byNumber(outcome.lines).map((line) => ({
      ...pick(line, "lineNumber", "disposition", "unitsAllowed", "unitsDenied"),
      adjustments: line.adjustments,
      findings: version ? findingForms(outcome, line, version) : [],
    })),
    reviewFlags: outcome.reviewFlags,
    priorSessions: outcome.priorSessions,
    policyVersion: version?.id ?? null,
    interpretations: version ? interpretationsReliedOn(outcome, version) : [],
  };
}

function findingForms(found: Found, line: Outcome["lines"][number], version: PolicyVersion): Answer[] {
  return findingsOf(found, line, version).map((finding) => ({
    ...pick(finding, "ruleId", "outcome", "blockingSessions", "nextEligibleDate"),
    relatedDecisionIds: [...finding.relatedDecisionIds].sort(),
    window: finding.window,
  }));
}

export function byNumber<T extends { readonly lineNumber: number }>(lines: readonly T[]): T[] {
  return [...lines].sort((one, other) => one.lineNumber - other.lineNumber);
}

export function pick<T extends object, Name extends keyof T>(from: T, ...names: Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, Name>;
}

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

function historyOf({
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

/** The members that have a value. */
function given<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const present = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as { [Name in keyof T]?: NonNullable<T[Name]> };
}
