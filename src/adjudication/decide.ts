import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { engineVersion } from "./engineVersion";
import { judge, Policy } from "./judge";
import { Judged } from "./judged";
import { Refused, refuse } from "./refusal";
import { memberIdOf, Request, requestHash, requestOf } from "./request";

/** When, by the database's clock, a request is decided, and the id that its decision will have. */
export interface Moment {
  readonly now: Instant;
  readonly id: string;
}

export type Ruling =
  | { readonly kind: "decided"; readonly decision: Decision }
  | { readonly kind: "replayed"; readonly decision: Decision }
  | ({ readonly kind: "refused" } & Refused);

/**
 * Decides a request as the next link of the member's stream, or finds the decision that its key stands for
 * already.
 */
export function decide(request: Request, stream: MemberStream, policy: Policy, moment: Moment): Ruling {
  const earlier = stream.find(
    ({ clientId, idempotencyKey }) =>
      clientId === request.clientId && idempotencyKey === request.idempotencyKey,
  );
  if (earlier) {
    const isSame = requestHash(requestOf(earlier)) === requestHash(request);
    return isSame ? { kind: "replayed", decision: earlier } : { kind: "refused", refusals: [keyReused] };
  }
  const judged = judge(request, stream, policy, moment.now);
  if ("refusals" in judged) return { kind: "refused", ...inSubmission(judged, request) };
  return { kind: "decided", decision: nextLink(request, judged, stream, moment) };
}

/** A claim is submitted as a member of its input; an import and a review are the input itself. */
function inSubmission(refused: Refused, { kind }: Request): Refused {
  if (kind !== "claim") return refused;
  return {
    refusals: refused.refusals.map((refusal) => ({ ...refusal, field: ["session", ...refusal.field] })),
  };
}

/** Says nothing of the first request, which may be somebody else's under the same client. */
const keyReused = refuse(
  "IDEMPOTENCY_KEY_REUSED",
  ["idempotencyKey"],
  "idempotencyKey was used for another request of this member: send a new key, or the same request",
);

function nextLink(request: Request, judged: Judged, stream: MemberStream, { now, id }: Moment): Decision {
  const last = stream.at(-1);
  const { kind, session, outcome, supersedes, review } = judged;
  return {
    id,
    kind,
    memberId: memberIdOf(request),
    memberSequence: (last?.memberSequence ?? 0) + 1,
    decidedAt: last && last.decidedAt > now ? last.decidedAt : now,
    engineVersion,
    clientId: request.clientId,
    idempotencyKey: request.idempotencyKey,
    session,
    supersedes: supersedes && { id: supersedes.id, memberSequence: supersedes.memberSequence },
    review,
    ...outcome,
  };
}
