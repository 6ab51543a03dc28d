import { instantToTheMillisecond } from "./calendar";
import type { Decision, SubmissionPayload, UserError } from "./contract";
import type { Undated } from "./deciding";
import { refusal } from "./refusals";

/* What has been recorded: decisions in the order in which they were made, each with the key that it binds. */

export interface KeyUse {
  memberId: string;
  client: string;
  idempotencyKey: string;
  request: string;
}
export interface Recorded extends KeyUse {
  decision: Decision;
}

export const refused = (userErrors: UserError[]): SubmissionPayload => ({
  decision: null,
  userErrors,
  replayed: false,
});
export const decided = (decision: Decision, replayed: boolean): SubmissionPayload => ({
  decision,
  userErrors: [],
  replayed,
});

/** A member's stream, or what had been recorded of it at or before an instant. */
export function streamOf(recorded: Recorded[], memberId: string, asKnownAt?: string): Decision[] {
  const until = asKnownAt === undefined ? null : instantToTheMillisecond(asKnownAt);
  return recorded
    .map((record) => record.decision)
    .filter((decision) => decision.memberId === memberId && (until === null || decision.decidedAt <= until));
}

/** The replay of the decision that bound the key, or the refusal of a second use; null if the key is free. */
export function answerToKey(recorded: Recorded[], use: KeyUse): SubmissionPayload | null {
  const used = recorded.find(
    (record) =>
      record.memberId === use.memberId &&
      record.client === use.client &&
      record.idempotencyKey === use.idempotencyKey,
  );
  if (used === undefined) return null;
  return used.request === use.request
    ? decided(used.decision, true)
    : refused([refusal("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]);
}

/** The next decision of a member's stream; its instant is never before that of the one before. */
export function nextDecision(stream: Decision[], undated: Undated, now: string): Decision {
  const memberSequence = stream.length + 1;
  const instants = [instantToTheMillisecond(now), stream.at(-1)?.decidedAt ?? ""].sort();
  return {
    ...undated,
    id: `${undated.memberId} ${memberSequence}`,
    memberSequence,
    decidedAt: instants.at(-1) ?? "",
  };
}
