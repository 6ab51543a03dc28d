import type {
  Decision,
  LineDecision,
  PolicyParameters,
  ReadjudicationCandidate,
  ReadjudicationDirection,
} from "./contract";
import { evaluate } from "./evaluate";
import type { Evaluation } from "./evaluate";
import { effectiveDecisions, linesOnFile, linesOnFileWithoutOverrides } from "./onFile";
import type { FileLine } from "./onFile";

/** The parameters under which a decision of the stream was made. */
export type ParametersOf = (decision: Decision) => PolicyParameters;

function evaluatedAgain(decision: Decision, onFile: FileLine[], parametersOf: ParametersOf): Evaluation {
  const { session, lines, dateOfService } = decision;
  const { lineOfBusiness, placeOfService } = session;
  if (lineOfBusiness === null || placeOfService === null) {
    throw new Error(`${decision.id} was not adjudicated`);
  }
  const said = { ...session, lineOfBusiness, placeOfService, dateOfService, lines };
  return evaluate(said, onFile, parametersOf(decision));
}

function linePairs(decision: Decision, wouldBe: Evaluation): [LineDecision, LineDecision][] {
  return decision.lines.flatMap((line): [LineDecision, LineDecision][] => {
    const now = wouldBe.lines.find((other) => other.lineNumber === line.lineNumber);
    return now === undefined ? [] : [[line, now]];
  });
}

function differs(decision: Decision, wouldBe: Evaluation): boolean {
  return linePairs(decision, wouldBe).some(
    ([then, now]) => then.disposition !== now.disposition || then.unitsAllowed !== now.unitsAllowed,
  );
}

function directionOf(decision: Decision, wouldBe: Evaluation): ReadjudicationDirection {
  const gains = linePairs(decision, wouldBe).map(([then, now]) => now.unitsAllowed - then.unitsAllowed);
  const [someGain, someLose] = [gains.some((gain) => gain > 0), gains.some((gain) => gain < 0)];
  if (someGain && !someLose) return "MORE_PAYABLE";
  return someLose && !someGain ? "LESS_PAYABLE" : "CHANGED";
}

/** What an effective adjudication would now be, if that puts it on the work list; null if not. */
function putInQuestion(
  decision: Decision,
  stream: Decision[],
  parametersOf: ParametersOf,
): Evaluation | null {
  const isItself = (other: Decision): boolean => other.id === decision.id;
  const now = evaluatedAgain(decision, linesOnFile(stream, isItself), parametersOf);
  if (!differs(decision, now)) return null;
  if (directionOf(decision, now) === "MORE_PAYABLE") return now;
  const withoutOverrides = linesOnFileWithoutOverrides(stream, decision.memberSequence, isItself);
  return differs(decision, evaluatedAgain(decision, withoutOverrides, parametersOf)) ? now : null;
}

/** The first decision of the unbroken run of being a candidate that lasts to the end of the stream. */
function causeOf(decision: Decision, stream: Decision[], parametersOf: ParametersOf): Decision {
  let cause = stream[stream.length - 1];
  for (let length = stream.length; length > decision.memberSequence; length -= 1) {
    if (putInQuestion(decision, stream.slice(0, length), parametersOf) === null) break;
    cause = stream[length - 1];
  }
  if (cause === undefined) throw new Error("an empty stream has no candidates");
  return cause;
}

/** The readjudication candidates of one member, in the order of the decisions they are about. */
export function readjudicationCandidates(
  stream: Decision[],
  parametersOf: ParametersOf,
): ReadjudicationCandidate[] {
  const adjudications = effectiveDecisions(stream).filter((decision) => decision.kind === "ADJUDICATION");
  return adjudications.flatMap((decision): ReadjudicationCandidate[] => {
    const wouldBe = putInQuestion(decision, stream, parametersOf);
    if (wouldBe === null) return [];
    return [
      {
        decision,
        wouldBe: wouldBe.disposition,
        wouldBeLines: wouldBe.lines,
        direction: directionOf(decision, wouldBe),
        causedBy: causeOf(decision, stream, parametersOf),
      },
    ];
  });
}
