import { DecidedSession, Decision, DecisionKind, Outcome, Review } from "../member/decision";

/** A request that can be decided, and what comes of it. */
export interface Judged {
  readonly kind: DecisionKind;
  readonly session: DecidedSession;
  readonly outcome: Outcome;
  readonly supersedes?: Decision;
  readonly review?: Review;
}
