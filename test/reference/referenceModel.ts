import type {
  Allowance,
  AllowanceArguments,
  ClaimSessionInput,
  Decision,
  DecisionPreview,
  ExceptionPayload,
  HistoricalSessionInput,
  PolicyExceptionInput,
  PolicyParameters,
  PolicyVersionTerms,
  PriorSession,
  ReadjudicationCandidate,
  ReviewDecisionInput,
  SubmissionPayload,
  SubmitClaimSessionInput,
  UserError,
} from "./contract";
import { claimDecision, importDecision, reviewDecision, voidDecision } from "./deciding";
import type { Undated } from "./deciding";
import { ExceptionsDeclared } from "./exceptionsDeclared";
import type { ExceptionEndingInput } from "./exceptionsDeclared";
import { importFaults, reviewFaults, reviewLineFaults, sessionFaults, submissionFaults } from "./form";
import { MOLINA_ESI_2021, versionInForce } from "./policy";
import { allowance, historyOnFileSince, sessionsOnFile } from "./reading";
import { answerToKey, decided, nextDecision, refused, streamOf } from "./recorded";
import type { KeyUse, Recorded } from "./recorded";
import {
  alreadyDecidedRefusal,
  futureRefusal,
  invalid,
  originalRefusal,
  policyRefusal,
  refusal,
  reviewedRefusal,
} from "./refusals";
import { claimRequest, importRequest, reviewRequest } from "./requests";
import { readjudicationCandidates } from "./workList";

const MOST_IN_A_BATCH = 100;

/** Paths of a preview's faults start inside its session, which is the submitted input of a preview. */
const PREVIEW_PATHS_START_AT: string[] = [];

function inBatch<Input>(inputs: Input[], decide: (input: Input) => SubmissionPayload): SubmissionPayload[] {
  if (inputs.length > MOST_IN_A_BATCH) throw new Error(`a batch holds at most ${MOST_IN_A_BATCH}`);
  return inputs.map(decide);
}

function refusedPreview(userErrors: UserError[]): DecisionPreview {
  return {
    disposition: null,
    lines: [],
    reviewFlags: [],
    policyVersion: null,
    priorSessions: [],
    userErrors,
    exceptionsConsidered: [],
    interpretations: [],
  };
}

/** The whole specification as a model: slow, in memory, and independent of the product's code. */
export class ReferenceModel {
  private readonly versions: PolicyVersionTerms[];
  private readonly now: () => string;
  private readonly recorded: Recorded[] = [];
  private readonly exceptions = new ExceptionsDeclared();
  private readonly parameters = new Map<string, PolicyParameters>();

  /**
   * `policyVersions` are in force beside that of 2021-12-12; `now` answers an instant in UTC, for example
   * 2026-07-01T00:00:00Z.
   */
  constructor({ policyVersions = [], now }: { policyVersions?: PolicyVersionTerms[]; now: () => string }) {
    this.versions = [MOLINA_ESI_2021, ...policyVersions];
    this.now = now;
  }

  /** A member's stream, or what had been recorded of it at or before an instant. */
  decisions(memberId: string, asKnownAt?: string): Decision[] {
    return streamOf(this.recorded, memberId, asKnownAt);
  }

  submit(input: SubmitClaimSessionInput, client = "client"): SubmissionPayload {
    const faults = submissionFaults(input);
    if (faults.length > 0) return refused(invalid(faults));
    const { session, idempotencyKey } = input;
    const { memberId, dateOfService } = session;
    const use = { memberId, client, idempotencyKey, request: claimRequest(session) };
    const answered = answerToKey(this.recorded, use);
    if (answered !== null) return answered;
    const at = ["session"];
    const stream = this.decisions(memberId);
    const version = versionInForce(this.versions, dateOfService);
    const first =
      futureRefusal(dateOfService, this.now(), at) ??
      policyRefusal(session, version, at) ??
      alreadyDecidedRefusal(session, stream, at) ??
      originalRefusal(session, stream, at);
    if (first !== null) return refused([first]);
    const { undated, parameters } = this.decide(session, stream, version, false);
    return this.append(use, undated, parameters);
  }

  /** Items stand and fall alone, and are taken in their order. */
  submitAll(inputs: SubmitClaimSessionInput[], client = "client"): SubmissionPayload[] {
    return inBatch(inputs, (input) => this.submit(input, client));
  }

