import { mostLines } from "../claim/claimSession";
import { Decision, LineDecision, ReviewedLine } from "../member/decision";
import { effectiveSuccessor, MemberStream } from "../member/stream";
import { Judged } from "./judged";
import { dispositionOf, lineDispositionOf, nothingJudged } from "./outcome";
import { Refusal, refuse, Refused } from "./refusal";
import { ReviewRequest } from "./request";

/**
 * What comes of a reviewer's decision: the lines named are as the reviewer says, beyond a limit or short of
 * it, the others keep what they had.
 */
export function judgeReview({ reviewer, review }: ReviewRequest, stream: MemberStream): Judged | Refused {
  const { decisionId, lines: named, reason, documentReference } = review;
  const reviewed = stream.find(({ id }) => id === decisionId);
  if (!reviewed) return { refusals: [notFound] };
  const effective = effectiveSuccessor(stream, reviewed);
  if (effective !== reviewed || reviewed.kind === "VOID") return { refusals: [notEffective(effective)] };
  const faults = faultsOfLines(named, reviewed);
  if (faults.length > 0) return { refusals: faults };
  const lines = reviewed.lines.map((line) => reviewedLine(line, named));
  return {
    kind: "REVIEW",
    session: reviewed.session,
    outcome: { ...nothingJudged, disposition: dispositionOf(lines), lines },
    supersedes: reviewed,
    review: { reviewer, reason, documentReference, lines: named },
  };
}

const field = ["decisionId"];

const notFound = refuse(
  "DECISION_NOT_FOUND",
  field,
  "decisionId must be the id of a decision about this member",
);

function notEffective({ id }: Decision): Refusal {
  const message = "the decision is superseded, or is a void; the effective decision is given";
  return refuse("DECISION_NOT_EFFECTIVE", field, message, id);
}

/** The review stands in the place of what the rules said about a line. */
function reviewedLine(line: LineDecision, named: readonly ReviewedLine[]): LineDecision {
  const review = named.find(({ lineNumber }) => lineNumber === line.lineNumber);
  if (!review) return line;
  const { findings, ...billed } = line;
  const { unitsAllowed } = review;
  return {
    ...billed,
    disposition: lineDispositionOf(unitsAllowed, line.units),
    unitsAllowed,
    unitsDenied: line.units - unitsAllowed,
    adjustments: [],
  };
}

function faultsOfLines(named: readonly ReviewedLine[], reviewed: Decision): Refusal[] {
  if (named.length === 0 || named.length > mostLines) {
    const message = `lines must name at least one and at most ${mostLines} governed lines`;
    return [refuse("INVALID_INPUT", ["lines"], message)];
  }
  const governed = reviewed.lines.filter(({ disposition }) => disposition !== "NOT_GOVERNED");
  return named.flatMap(({ lineNumber, unitsAllowed }, place) => {
    const path = ["lines", String(place)];
    const line = governed.find((other) => other.lineNumber === lineNumber);
    const isRepeated = named.slice(0, place).some((other) => other.lineNumber === lineNumber);
    const isWithinBilled = unitsAllowed >= 0 && unitsAllowed <= (line?.units ?? unitsAllowed);
    return [
      ...(line && !isRepeated ? [] : [refuse("INVALID_INPUT", [...path, "lineNumber"], whichLine)]),
      ...(isWithinBilled ? [] : [refuse("INVALID_INPUT", [...path, "unitsAllowed"], howMany)]),
    ];
  });
}

const whichLine =
  "lineNumber must be that of a line of the decision that the policy governs, each line once at most";
const howMany = "unitsAllowed must be a whole number from 0 to the units billed";
