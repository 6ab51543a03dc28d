import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import * as store from "../store/decisions";
import { failureOf } from "../store/failure";
import { Service } from "./service";
import { Unavailable } from "./unavailable";

/** The answer of the store; `Unavailable` where it cannot give one now. */
export async function answering<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw failureOf(error) === "fault" ? error : new Unavailable(error);
  }
}

/** The decisions with these ids, in their order; null where there is none. */
export async function decisionsById(
  ids: readonly string[],
  { database }: Service,
): Promise<(Decision | null)[]> {
  const found = await answering(store.findDecisions(database, ids.filter(isDecisionId)));
  const byId = new Map(found.map((decision) => [decision.id, decision]));
  return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
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

/** Part of a member's stream, newest first, and whether older decisions follow it. */
export interface StreamPage {
  readonly decisions: readonly Decision[];
  readonly hasMore: boolean;
}

export async function streamPage(
  memberId: string,
  beforeSequence: number | undefined,
  size: number,
  { database }: Service,
): Promise<StreamPage> {
  const decisions = await answering(store.readStreamBackwards(database, memberId, beforeSequence, size + 1));
  return { decisions: decisions.slice(0, size), hasMore: decisions.length > size };
}

export async function streamLength(memberId: string, { database }: Service): Promise<number> {
  return answering(store.streamLength(database, memberId));
}

const decisionId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Other texts are no ids of decisions, and PostgreSQL would refuse to compare them with one. */
function isDecisionId(text: string): boolean {
  return decisionId.test(text);
}

function placeKey(memberId: string, memberSequence: number | undefined): string {
  return `${memberSequence} ${memberId}`;
}