  /** What a submission would decide, judged without what is on file of this claim; nothing is stored. */
  preview({ session }: { session: ClaimSessionInput }): DecisionPreview {
    const at = PREVIEW_PATHS_START_AT;
    const faults = sessionFaults(session, at);
    if (faults.length > 0) return refusedPreview(invalid(faults));
    const stream = this.decisions(session.memberId);
    const version = versionInForce(this.versions, session.dateOfService);
    const first = policyRefusal(session, version, at) ?? originalRefusal(session, stream, at);
    if (first !== null) return refusedPreview([first]);
    const {
      disposition,
      lines,
      reviewFlags,
      policyVersion,
      priorSessions,
      exceptionsConsidered,
      interpretations,
    } = this.decide(session, stream, version, true).undated;
    return {
      disposition,
      lines,
      reviewFlags,
      policyVersion,
      priorSessions,
      exceptionsConsidered,
      interpretations,
      userErrors: [],
    };
  }

  importSessions(inputs: HistoricalSessionInput[], client = "client"): SubmissionPayload[] {
    return inBatch(inputs, (input) => this.importSession(input, client));
  }

  review(input: ReviewDecisionInput, client = "client"): SubmissionPayload {
    const faults = reviewFaults(input);
    if (faults.length > 0) return refused(invalid(faults));
    const { memberId, idempotencyKey, decisionId } = input;
    const use = { memberId, client, idempotencyKey, request: reviewRequest(input) };
    const answered = answerToKey(this.recorded, use);
    if (answered !== null) return answered;
    const stream = this.decisions(memberId);
    const reviewed = stream.find((decision) => decision.id === decisionId);
    if (reviewed === undefined) return refused([refusal("DECISION_NOT_FOUND", ["decisionId"])]);
    const first = reviewedRefusal(reviewed, stream);
    if (first !== null) return refused([first]);
    const lineFaults = reviewLineFaults(input, reviewed);
    if (lineFaults.length > 0) return refused(invalid(lineFaults));
    return this.append(use, reviewDecision(input, reviewed, client));
  }

  declareException(input: PolicyExceptionInput, client = "client"): ExceptionPayload {
    return this.exceptions.declare(input, client, this.now());
  }

  endException(input: ExceptionEndingInput): ExceptionPayload {
    return this.exceptions.end(input, this.now());
  }

  allowance(memberId: string, asked: AllowanceArguments, asKnownAt?: string): Allowance | null {
    const declared = this.exceptions.standing(asKnownAt);
    return allowance(this.decisions(memberId, asKnownAt), asked, this.versions, declared);
  }

  historyOnFileSince(memberId: string, asKnownAt?: string): string | null {
    return historyOnFileSince(this.decisions(memberId, asKnownAt));
  }

  /** The counted sessions by region and then by date. */
  sessions(memberId: string, asKnownAt?: string): PriorSession[] {
    return sessionsOnFile(this.decisions(memberId, asKnownAt));
  }

  /** The member's work list, in the order of the decisions it is about. */
  candidates(memberId: string, asKnownAt?: string): ReadjudicationCandidate[] {
    return readjudicationCandidates(this.decisions(memberId, asKnownAt), (decision) => {
      const parameters = this.parameters.get(decision.id);
      if (parameters === undefined) throw new Error(`${decision.id} was not adjudicated`);
      return parameters;
    });
  }

  private importSession(input: HistoricalSessionInput, client: string): SubmissionPayload {
    const faults = importFaults(input);
    if (faults.length > 0) return refused(invalid(faults));
    const { memberId, idempotencyKey, dateOfService } = input;
    const use = { memberId, client, idempotencyKey, request: importRequest(input) };
    const answered = answerToKey(this.recorded, use);
    if (answered !== null) return answered;
    const first =
      futureRefusal(dateOfService, this.now(), []) ??
      alreadyDecidedRefusal(input, this.decisions(memberId), []);
    return first === null ? this.append(use, importDecision(input)) : refused([first]);
  }

  /** A version is missing only where none is asked for: a void is decided without. */
  private decide(
    session: ClaimSessionInput,
    stream: Decision[],
    version: PolicyVersionTerms | null,
    isPreview: boolean,
  ): { undated: Undated; parameters?: PolicyParameters } {
    if (session.frequency === "VOID" || version === null) return { undated: voidDecision(session, stream) };
    return claimDecision(session, stream, { version, declared: this.exceptions.standing() }, isPreview);
  }

  private append(use: KeyUse, undated: Undated, parameters?: PolicyParameters): SubmissionPayload {
    const decision = nextDecision(this.decisions(use.memberId), undated, this.now());
    if (parameters !== undefined) this.parameters.set(decision.id, parameters);
    this.recorded.push({ ...use, decision });
    return decided(decision, false);
  }
}
