import { ClaimSession, HistoricalSession } from "../claim/claimSession";
import { Instant, latestDateAnywhere } from "../claim/instant";
import { DecidedSession, Decision, DecisionKind, Outcome } from "../member/decision";
import { effectiveDecisions, latestOfClaim, MemberStream } from "../member/stream";
import { inForce } from "../policy/dated";
import { PolicyException } from "../policy/exceptions";
import { PolicyVersions } from "../policy/policyVersion";
import { adjudicate } from "./adjudicate";
import { findOriginal } from "./original";
import { importedOutcome, voidedOutcome } from "./outcome";
import { Refusal, refuse } from "./refusal";
import { Request } from "./request";

/**
 * What requests are judged under: every version of the policy, newest first, and the exceptions declared by
 * then.
 */
export interface Policy {
  readonly versions: PolicyVersions;
  readonly exceptions: readonly PolicyException[];
}

/** A request that can be decided, and what comes of it. */
export interface Judged {
  readonly kind: DecisionKind;
  readonly session: DecidedSession;
  readonly outcome: Outcome;
  readonly supersedes?: Decision;
}

/**
 * Judges a request against the member's stream; the first refusal that applies, in the order of the
 * specification. The field of a refusal is a path inside the session.
 */
export function judge(
  request: Request,
  stream: MemberStream,
  policy: Policy,
  now: Instant,
): Judged | Refusal {
  return (
    refusalOfFutureDate(request, now) ??
    refusalOfMissingPolicy(request, policy) ??
    refusalOfDecidedClaim(request, stream) ??
    (request.kind === "import"
      ? judgeImport(request.session, policy)
      : judgeClaim(request.session, stream, policy))
  );
}

/**
 * What a claim would come to if it were submitted instead of whatever is on file under its claim number and
 * date of service: the path of a submission, apart from the refusals that only a stored decision needs.
 */
export function judgePreview(session: ClaimSession, stream: MemberStream, policy: Policy): Judged | Refusal {
  const isSameClaim = (decision: Decision) =>
    decision.session.claimNumber === session.claimNumber &&
    decision.session.dateOfService === session.dateOfService;
  return (
    refusalOfMissingPolicy({ kind: "claim", session }, policy) ??
    judgeClaim(session, stream, policy, isSameClaim)
  );
}

function judgeClaim(
  claim: ClaimSession,
  stream: MemberStream,
  policy: Policy,
  isLeftOut: (decision: Decision) => boolean = () => false,
): Judged | Refusal {
  const found = findOriginal(claim, stream);
  if ("refusal" in found) return found.refusal;
  const { memberId, lines, ...session } = claim;
  if (claim.frequency === "VOID")
    return { kind: "VOID", session, outcome: voidedOutcome, supersedes: found.original };
  const version = inForce(policy.versions, claim.dateOfService);
  if (!version) throw new Error("a claim without a policy version in force must have been refused");
  const onFile = effectiveDecisions(stream).filter(
    (decision) => decision !== found.original && !isLeftOut(decision),
  );
  const outcome = adjudicate(claim, onFile, version, policy.exceptions);
  return { kind: "ADJUDICATION", session, outcome, supersedes: found.original };
}

/**
 * No rule is run on an import. Before the first policy version the first one says which lines are governed.
 */
function judgeImport({ memberId, lines, ...session }: HistoricalSession, { versions }: Policy): Judged {
  const version = inForce(versions, session.dateOfService) ?? versions[versions.length - 1];
  const outcome = importedOutcome(lines, version.procedures);
  return { kind: "IMPORT", session: { ...session, frequency: "ORIGINAL" }, outcome };
}

function refusalOfFutureDate({ session }: Request, now: Instant): Refusal | undefined {
  if (session.dateOfService <= latestDateAnywhere(now)) return undefined;
  const message = "dateOfService must not be later than today's date at UTC+14";
  return refuse("FUTURE_DATE_OF_SERVICE", ["dateOfService"], message);
}

function refusalOfMissingPolicy(
  request: Pick<Request, "kind" | "session">,
  { versions }: Policy,
): Refusal | undefined {
  const { kind, session } = request;
  if (kind === "import" || ("frequency" in session && session.frequency === "VOID")) return undefined;
  if (inForce(versions, session.dateOfService)) return undefined;
  const first = versions[versions.length - 1].effectiveFrom;
  const message = `dateOfService must not be before ${first}, the effective date of the first policy version`;
  return refuse("NO_POLICY_IN_FORCE", ["dateOfService"], message);
}

function refusalOfDecidedClaim({ session }: Request, stream: MemberStream): Refusal | undefined {
  const decided = latestOfClaim(stream, session.claimNumber, session.dateOfService);
  if (!decided) return undefined;
  const message =
    "claimNumber has been decided for this date of service already; the latest such decision is given";
  return refuse("CLAIM_ALREADY_DECIDED", ["claimNumber"], message, decided.id);
}
