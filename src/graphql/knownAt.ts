import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { asKnownAt, MemberStream } from "../member/stream";
import { ExceptionRegister, registerKnownAt } from "../policy/exceptionRegister";

/** What is shown as it was known at an instant, with all that is reached from it; without one, as now. */
export interface View {
  readonly knownAt?: Instant;
}

export interface MemberView extends View {
  readonly id: string;
}

export type DecisionView = Decision & View;

export function viewOf(decision: Decision, { knownAt }: View): DecisionView {
  return knownAt === undefined ? decision : { ...decision, knownAt };
}

/** The decision in the view, or null where it was not known yet. */
export function viewIfKnown(decision: Decision | null, view: View): DecisionView | null {
  if (!decision || (view.knownAt !== undefined && decision.decidedAt > view.knownAt)) return null;
  return viewOf(decision, view);
}

export function streamIn({ knownAt }: View, stream: MemberStream): MemberStream {
  return knownAt === undefined ? stream : asKnownAt(stream, knownAt);
}

export function registerIn({ knownAt }: View, register: ExceptionRegister): ExceptionRegister {
  return knownAt === undefined ? register : registerKnownAt(register, knownAt);
}
