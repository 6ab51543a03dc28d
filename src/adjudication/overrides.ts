import { Decision, LineDecision } from "../member/decision";
import { OnFile, onFile } from "../member/onFile";
import { MemberStream } from "../member/stream";

/**
 * The file of a stream without the units that reviews recorded after a place allow beyond what the decision
 * at the start of their chain allowed: an override puts no earlier decision in question. It is the file
 * itself where there are none.
 */
export function overridesIn(
  stream: MemberStream,
  effective: readonly Decision[],
  file: OnFile,
): (memberSequence: number) => OnFile {
  const reviews = stream.filter(({ kind }) => kind === "REVIEW");
  const files = new Map<number, OnFile>();
  return (memberSequence) => {
    const earlierReviews = reviews.filter((review) => review.memberSequence <= memberSequence).length;
    if (earlierReviews === reviews.length) return file;
    const known = files.get(earlierReviews) ?? fileWithout(stream, effective, file, memberSequence);
    files.set(earlierReviews, known);
    return known;
  };
}

function fileWithout(
  stream: MemberStream,
  effective: readonly Decision[],
  file: OnFile,
  memberSequence: number,
): OnFile {
  const cut = effective.map((decision) => withoutOverride(decision, stream, memberSequence));
  return cut.every((decision, place) => decision === effective[place]) ? file : onFile(cut);
}

function withoutOverride(decision: Decision, stream: MemberStream, memberSequence: number): Decision {
  const start = startOfChain(decision, stream, memberSequence);
  if (start === decision) return decision;
  const lines = decision.lines.map((line, place) => cutBack(line, start.lines[place].unitsAllowed));
  return lines.every((line, place) => line === decision.lines[place]) ? decision : { ...decision, lines };
}

/** What was first reviewed of the unbroken chain of reviews after the place that ends in the decision. */
function startOfChain(decision: Decision, stream: MemberStream, memberSequence: number): Decision {
  let start = decision;
  while (start.kind === "REVIEW" && start.memberSequence > memberSequence && start.supersedes)
    start = stream[start.supersedes.memberSequence - 1];
  return start;
}

function cutBack(line: LineDecision, mostUnits: number): LineDecision {
  return line.unitsAllowed > mostUnits ? { ...line, unitsAllowed: mostUnits } : line;
}
