import fc from "fast-check";
import { ReferenceModel } from "../reference/referenceModel";
import type {
  Decision,
  DecisionPreview,
  LineDecision,
  SubmissionPayload,
  UserError,
} from "../reference/contract";
import { Answer, byNumber, CoreMember, pick } from "./core";
import { Event, events } from "./events";

/**
 * The service's core and a model of the specification written apart from it say the same about every event of
 * a random history: refusals, outcomes, findings, prior sessions, readings, supersession.
 */
const now = "2026-07-01T00:00:00.000Z";
const runs = Number(process.env.ESI_LAW_RUNS ?? 1_500);

test("the core decides every event of a random history as the reference model does", () => {
  fc.assert(
    fc.property(events, (history) => {
      const core = new CoreMember(now);
      const reference = new ReferenceMember();
      for (const event of history) expect(core.answer(event)).toEqual(reference.answer(event));
    }),
    { numRuns: runs },
  );
});

class ReferenceMember {
  private readonly model = new ReferenceModel({ now: () => now });

  answer(event: Event): Answer {
    if (event.kind === "preview") return this.previewForm(this.model.preview({ session: event.session }));
    if (event.kind === "claim") {
      return this.submissionForm(
        this.model.submit({ idempotencyKey: event.idempotencyKey, session: event.session }),
      );
    }
    return this.submissionForm(this.model.importSessions([event.input])[0]);
  }

  private submissionForm({ decision, userErrors, replayed }: SubmissionPayload): Answer {
    if (!decision) return this.refusalForm(userErrors);
    return { ...this.decisionForm(decision), replayed };
  }

  private previewForm(preview: DecisionPreview): Answer {
    return preview.disposition ? this.outcomeForm(preview) : this.refusalForm(preview.userErrors);
  }

  private refusalForm(userErrors: readonly UserError[]): Answer {
    const [{ code, field, decisionId }] = userErrors;
    if (code === "INVALID_INPUT") return { refused: [code] };
    const path = field.filter((name) => name !== "session").join(".");
    return { refused: [code], field: path, decision: decisionId && this.nameOf(decisionId) };
  }

  private decisionForm(decision: Decision): Answer {
    const { kind, memberSequence, supersedes } = decision;
    return {
      kind,
      memberSequence,
      supersedes: supersedes && this.nameOf(supersedes.id),
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
        relatedDecisionIds: finding.relatedDecisionIds.map((id) => this.nameOf(id)).sort(),
      })),
    };
  }

  private named<T extends { decisionIds: string[] }>(sessions: readonly T[]): T[] {
    return sessions.map((session) => ({
      ...session,
      decisionIds: session.decisionIds.map((id) => this.nameOf(id)),
    }));
  }

  private nameOf(id: string): string {
    const decision = this.model.decisions("M").find((one) => one.id === id);
    return `#${decision?.memberSequence}`;
  }
}
