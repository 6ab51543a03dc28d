import { ClaimSession, HistoricalSession } from "../claim/claimSession";
import { Instant, latestDateAnywhere } from "../claim/instant";
import { Decision } from "../member/decision";
import { onFile } from "../member/onFile";
import { effectiveDecisions, latestOfClaim, MemberStream } from "../member/stream";
import { inForce } from "../policy/dated";
import { exceptionsThatHold, PolicyException } from "../policy/exceptions";
import { PolicyVersions } from "../policy/policyVersion";
import { adjudicate } from "./adjudicate";
import { Judged } from "./judged";
import { findOriginal } from "./original";
import { importedOutcome, voidedOutcome } from "./outcome";
import { Refusal, refuse, Refused } from "./refusal";
import { ClaimRequest, ImportRequest, Request } from "./request";
import { judgeReview } from "./review";

/**
 * What requests are judged under: every version of the policy, newest first, and the exceptions declared by
 * then.
 */
export interface Policy {
  readonly versions: PolicyVersions;
  readonly exceptions: readonly PolicyException[];
  /** How many entries of the register of exceptions these are the outcome of. */
  readonly exceptionSequence: number;
}

/**
 * Judges a request against the member's stream; the first refusal that applies, in the order of the
 * specification. The field of a refusal is a path inside the session, or inside the review.
 */
export function judge(
  request: Request,
  stream: MemberStream,
  policy: Policy,
  now: Instant,
): Judged | Refused {
  if (request.kind === "review") return judgeReview(request, stream);
  const refusal =
    refusalOfFutureDate(request, now) ??
    refusalOfMissingPolicy(request, policy) ??
    refusalOfDecidedClaim(request, stream);
  if (refusal) return { refusals: [refusal] };
  return request.kind === "import"
    ? judgeImport(request.session, policy)
    : judgeClaim(request.session, stream, policy);
}

/**
 * What a claim would come to if it were submitted instead of whatever is on file under its claim number and
 * date of service: the path of a submission, apart from the refusals that only a stored decision needs.
 */
export function judgePreview(session: ClaimSession, stream: MemberStream, policy: Policy): Judged | Refused {
  const isSameClaim = (decision: Decision) =>
    decision.session.claimNumber === session.claimNumber &&
    decision.session.dateOfService === session.dateOfService;
  const refusal = refusalOfMissingPolicy({ kind: "claim", session }, policy);
  return refusal ? { refusals: [refusal] } : judgeClaim(session, stream, policy, isSameClaim);
}

function judgeClaim(
  claim: ClaimSession,
  stream: MemberStream,
  policy: Policy,
  isLeftOut: (decision: Decision) => boolean = () => false,
): Judged | Refused {
  const found = findOriginal(claim, stream);
  if ("refusal" in found) return { refusals: [found.refusal] };
  const { memberId, lines, ...session } = claim;
  if (claim.frequency === "VOID")
    return { kind: "VOID", session, outcome: voidedOutcome, supersedes: found.original };
  const version = inForce(policy.versions, claim.dateOfService);
  if (!version) throw new Error("a claim without a policy version in force must have been refused");
  const filed = effectiveDecisions(stream).filter(
    (decision) => decision !== found.original && !isLeftOut(decision),
  );
  const { precedence } = version;
  const considered = exceptionsThatHold(policy.exceptions, claim.dateOfService, claim, precedence);
  const outcome = adjudicate(claim, onFile(filed), version, considered);
  const exceptionSequence = policy.exceptionSequence || undefined;
  return {
    kind: "ADJUDICATION",
    session,
    outcome: { exceptionSequence, ...outcome },
    supersedes: found.original,
  };
}

/**
 * No rule is run on an import. Before the first policy version the first one says which lines are governed.
 */
function judgeImport({ memberId, lines, ...session }: HistoricalSession, { versions }: Policy): Judged {
  const version = inForce(versions, session.dateOfService) ?? versions[versions.length - 1];
  const outcome = { ...importedOutcome(lines, version.procedures), governingVersionId: version.id };
  return { kind: "IMPORT", session: { ...session, frequency: "ORIGINAL" }, outcome };
}

function refusalOfFutureDate({ session }: ClaimRequest | ImportRequest, now: Instant): Refusal | undefined {
  if (session.dateOfService <= latestDateAnywhere(now)) return undefined;
  const message = "dateOfService must not be later than today's date at UTC+14";
  return refuse("FUTURE_DATE_OF_SERVICE", ["dateOfService"], message);
}

function refusalOfMissingPolicy(
  request: Pick<ClaimRequest | ImportRequest, "kind" | "session">,
  { versions }: Policy,
): Refusal | undefined {
  const { kind, session } = request;
  if (kind === "import" || ("frequency" in session && session.frequency === "VOID")) return undefined;
  if (inForce(versions, session.dateOfService)) return undefined;
  const first = versions[versions.length - 1].effectiveFrom;
  const message = `dateOfService must not be before ${first}, the effective date of the first policy version`;
  return refuse("NO_POLICY_IN_FORCE", ["dateOfService"], message);
}

function refusalOfDecidedClaim(
  { session }: ClaimRequest | ImportRequest,
  stream: MemberStream,
): Refusal | undefined {
  const decided = latestOfClaim(stream, session.claimNumber, session.dateOfService);
  if (!decided) return undefined;
  const message =
    "claimNumber has been decided for this date of service already; the latest such decision is given";
  return refuse("CLAIM_ALREADY_DECIDED", ["claimNumber"], message, decided.id);
}
