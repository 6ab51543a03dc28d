import { ClaimSession, LineOfBusiness, spinalRegions } from "../claim/claimSession";
import { CountedSessions, datesOf } from "../member/countedSessions";
import { LineDecision, Outcome } from "../member/decision";
import { OnFile } from "../member/onFile";
import { ConsideredException, parametersUnder } from "../policy/exceptions";
import { sessionsSharingAWindow } from "../policy/frequency";
import { Parameters } from "../policy/parameters";
import { PolicyRow, SealedPolicyVersion } from "../policy/policyVersion";
import { CountedSession, Facts } from "../policy/rule";
import { frequency } from "../policy/rules/frequency";
import { applyVerdict, billedLine, JudgedLine, linesOnFile } from "./judgedLine";
import { dispositionOf, lineDecisions } from "./outcome";
import { reviewFlagsOf } from "./reviewFlags";

/**
 * Decides a claim session under a policy version and the exceptions that hold for it, against the effective
 * decisions on file for the member. Pure: the same arguments give the same outcome for ever.
 */
export function adjudicate(
  claim: ClaimSession,
  onFile: OnFile,
  version: SealedPolicyVersion,
  exceptionsConsidered: readonly ConsideredException[],
): Outcome {
  const { lines, judged, facts } = judgeClaim(claim, onFile, version, exceptionsConsidered);
  const sessions = onFile.sessions(version.procedures);
  return {
    disposition: dispositionOf(lines),
    lines,
    reviewFlags: reviewFlagsOf(facts),
    priorSessions: priorSessionsOf(judged, sessions, claim, facts.parameters),
    exceptionsConsidered,
    policyVersionId: version.id,
  };
}

/** What is paid of a line. */
export type PaidLine = Pick<LineDecision, "disposition" | "unitsAllowed">;

/** Of what `adjudicate` decides what is paid alone, which is found faster. */
export function adjudicatePayment(
  claim: ClaimSession,
  onFile: OnFile,
  version: SealedPolicyVersion,
  exceptionsConsidered: readonly ConsideredException[],
): readonly PaidLine[] {
  return judgeClaim(claim, onFile, version, exceptionsConsidered, true).lines;
}

/** A claim's lines on their way through the rules, and what became of them. */
interface JudgedClaim {
  readonly judged: readonly JudgedLine[];
  readonly facts: Facts;
  readonly lines: LineDecision[];
}

function judgeClaim(
  claim: ClaimSession,
  onFile: OnFile,
  version: SealedPolicyVersion,
  exceptionsConsidered: readonly ConsideredException[],
  leavesOutNextDate = false,
): JudgedClaim {
  const parameters = parametersUnder(version.parameters, exceptionsConsidered);
  const judged = governedLines(claim, version);
  const facts = { leavesOutNextDate, ...factsOf(claim, judged, onFile, parameters, version) };
  for (const row of version.rows) judgeRow(row, judged, facts, claim.lineOfBusiness);
  return { judged, facts, lines: lineDecisions(claim.lines, judged) };
}

/** The governed lines by line number, whatever the order in which they were sent. */
function governedLines(claim: ClaimSession, { procedures }: SealedPolicyVersion): JudgedLine[] {
  const byNumber = [...claim.lines].sort((one, other) => one.lineNumber - other.lineNumber);
  return byNumber.flatMap((line) => {
    const billed = billedLine(line, procedures);
    if (!billed) return [];
    const { lineNumber } = line;
    return {
      lineNumber,
      unitsStanding: line.units,
      pended: false,
      verdicts: new Map(),
      adjustments: [],
      ...billed,
    };
  });
}

function factsOf(
  claim: ClaimSession,
  lines: readonly JudgedLine[],
  onFile: OnFile,
  parameters: Parameters,
  { procedures, conventions }: SealedPolicyVersion,
): Facts {
  return {
    billing: claim,
    placeOfService: claim.placeOfService,
    lines,
    onFile: linesOnFile(onFile.onDay(claim.dateOfService), procedures),
    sessionDates: (region) => onFile.sessionDates(region, procedures),
    parameters,
    conventions,
  };
}

/**
 * One row of the evaluation order: the rule judges the lines that it applies to and that still have a unit.
 */
function judgeRow(
  { rule, reasons }: PolicyRow,
  lines: readonly JudgedLine[],
  facts: Facts,
  lineOfBusiness: LineOfBusiness,
): void {
  const concerned = lines.filter((line) => line.unitsStanding > 0 && rule.appliesTo(line, facts));
  const verdicts = rule.judge(concerned, facts);
  if (verdicts.length !== concerned.length) throw new Error(`${rule.id} must give one verdict for each line`);
  concerned.forEach((line, place) => applyVerdict(line, rule.id, verdicts[place], reasons, lineOfBusiness));
}

/**
 * The counted sessions that share a window with the claim in a region whose frequency was judged, and those
 * of its day.
 */
function priorSessionsOf(
  judged: readonly JudgedLine[],
  sessions: CountedSessions,
  { dateOfService }: ClaimSession,
  { sessionsPerRegion }: Parameters,
): CountedSession[] {
  const frequencyJudged = judged.filter(({ verdicts }) => verdicts.has(frequency.id));
  const regions = new Set(frequencyJudged.map(({ procedure }) => procedure.region));
  return spinalRegions.flatMap((region) => {
    const sharing = sessionsSharingAWindow(datesOf(sessions[region]), dateOfService, sessionsPerRegion);
    const looked = new Set(regions.has(region) ? sharing : []).add(dateOfService);
    return sessions[region].filter((session) => looked.has(session.dateOfService));
  });
}
