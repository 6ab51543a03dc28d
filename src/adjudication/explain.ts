import { SpinalRegion, spinalRegions } from "../claim/claimSession";
import { DecidedSession, DecisionKind, LineDecision, Outcome, Review, ReviewFlag } from "../member/decision";
import { ConsideredException, ExceptionSource, parametersUnder } from "../policy/exceptions";
import { isInside, windowEndingOn } from "../policy/frequency";
import { ParameterName } from "../policy/parameters";
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
  if (kind === "REVIEW") {
    if (!review) throw new Error("a review's record lacks what the reviewer said");
    return sentencesOfReview(decision, review).join(" ");
  }
  if (!version) throw new Error("an adjudication names its policy version");
  return sentences(decision, version).join(" ");
}

function sentences(decision: Explained, version: PolicyVersion): string[] {
  return [
    summaries[decision.disposition],
    ...aboutOriginal(decision.session),
    ...decision.lines.flatMap((line) => aboutLine(decision, line, version)),
    ...spinalRegions.flatMap((region) => aboutSession(decision, region, version)),
    ...decision.exceptionsConsidered.filter(({ applied }) => applied).map(aboutException),
    ...decision.reviewFlags.map((flag) => flagWords[flag]),
  ];
}

function aboutException({ source, parameter }: ConsideredException): string {
  return `${sourceWords[source]} sets ${parameterWords[parameter]} otherwise than the policy does.`;
}

const sourceWords: Record<ExceptionSource, string> = {
  FEDERAL: "Federal law",
  STATE: "The state",
  BENEFIT_PLAN: "The benefit plan",
  PROVIDER_CONTRACT: "The provider's contract",
};
const parameterWords: Record<ParameterName, string> = {
  sessionsPerRegion: "the number of sessions in a region",
  regionsPerSession: "the number of regions in a session",
  transforaminalLevels: "the number of transforaminal levels",
  interlaminarLevels: "the number of interlaminar levels",
};

/** The lines that the reviewer named, what became of the others, and on what ground. */
function sentencesOfReview(
  decision: Explained,
  { lines: named, reason, documentReference }: Review,
): string[] {
  const isNamed = ({ lineNumber }: LineDecision) => named.some((line) => line.lineNumber === lineNumber);
  return [
    summariesOfReview[decision.disposition] ?? summaries[decision.disposition],
    ...decision.lines.flatMap((line) => {
      if (line.disposition === "NOT_GOVERNED") return aboutLineNotGoverned(line);
      return `${nameOf(line)}: ${whatBecameOf(line)}${isNamed(line) ? " by the reviewer" : ", as before"}.`;
    }),
    sessionsOfReview(decision),
    `Reason: "${reason}". Document: "${documentReference}".`,
  ];
}

const summariesOfReview: Partial<Record<Outcome["disposition"], string>> = {
  APPROVED: "Reviewed and approved: every governed unit is allowed.",
  PARTIAL: "Reviewed and approved in part: some governed units are allowed and some denied.",
  DENIED: "Reviewed and denied: no unit is allowed.",
  PENDED: "Reviewed and still pended: a person has to look at a line that the review left as it was.",
};

function sessionsOfReview({ lines, session: { dateOfService } }: Explained): string {
  const regions = spinalRegions.filter((region) =>
    lines.some((line) => line.region === region && line.unitsAllowed > 0),
  );
  if (regions.length === 0) return "It counts as no session.";
  const sessions = regions.map((region) => `a ${regionWords[region]} session`).join(" and ");
  return `It counts as ${sessions} on ${dateOfService}.`;
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
  if (line.disposition === "ALLOWED") return [];
  if (line.disposition === "NOT_GOVERNED")
    return decision.disposition === "NOT_GOVERNED" ? [] : [aboutLineNotGoverned(line)];
  const adverse = findingsOf(decision, line, version).filter(
    ({ outcome }) => outcome === "NOT_MET" || outcome === "UNDETERMINED",
  );
  return [`${nameOf(line)}: ${whatBecameOf(line)}.`, ...adverse.map(inWords)];
}

function aboutLineNotGoverned(line: LineDecision): string {
  return `${nameOf(line)} is not governed by this policy and passes untouched.`;
}

function nameOf({ lineNumber, procedureCode }: LineDecision): string {
  return `Line ${lineNumber} (${procedureCode})`;
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
