import { MemberRange, Period } from "../store/everyStream";
import { Tally } from "./tally";
import { VerifyTask } from "./verifyRange";

/** What is done with every member's stream. */
export type Task = ReplayTask | VerifyTask | { readonly kind: "rebuild" };

/** Replays the decisions of a period, or a share of them. */
export interface ReplayTask {
  readonly kind: "replay";
  readonly period: Period;
  /** Above 0 and up to 1. */
  readonly share: number;
}

/** Does a task for the members of a range. */
export type Visitor<Answer = Tally> = (range: MemberRange) => Promise<Answer>;
