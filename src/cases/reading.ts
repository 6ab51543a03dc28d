import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import * as store from "../store/decisions";
import { purgedAmong } from "../store/purges";
import { answering } from "./answering";
import { DecisionPurged } from "./decisionPurged";
import { Service } from "./service";

/** The decisions with these ids, in their order; null where there is none. Those erased are told apart. */
export async function decisionsById(
  ids: readonly string[],
  { database }: Service,
): Promise<(Decision | DecisionPurged | null)[]> {
  const wanted = ids.filter(isDecisionId).map((id) => id.toLowerCase());
  const found = await answering(store.findDecisions(database, wanted));
  const byId = new Map(found.map((decision) => [decision.id, decision]));
  const missing = wanted.filter((id) => !byId.has(id));
  const purged = missing.length > 0 ? await answering(purgedAmong(database, missing)) : new Set<string>();
  return ids.map((id) => {
    const known = id.toLowerCase();
    return byId.get(known) ?? (purged.has(known) ? new DecisionPurged() : null);
  });
}

/** What became of a submission under a key of this client; null also where the key is another client's. */
export async function decisionByIdempotencyKey(
  memberId: string,
  clientId: string,
  idempotencyKey: string,
  { database }: Service,
): Promise<Decision | null> {
  return (await answering(store.findDecisionByKey(database, { memberId, clientId, idempotencyKey }))) ?? null;
}

/** For each decision the one that supersedes it, in the same order; null where it is effective. */
export async function successorsOf(
  decisions: readonly Decision[],
  { database }: Service,
): Promise<(Decision | null)[]> {
  const successors = await answering(store.findSuccessors(database, decisions));
  const byPlace = new Map(
    successors.map((successor) => [
      placeKey(successor.memberId, successor.supersedes?.memberSequence),
      successor,
    ]),
  );
  return decisions.map(
    ({ memberId, memberSequence }) => byPlace.get(placeKey(memberId, memberSequence)) ?? null,
  );
}

export async function memberStream(memberId: string, { database }: Service): Promise<MemberStream> {
  return answering(store.readStream(database, memberId));
}

/** Whether the database's clock has reached an instant: what was known then can be said only from then on. */
export async function hasPassed(instant: Instant, { database }: Service): Promise<boolean> {
  return instant <= (await answering(store.databaseTime(database)));
}

/** Part of a member's stream, newest first, and whether older decisions follow it. */
export interface StreamPage {
  readonly decisions: readonly Decision[];
  readonly hasMore: boolean;
}

/** Before a sequence, and as known at an instant, where they are given. */
export interface StreamBounds {
  readonly beforeSequence?: number;
  readonly knownAt?: Instant;
}

export async function streamPage(
  memberId: string,
  { beforeSequence, knownAt }: StreamBounds,
  size: number,
  { database }: Service,
): Promise<StreamPage> {
  const decisions = await answering(
    store.readStreamBackwards(database, memberId, beforeSequence, size + 1, knownAt),
  );
  return { decisions: decisions.slice(0, size), hasMore: decisions.length > size };
}

export async function streamLength(
  memberId: string,
  knownAt: Instant | undefined,
  { database }: Service,
): Promise<number> {
  return answering(store.streamLength(database, memberId, knownAt));
}

const decisionId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Other texts are no ids of decisions, and PostgreSQL would refuse to compare them with one. */
export function isDecisionId(text: string): boolean {
  return decisionId.test(text);
}

function placeKey(memberId: string, memberSequence: number | undefined): string {
  return `${memberSequence} ${memberId}`;
}
