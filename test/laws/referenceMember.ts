import type {
  AllowanceArguments,
  Decision,
  DecisionPreview,
  ExceptionPayload,
  LineDecision,
  PolicyException,
  PolicyVersionTerms,
  SubmissionPayload,
  UserError,
} from "../reference/contract";
import { effectiveDecisions } from "../reference/onFile";
import { ReferenceModel } from "../reference/referenceModel";
import { Answer, pick } from "./answers";
import { ground } from "./coreMember";
import { Input, ReviewInput } from "./inputs";
import { byNumber } from "./requests";

/** The reference model as one member's service, its answers in the form of the core's. */
export class ReferenceMember {
  private readonly model: ReferenceModel;
  private now = "";

  constructor(policyVersions: readonly PolicyVersionTerms[]) {
    this.model = new ReferenceModel({ policyVersions: [...policyVersions], now: () => this.now });
  }

  answer(input: Input, now: string): Answer {
    this.now = now;
    switch (input.kind) {
      case "preview":
        return this.previewForm(this.model.preview({ session: input.session }));
      case "claim":
        return this.submissionForm(this.model.submit(input));
      case "import":
        return this.submissionForm(this.model.importSessions([input.input])[0]);
      case "review":
        return this.submissionForm(this.review(input));
      case "exception":
        return this.declarationForm(this.model.declareException(input.input));
      case "ending": {
        const exceptionId = `exception ${input.exception}`;
        return this.declarationForm(this.model.endException({ ...input, exceptionId }));
      }
    }
  }

  /** What is known about the member, now or at an instant. */
  known(asked: AllowanceArguments, at?: string): Answer {
    const allowance = this.model.allowance("M", asked, at);
    return {
      effective: effectiveDecisions(this.model.decisions("M", at)).map(
        ({ memberSequence }) => memberSequence,
      ),
      historyOnFileSince: this.model.historyOnFileSince("M", at),
      sessions: this.named(this.model.sessions("M", at)),
      allowance: allowance && {
        ...allowance,
        limits: allowance.limits.map((limit) => ({ ...limit, counted: this.named(limit.counted) })),
      },
      workList: this.model.candidates("M", at).map((candidate) => ({
        decision: candidate.decision.memberSequence,
        causedBy: candidate.causedBy.memberSequence,
        direction: candidate.direction,
        wouldBe: candidate.wouldBe,
        lines: candidate.wouldBeLines.map((line) => this.lineForm(line)),
      })),
    };
  }

  private review({ idempotencyKey, memberSequence, lines }: ReviewInput): SubmissionPayload {
    const decisionId = `M ${memberSequence}`;
    return this.model.review({ idempotencyKey, memberId: "M", decisionId, lines, ...ground });
  }

  private submissionForm({ decision, userErrors, replayed }: SubmissionPayload): Answer {
    if (!decision) return this.refusalForm(userErrors);
    return { ...this.decisionForm(decision), replayed };
  }

  private previewForm(preview: DecisionPreview): Answer {
    return preview.disposition ? this.outcomeForm(preview) : this.refusalForm(preview.userErrors);
  }

  private declarationForm({ exception, userErrors }: ExceptionPayload): Answer {
    if (!exception) return this.refusalForm(userErrors);
    const { source, key, parameter, effectiveFrom, effectiveTo, declaredAt, declaredBy } = exception;
    const { citation } = exception;
    const value: unknown = JSON.parse(exception.value);
    const about = { source, key, parameter, value, effectiveFrom, effectiveTo, citation };
    return { id: exceptionName(exception), ...about, declaredAt, declaredBy };
  }

  private refusalForm(userErrors: readonly UserError[]): Answer {
    const fields = userErrors.map(({ field }) => field.filter((name) => name !== "session").join("."));
    const standing = userErrors.find(({ decisionId }) => decisionId !== null)?.decisionId;
    return {
      refused: [...new Set(userErrors.map(({ code }) => code))],
      fields: [...new Set(fields)].sort(),
      decision: standing ? nameOf(standing) : null,
    };
  }

  private decisionForm(decision: Decision): Answer {
    const { supersedes, session } = decision;
    return {
      ...pick(decision, "kind", "memberSequence", "decidedAt", "claimNumber", "dateOfService", "review"),
      ...pick(session, "claimType", "frequency"),
      supersedes: supersedes && nameOf(supersedes.id),
      ...this.outcomeForm(decision),
    };
  }

  private outcomeForm(outcome: Decision | DecisionPreview): Answer {
    return {
      disposition: outcome.disposition,
      lines: byNumber(outcome.lines).map((line) => this.lineForm(line)),
      reviewFlags: [...outcome.reviewFlags].sort(),
      priorSessions: this.named(outcome.priorSessions),
      policyVersion: outcome.policyVersion?.id ?? null,
      exceptions: outcome.exceptionsConsidered.map(({ exception, applied }) => {
        const { source, parameter, value } = exception;
        const text = JSON.stringify(JSON.parse(value));
        return `${exceptionName(exception)} ${source} ${parameter} ${text} ${applied}`;
      }),
      interpretations: outcome.interpretations.map(({ id }) => id),
    };
  }

  private lineForm(line: LineDecision): Answer {
    return {
      ...pick(line, "lineNumber", "disposition", "unitsAllowed", "unitsDenied"),
      adjustments: line.adjustments,
      findings: line.findings.map((finding) => ({
        ...pick(finding, "ruleId", "outcome", "nextEligibleDate", "window"),
        blockingSessions: this.named(finding.blockingSessions),
        relatedDecisionIds: finding.relatedDecisionIds.map((id) => nameOf(id)).sort(),
      })),
    };
  }

  private named<T extends { decisionIds: string[] }>(sessions: readonly T[]): T[] {
    return sessions.map((session) => ({
      ...session,
      decisionIds: session.decisionIds.map((id) => nameOf(id)),
    }));
  }
}

/** The model's ids are the member and the place in the stream. */
function nameOf(id: string): string {
  return id.replace("M ", "#");
}

function exceptionName({ id }: PolicyException): string {
  return id.replace("exception ", "E");
}
