import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { engineVersion } from "./engineVersion";
import { judge, Judged, Policy } from "./judge";
import { Refusal, refuse } from "./refusal";
import { Request, requestHash } from "./request";

/** When, by the database's clock, a request is decided, and the id that its decision will have. */
export interface Moment {
  readonly now: Instant;
  readonly id: string;
}

export type Ruling =
  | { readonly kind: "decided"; readonly decision: Decision }
  | { readonly kind: "replayed"; readonly decision: Decision }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Decides a request as the next link of the member's stream, or finds the decision that its key stands for already. */
export function decide(request: Request, stream: MemberStream, policy: Policy, moment: Moment): Ruling {
  const hash = requestHash(request);
  const earlier = stream.find(
    ({ clientId, idempotencyKey }) =>
      clientId === request.clientId && idempotencyKey === request.idempotencyKey,
  );
  if (earlier?.requestHash === hash) return { kind: "replayed", decision: earlier };
  if (earlier) return { kind: "refused", refusal: keyReused };
  const judged = judge(request, stream, policy, moment.now);
  if ("code" in judged) return { kind: "refused", refusal: judged };
  return { kind: "decided", decision: nextLink(request, hash, judged, stream, moment) };
}

/** Says nothing of the first request, which may be somebody else's under the same client. */
const keyReused = refuse(
  "IDEMPOTENCY_KEY_REUSED",
  ["idempotencyKey"],
  "idempotencyKey was used for another request of this member: send a new key, or the first request unchanged",
);

function nextLink(
  request: Request,
  hash: string,
  judged: Judged,
  stream: MemberStream,
  { now, id }: Moment,
): Decision {
  const last = stream.at(-1);
  const { kind, session, outcome, supersedes } = judged;
  return {
    ...outcome,
    id,
    kind,
    memberId: request.session.memberId,
    memberSequence: (last?.memberSequence ?? 0) + 1,
    decidedAt: last && last.decidedAt > now ? last.decidedAt : now,
    engineVersion,
    clientId: request.clientId,
    idempotencyKey: request.idempotencyKey,
    requestHash: hash,
    session,
    supersedes: supersedes && { id: supersedes.id, memberSequence: supersedes.memberSequence },
  };
}
