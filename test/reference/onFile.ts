import type { Decision, LineDecision, PriorSession, SpinalRegion } from "./contract";
import { governedProcedure } from "./procedures";
import type { Procedure, Providers } from "./procedures";

/** A governed line of an effective decision. */
export interface FileLine {
  decisionId: string;
  memberSequence: number;
  dateOfService: string;
  providers: Providers;
  procedure: Procedure;
  procedureCode: string;
  modifiers: string[];
  units: number;
  unitsAllowed: number;
  isPended: boolean;
}

export const REGIONS: SpinalRegion[] = ["CERVICAL_THORACIC", "LUMBAR_SACRAL"];

/** The decisions that no later one supersedes. */
export function effectiveDecisions(stream: Decision[]): Decision[] {
  const superseded = new Set(stream.map((decision) => decision.supersedes?.id));
  return stream.filter((decision) => !superseded.has(decision.id));
}

/** The decision that stands in a decision's place: itself, or the end of the chain that supersedes it. */
export function standingIn(stream: Decision[], decision: Decision): Decision {
  const successor = stream.find((later) => later.supersedes?.id === decision.id);
  return successor === undefined ? decision : standingIn(stream, successor);
}

function fileLine(decision: Decision, line: LineDecision, unitsAllowed: number): FileLine[] {
  const procedure = governedProcedure(line.procedureCode);
  if (procedure === null) return [];
  return [
    {
      decisionId: decision.id,
      memberSequence: decision.memberSequence,
      dateOfService: decision.dateOfService,
      providers: decision.session,
      procedure,
      procedureCode: line.procedureCode,
      modifiers: line.modifiers,
      units: line.units,
      unitsAllowed,
      isPended: line.disposition === "PENDED",
    },
  ];
}

/** The governed lines on file, those of the decisions that are left out apart. */
export function linesOnFile(stream: Decision[], isLeftOut: (decision: Decision) => boolean): FileLine[] {
  return effectiveDecisions(stream)
    .filter((decision) => !isLeftOut(decision))
    .flatMap((decision) => decision.lines.flatMap((line) => fileLine(decision, line, line.unitsAllowed)));
}

/**
 * The same without the units that a review recorded after a place in the stream allows beyond what the
 * decision
 * at the start of its chain of such reviews allowed on that line.
 */
export function linesOnFileWithoutOverrides(
  stream: Decision[],
  after: number,
  isLeftOut: (decision: Decision) => boolean,
): FileLine[] {
  const startOfChain = (decision: Decision): Decision => {
    if (decision.kind !== "REVIEW" || decision.memberSequence <= after) return decision;
    const reviewed = stream.find((earlier) => earlier.id === decision.supersedes?.id);
    return reviewed === undefined ? decision : startOfChain(reviewed);
  };
  return effectiveDecisions(stream)
    .filter((decision) => !isLeftOut(decision))
    .flatMap((decision) => {
      const start = startOfChain(decision);
      return decision.lines.flatMap((line) => {
        const first = start.lines.find((earlier) => earlier.lineNumber === line.lineNumber);
        return fileLine(decision, line, Math.min(line.unitsAllowed, first?.unitsAllowed ?? 0));
      });
    });
}

/** The counted sessions by region and then by date, each with the decisions behind it in their order. */
export function countedSessions(file: FileLine[]): PriorSession[] {
  const sessions: PriorSession[] = [];
  for (const region of REGIONS) {
    const counted = file.filter((line) => line.procedure.region === region && line.unitsAllowed > 0);
    for (const dateOfService of [...new Set(counted.map((line) => line.dateOfService))].sort()) {
      const behind = counted.filter((line) => line.dateOfService === dateOfService);
      sessions.push({ region, dateOfService, decisionIds: decisionsBehind(behind) });
    }
  }
  return sessions;
}

/** The decisions that the lines belong to, each once, in the order of the stream. */
export function decisionsBehind(lines: FileLine[]): string[] {
  const ordered = [...lines].sort((one, other) => one.memberSequence - other.memberSequence);
  return [...new Set(ordered.map((line) => line.decisionId))];
}
