import { SpinalRegion, spinalRegions } from "../claim/claimSession";
import { DecidedSession, DecisionKind, LineDecision, Outcome, Review, ReviewFlag } from "../member/decision";
import { parametersUnder } from "../policy/exceptions";
import { isInside, windowEndingOn } from "../policy/frequency";
import { PolicyVersion } from "../policy/policyVersion";
import { regionWords } from "../policy/regionWords";
import { Finding, findingsOf } from "./findings";

/** A decision or a preview, as far as its explanation goes. */
export interface Explained extends Outcome {
  readonly kind: DecisionKind;
  readonly session: DecidedSession;
  readonly review?: Review;
}

/**
 * What was decided and why, in plain words that a provider can act on. The version is that of the decision,
 * if it has one.
 */
export function explain(decision: Explained, version: PolicyVersion | undefined): string {
  const { kind, session, review } = decision;
  if (kind === "VOID") {
    const original = `claim ${session.originalClaimNumber} of ${session.dateOfService}`;
    return `This claim voids ${original}: what that allowed no longer counts.`;
  }
  if (kind === "IMPORT") {
    const isGoverned = decision.disposition !== "NOT_GOVERNED";
    const what = isGoverned
      ? "as it was allowed there"
      : "where no line bills a procedure code of this policy";
    return `Loaded as history from ${session.sourceSystem}, ${what}; no rule was run.`;
  }
  if (kind === "REVIEW") return `A reviewer decided: ${review?.reason} (${review?.documentReference}).`;
  if (!version) throw new Error("an adjudication names its policy version");
  return sentences(decision, version).join(" ");
}

function sentences(decision: Explained, version: PolicyVersion): string[] {
  return [
    summaries[decision.disposition],
    ...aboutOriginal(decision.session),
    ...decision.lines.flatMap((line) => aboutLine(decision, line, version)),
    ...spinalRegions.flatMap((region) => aboutSession(decision, region, version)),
    ...decision.reviewFlags.map((flag) => flagWords[flag]),
  ];
}

const subjectTo = "subject to medical-necessity review and to the plan's other edits";

const summaries: Record<Outcome["disposition"], string> = {
  APPROVED: `Approved: within the limits of this policy, ${subjectTo}.`,
  PARTIAL: `Approved in part: the units allowed are within the limits of this policy, ${subjectTo}.`,
  DENIED: "Denied: no unit is payable under this policy.",
  PENDED: "Pended: a person has to review this claim; pended units do not count as a session.",
  NOT_GOVERNED:
    "Not governed: no line bills a procedure code of this policy, so nothing was decided about the claim.",
  VOIDED: "Voided.",
};

const flagWords: Record<ReviewFlag, string> = {
  AMBIGUOUS_BILATERAL_ADD_ON:
    "Flagged: beside a bilateral first level the repeated add-on without a side can mean one level or two.",
  DIAGNOSTIC_BLOCK: "Flagged: billed as a diagnostic block, which counts as a session.",
  MIXED_APPROACH: "Flagged: interlaminar and transforaminal injections in one region on one day.",
  MULTIPLE_PERFORMERS: "Flagged: another performer has an allowed unit in this region on this day.",
};

function aboutOriginal({
  originalClaimNumber,
  originalDateOfService,
  dateOfService,
}: DecidedSession): string[] {
  if (!originalClaimNumber) return [];
  return [`It takes the place of claim ${originalClaimNumber} of ${originalDateOfService ?? dateOfService}.`];
}

/** Says nothing of a line that is allowed as billed: the summary does. */
function aboutLine(decision: Explained, line: LineDecision, version: PolicyVersion): string[] {
  const name = `Line ${line.lineNumber} (${line.procedureCode})`;
  if (line.disposition === "ALLOWED") return [];
  if (line.disposition === "NOT_GOVERNED") {
    return decision.disposition === "NOT_GOVERNED"
      ? []
      : [`${name} is not governed by this policy and passes untouched.`];
  }
  const adverse = findingsOf(decision, line, version).filter(
    ({ outcome }) => outcome === "NOT_MET" || outcome === "UNDETERMINED",
  );
  return [`${name}: ${whatBecameOf(line)}.`, ...adverse.map(inWords)];
}

function whatBecameOf({ disposition, units, unitsAllowed, unitsDenied }: LineDecision): string {
  switch (disposition) {
    case "PENDED":
      return unitsDenied > 0 ? `${unitsDenied} of ${units} units denied, the rest pended` : "pended";
    case "REDUCED":
      return `${unitsAllowed} of ${units} units allowed, ${unitsDenied} denied`;
    default:
      return disposition.toLowerCase();
  }
}

function inWords({ ruleId, message, blockingSessions }: Finding): string {
  const inTheWay = spinalRegions.flatMap((region) => {
    const dates = blockingSessions.flatMap((session) =>
      session.region === region ? session.dateOfService : [],
    );
    return dates.length > 0 ? `Counted ${regionWords[region]} sessions in the way: ${dates.join(", ")}.` : [];
  });
  return [`${ruleId}: ${message}`, ...inTheWay].join(" ");
}

/**
 * Which session of the windows ending on its day an allowed claim makes in a region; nothing where it allows
 * none there.
 */
function aboutSession(decision: Explained, region: SpinalRegion, version: PolicyVersion): string[] {
  const allowed = decision.lines.filter(({ unitsAllowed }) => unitsAllowed > 0);
  if (!allowed.some((line) => line.region === region)) return [];
  const { dateOfService } = decision.session;
  const { sessionsPerRegion } = parametersUnder(version.parameters, decision.exceptionsConsidered);
  return sessionsPerRegion.map((limit) => {
    const ending = windowEndingOn(dateOfService, limit);
    const counted = new Set(
      decision.priorSessions
        .filter((session) => session.region === region && isInside(session.dateOfService, ending))
        .map((session) => session.dateOfService),
    ).add(dateOfService);
    const sessions = `${counted.size} ${regionWords[region]} session${counted.size === 1 ? "" : "s"}`;
    const window = `the ${limit.months} months up to ${dateOfService}`;
    return `With this claim ${sessions} of the ${limit.sessions} allowed in ${window} are on file.`;
  });
}
