import fc from "fast-check";
import type {
  ClaimFrequency,
  ClaimSessionInput,
  HistoricalSessionInput,
  PolicyExceptionInput,
} from "../reference/contract";
import { claimed, idempotencyKey, imported, plainLine } from "./claims";
import { declared, lastDay } from "./exceptions";

/**
 * What happens to the one member M of a law. What was decided before is named by its place counted back from
 * the end: it is known only when the event happens. `inputs.ts` makes of it what the public contract takes.
 */
export type Event =
  | ({ readonly kind: "claim"; readonly idempotencyKey: string } & ClaimEvent)
  | ({ readonly kind: "preview" } & ClaimEvent)
  | { readonly kind: "import"; readonly input: HistoricalSessionInput }
  | ReviewEvent
  | { readonly kind: "exception"; readonly input: PolicyExceptionInput }
  | { readonly kind: "ending"; readonly exception: number; readonly effectiveTo: string }
  /** The same as an event before, to the letter. */
  | { readonly kind: "again"; readonly back: number };

export interface ClaimEvent {
  readonly session: ClaimSessionInput;
  /** What the claim corrects, in the way in which that is asked for. */
  readonly corrects?: {
    readonly frequency: ClaimFrequency;
    readonly back: number;
    readonly isOfSameDay: boolean;
  };
}

export interface ReviewEvent {
  readonly kind: "review";
  readonly idempotencyKey: string;
  readonly back: number;
  /** Lines of that decision by their place among its line numbers, counted round. */
  readonly lines: readonly { readonly line: number; readonly unitsAllowed: number }[];
}

/** The place of a decision, and of a line, that there is not. */
export const none = 99;

/** Any decision, counted round, or none; what was decided of late is more often still effective. */
const back = fc.constantFrom(1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 9, 11, 13, none);

const corrects = fc.record({
  frequency: fc.constantFrom("REPLACEMENT", "VOID"),
  back,
  isOfSameDay: fc.boolean(),
});

const unitsAllowed = fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 1, 2, 3, -1);
const reviewedLine = fc.record({ line: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 3, 4, none), unitsAllowed });

const review: fc.Arbitrary<ReviewEvent> = fc.record({
  kind: fc.constant("review" as const),
  idempotencyKey,
  back,
  lines: fc.oneof(
    { weight: 9, arbitrary: fc.tuple(reviewedLine) },
    { weight: 2, arbitrary: fc.array(reviewedLine, { maxLength: 3 }) },
  ),
});

const ending = fc.record({
  kind: fc.constant("ending" as const),
  exception: fc.constantFrom(1, 1, 1, 2, 3),
  effectiveTo: lastDay,
});

/** Lumbar sessions that leave little room for more. */
const sessionsBefore = ["2024-08-31", "2024-12-31", "2025-01-31", "2025-03-01"].map((date) => ({
  ...({ memberId: "M", claimNumber: `B-${date}`, claimType: "PROFESSIONAL", dateOfService: date } as const),
  ...{ billingProviderNpi: "1500000009", renderingProviderNpi: "1234567893" },
  lines: [plainLine("62323", 1)],
}));
const loadedBefore = sessionsBefore.map((before, place): Event => {
  const idempotencyKey = `before-${place}`;
  return { kind: "import", input: { ...before, sourceSystem: "LEGACY", idempotencyKey } };
});
const claimedBefore = sessionsBefore.map((before, place): Event => {
  const about = { lineOfBusiness: "MEDICAID", stateOfService: "TX", placeOfService: "11" } as const;
  return { kind: "claim", idempotencyKey: `before-${place}`, session: { ...before, ...about } };
});

const original = fc.record({ kind: fc.constant("claim" as const), idempotencyKey, session: claimed });
const correction = fc.record({
  kind: fc.constant("claim" as const),
  idempotencyKey,
  session: claimed,
  corrects,
});
const imports = fc.record({ kind: fc.constant("import" as const), input: imported });
const exceptions = fc.record({ kind: fc.constant("exception" as const), input: declared });

/** Some exceptions are older than the member, and most members have a history. */
export const atFirst: fc.Arbitrary<readonly Event[]> = fc
  .tuple(
    fc.array(exceptions, { maxLength: 2 }),
    fc.constantFrom([], loadedBefore.slice(1), claimedBefore.slice(1), claimedBefore),
  )
  .map(([earlier, before]) => [...earlier, ...before]);

const again = fc.record({ kind: fc.constant("again" as const), back: fc.constantFrom(1, 2, 3) });
const preview = fc.record(
  { kind: fc.constant("preview" as const), session: claimed, corrects },
  { requiredKeys: ["kind", "session"] },
);

/** Reviewers who overrule each other, and so open and close what depends on the decision. */
const dispute = fc
  .record({ back, line: fc.constantFrom(0, 0, 0, 1), keys: fc.tuple(idempotencyKey, idempotencyKey) })
  .map(({ back: first, line: disputed, keys: [one, other] }) =>
    [1, 0, 1, 0].map(
      (units, place): Event => ({
        ...{ kind: "review", back: place === 0 ? first : 1 },
        idempotencyKey: `${one}-${other}-${place}`,
        lines: [{ line: disputed, unitsAllowed: units }],
      }),
    ),
  );

/** What happens together. */
export const happening: fc.Arbitrary<readonly Event[]> = fc.oneof(
  ...[
    { weight: 20, arbitrary: original },
    { weight: 9, arbitrary: correction },
    { weight: 4, arbitrary: imports },
    { weight: 8, arbitrary: review },
    { weight: 2, arbitrary: exceptions },
    { weight: 1, arbitrary: ending },
    { weight: 2, arbitrary: preview },
    { weight: 1, arbitrary: again },
  ].map(({ weight, arbitrary }) => ({ weight, arbitrary: fc.tuple<[Event]>(arbitrary) })),
  { weight: 1, arbitrary: dispute },
);
