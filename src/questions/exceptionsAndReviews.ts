import { Decision } from "../member/decision";
import { effectiveDecisions } from "../member/stream";
import { ExceptionDeclaration, ExceptionRegister } from "../policy/exceptionRegister";
import { ConsideredException } from "../policy/exceptions";
import { isAskedAbout, question } from "./question";

/** Superseded decisions too: an override that was taken back was still made. */
export const exceptionsAndReviews = question({
  name: "exceptions-and-reviews",
  sentence:
    "Which decisions used an exception or are a review: by whom, and under which document? One row for " +
    "each exception used and each review.",
  columns: [
    ...([
      "memberId",
      "decisionId",
      "kind",
      "disposition",
      "dateOfService",
      "decidedAt",
      "isEffective",
    ] as const),
    ...(["ground", "by", "document", "documentUrl", "reason"] as const),
    ...(["exceptionId", "source", "key", "parameter", "value", "reviewedDecisionId"] as const),
  ],
  rows: (asked) => {
    const effective = new Set(effectiveDecisions(asked.stream));
    return asked.stream
      .filter(({ session }) => isAskedAbout(session.dateOfService, asked))
      .flatMap((decision) =>
        grounds(decision, asked.register).map((ground) => ({
          memberId: decision.memberId,
          decisionId: decision.id,
          kind: decision.kind,
          disposition: decision.disposition,
          dateOfService: decision.session.dateOfService,
          decidedAt: decision.decidedAt,
          isEffective: effective.has(decision),
          ...nothing,
          ...ground,
        })),
      );
  },
});

const nothing = {
  ...{ exceptionId: null, source: null, key: null, parameter: null, value: null },
  ...{ documentUrl: null, reason: null, reviewedDecisionId: null },
};

function grounds({ exceptionsConsidered, review, supersedes }: Decision, register: ExceptionRegister) {
  const used = exceptionsConsidered
    .filter(({ applied }) => applied)
    .map((considered) => exceptionGround(considered, register));
  if (!review) return used;
  const { reviewer: by, documentReference: document, reason } = review;
  return [...used, { ground: "REVIEW", by, document, reason, reviewedDecisionId: supersedes?.id ?? null }];
}

function exceptionGround(
  { exceptionId, source, parameter, value }: ConsideredException,
  register: ExceptionRegister,
) {
  const declaration = register.find(
    (entry): entry is ExceptionDeclaration => entry.kind === "DECLARATION" && entry.id === exceptionId,
  );
  return {
    ground: "EXCEPTION",
    by: declaration?.declaredBy ?? null,
    document: declaration?.citation ?? null,
    documentUrl: declaration?.citationUrl ?? null,
    ...{ exceptionId, source, parameter },
    key: declaration?.key ?? null,
    value: JSON.stringify(value),
  };
}
