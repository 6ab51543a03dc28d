import type {
  ClaimSessionInput,
  HistoricalSessionInput,
  PolicyExceptionInput,
  ReviewLineInput,
} from "../reference/contract";
import { ClaimEvent, Event, none, ReviewEvent } from "./events";

/** What is asked of the service, as the public contract has it, but for ids: these are places, from 1. */
export type Input =
  | { readonly kind: "claim"; readonly idempotencyKey: string; readonly session: ClaimSessionInput }
  | { readonly kind: "preview"; readonly session: ClaimSessionInput }
  | { readonly kind: "import"; readonly input: HistoricalSessionInput }
  | ReviewInput
  | { readonly kind: "exception"; readonly input: PolicyExceptionInput }
  | { readonly kind: "ending"; readonly exception: number; readonly effectiveTo: string };

export interface ReviewInput {
  readonly kind: "review";
  readonly idempotencyKey: string;
  readonly memberSequence: number;
  readonly lines: ReviewLineInput[];
}

/** A decision as far as a later event needs to know it. */
interface Decided {
  readonly memberSequence: number;
  readonly session: { readonly claimNumber: string; readonly dateOfService: string };
  readonly lines: readonly { readonly lineNumber: number }[];
}

/** What an event asks once these decisions are on the stream and these inputs were sent. */
export function inputOf(event: Event, stream: readonly Decided[], sent: readonly Input[]): Input | undefined {
  switch (event.kind) {
    case "again":
      return sent.at(-event.back);
    case "review":
      return reviewInput(event, stream);
    case "claim":
    case "preview": {
      const { corrects, ...rest } = event;
      return { ...rest, session: corrected(event, stream) };
    }
    default:
      return event;
  }
}

function countedBack(stream: readonly Decided[], back: number): Decided | undefined {
  return back === none ? undefined : stream.at(-1 - ((back - 1) % stream.length));
}

function corrected({ session, corrects }: ClaimEvent, stream: readonly Decided[]): ClaimSessionInput {
  const original = corrects && countedBack(stream, corrects.back);
  if (!corrects || !original) return session;
  const { frequency, isOfSameDay } = corrects;
  const { claimNumber, dateOfService } = original.session;
  const isVoid = frequency === "VOID";
  const ofSameDay = isOfSameDay || isVoid ? { dateOfService } : {};
  const originalDateOfService = isOfSameDay ? null : dateOfService;
  const lines = isVoid ? [] : session.lines;
  return {
    ...session,
    frequency,
    originalClaimNumber: claimNumber,
    originalDateOfService,
    ...ofSameDay,
    lines,
  };
}

function reviewInput(event: ReviewEvent, stream: readonly Decided[]): ReviewInput {
  const { kind, idempotencyKey, back, lines } = event;
  const reviewed = countedBack(stream, back);
  const numbers = (reviewed?.lines ?? [])
    .map(({ lineNumber }) => lineNumber)
    .sort((one, other) => one - other);
  const named = lines.map(({ line, unitsAllowed }) => {
    const isNone = line === none || numbers.length === 0;
    return { lineNumber: isNone ? none : numbers[line % numbers.length], unitsAllowed };
  });
  return { kind, idempotencyKey, memberSequence: reviewed?.memberSequence ?? none, lines: named };
}
