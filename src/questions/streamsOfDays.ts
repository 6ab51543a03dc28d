import { billedLine } from "../adjudication/judgedLine";
import { sameStream } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { DecidedSession, Decision } from "../member/decision";
import { onFile } from "../member/onFile";
import { effectiveDecisions } from "../member/stream";
import { inForce } from "../policy/dated";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { ProcedureTable } from "../policy/procedures";
import { Facts, Rule, StandingLine } from "../policy/rule";
import { Asked, isAskedAbout } from "./question";

/** A governed line with its allowed units, as a rule sees a line of the claim in hand. */
export interface AllowedLine extends StandingLine {
  readonly decision: Decision;
}

/** What is allowed on file of one stream on one day, as if one claim had billed all of it. */
export interface StreamOfDay {
  readonly dateOfService: PlainDate;
  /** Of one of the claims: all are of one claim type and performer. */
  readonly session: DecidedSession;
  readonly lines: readonly AllowedLine[];
  /** The version in force on the day. */
  readonly version: SealedPolicyVersion;
}

/** The streams of each day asked about on which a policy version is in force, by date. */
export function streamsOfDays(asked: Asked): StreamOfDay[] {
  const effective = effectiveDecisions(asked.stream);
  const file = onFile(effective);
  const days = [...new Set(effective.map(({ session }) => session.dateOfService))].sort();
  return days.flatMap((dateOfService) => {
    const version = inForce(asked.versions, dateOfService);
    if (!version || !isAskedAbout(dateOfService, asked)) return [];
    return byStream(file.onDay(dateOfService)).map((decisions) => ({
      dateOfService,
      session: decisions[0].session,
      lines: decisions.flatMap((decision) => allowedLines(decision, version.procedures)),
      version,
    }));
  });
}

/** The lines of which a rule of the policy would take units, and how many. No exception holds. */
export function takenBy(
  rule: Rule,
  { session, lines, version }: StreamOfDay,
): { readonly line: AllowedLine; readonly unitsTaken: number }[] {
  const facts: Facts = {
    billing: session,
    placeOfService: session.placeOfService ?? "",
    lines,
    onFile: [],
    sessionDates: () => [],
    parameters: version.parameters,
    conventions: version.conventions,
  };
  const concerned = lines.filter((line) => rule.appliesTo(line, facts));
  const verdicts = rule.judge(concerned, facts);
  return concerned.flatMap((line, place) => {
    const verdict = verdicts[place];
    return verdict.outcome === "NOT_MET" ? { line, unitsTaken: verdict.unitsTaken } : [];
  });
}

function byStream(decisions: readonly Decision[]): Decision[][] {
  const streams: Decision[][] = [];
  for (const decision of decisions) {
    const same = streams.find(([first]) => sameStream(first.session, decision.session));
    if (same) same.push(decision);
    else streams.push([decision]);
  }
  return streams;
}

function allowedLines(decision: Decision, procedures: ProcedureTable): AllowedLine[] {
  return decision.lines.flatMap((line) => {
    const billed = billedLine(line, procedures);
    if (!billed || line.unitsAllowed === 0) return [];
    const { lineNumber, unitsAllowed: unitsStanding } = line;
    return { decision, lineNumber, unitsStanding, pended: false, ...billed };
  });
}
