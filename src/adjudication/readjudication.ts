import { Decision, LineDecision, Outcome } from "../member/decision";
import { OnFile, without } from "../member/onFile";
import { MemberStream } from "../member/stream";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { adjudicate, adjudicatePayment, PaidLine } from "./adjudicate";
import { joining, mayConcern, mayDifferAfter, versionOfAdjudication } from "./concern";
import { claimSessionOf } from "./request";
import { WorkListView, workListView } from "./workListView";

export type ReadjudicationDirection = "MORE_PAYABLE" | "LESS_PAYABLE" | "CHANGED";

/** What a decision would be if its claim were decided again on what is on file now. */
export interface Readjudication {
  readonly wouldBe: Outcome;
  readonly direction: ReadjudicationDirection;
}

/** An effective adjudication that would now be decided otherwise. */
export interface ReadjudicationCandidate extends Readjudication {
  readonly decision: Decision;
  /** The first decision of the unbroken run of being a candidate that lasts to now. */
  readonly causedBy: Decision;
}

/** The work list of a member, in the order of the decisions on it, found from nothing but the stream. */
export function readjudicationCandidates(
  stream: MemberStream,
  versions: readonly SealedPolicyVersion[],
): ReadjudicationCandidate[] {
  const view = workListView(stream);
  const found = view.effective.filter(isAdjudication).flatMap((decision) => {
    const readjudication = readjudicate(decision, view, versions);
    return readjudication ? { decision, ...readjudication } : [];
  });
  const decisions = found.map(({ decision }) => decision);
  const causes = causesOf(decisions, stream, versions);
  return found.map((candidate, place) => ({ ...candidate, causedBy: causes[place] }));
}

/**
 * For each candidate the decision behind which its run was unbroken up to the end of the stream. The stream
 * is walked back, and looked at where a decision joined it that can have made a difference.
 */
function causesOf(
  candidates: readonly Decision[],
  stream: MemberStream,
  versions: readonly SealedPolicyVersion[],
): Decision[] {
  const causes = new Map<Decision, Decision>();
  let open = candidates;
  for (let length = stream.length - 1; open.length > 0; length--) {
    const others = joining(stream[length], stream);
    const concerned = open.filter((decision) => mayConcern(decision, others, versions));
    if (concerned.length === 0) continue;
    const [before, after] = [length, length + 1].map((end) => workListView(stream.slice(0, end)));
    for (const decision of concerned) {
      const mayDiffer = mayDifferAfter(decision, { others, before, after }, versions);
      if (mayDiffer && !readjudicate(decision, before, versions)) causes.set(decision, stream[length]);
    }
    open = open.filter((decision) => !causes.has(decision));
  }
  return candidates.flatMap((decision) => causes.get(decision) ?? []);
}

/**
 * What an effective adjudication would now be, where that puts it on the work list: it would differ, and not
 * only because of what a reviewer allowed beyond the limits later.
 */
export function readjudicate(
  decision: Decision,
  view: WorkListView,
  versions: readonly SealedPolicyVersion[],
): Readjudication | undefined {
  // Most would be decided as they were: that is told by what is paid, and only then all the rest is found.
  if (!differs(decision, paidAgain(decision, view.onFile, versions))) return undefined;
  const wouldBe = decidedAgain(decision, view.onFile, versions);
  const direction = directionOf(decision, wouldBe);
  if (direction === "MORE_PAYABLE") return { wouldBe, direction };
  const withoutOverrides = view.withoutOverridesAfter(decision.memberSequence);
  const isPutInQuestion =
    withoutOverrides === view.onFile || differs(decision, paidAgain(decision, withoutOverrides, versions));
  return isPutInQuestion ? { wouldBe, direction } : undefined;
}

export function isAdjudication({ kind }: Decision): boolean {
  return kind === "ADJUDICATION";
}

/** Under its own policy version and exceptions, on what is on file without itself. */
function decidedAgain(decision: Decision, file: OnFile, versions: readonly SealedPolicyVersion[]): Outcome {
  return adjudicate(...premisesOf(decision, file, versions));
}

function paidAgain(
  decision: Decision,
  file: OnFile,
  versions: readonly SealedPolicyVersion[],
): readonly PaidLine[] {
  return adjudicatePayment(...premisesOf(decision, file, versions));
}

function premisesOf(decision: Decision, file: OnFile, versions: readonly SealedPolicyVersion[]) {
  const version = versionOfAdjudication(decision, versions);
  const others = without(file, decision);
  return [claimSessionOf(decision), others, version, decision.exceptionsConsidered] as const;
}

function differs({ lines }: Decision, wouldBe: readonly PaidLine[]): boolean {
  return lines.some((line, place) => {
    const now = wouldBe[place];
    return line.disposition !== now.disposition || line.unitsAllowed !== now.unitsAllowed;
  });
}

function directionOf({ lines }: Decision, wouldBe: Outcome): ReadjudicationDirection {
  const gains = linePairs(lines, wouldBe).map(([line, now]) => now.unitsAllowed - line.unitsAllowed);
  const [gainsSome, losesSome] = [gains.some((gain) => gain > 0), gains.some((gain) => gain < 0)];
  if (gainsSome && !losesSome) return "MORE_PAYABLE";
  return losesSome && !gainsSome ? "LESS_PAYABLE" : "CHANGED";
}

/** Both have the claim's lines, in the order in which they were sent. */
function linePairs(lines: readonly LineDecision[], wouldBe: Outcome): [LineDecision, LineDecision][] {
  return lines.map((line, place) => [line, wouldBe.lines[place]]);
}
