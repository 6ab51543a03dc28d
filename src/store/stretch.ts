import { Instant } from "../claim/instant";
import { DecisionFilter } from "./decisionFilter";

/** A place among all decisions: by the time of deciding, those of one millisecond by their id. */
export interface DecidedPlace {
  readonly decidedAt: Instant;
  readonly id: string;
}

/** What lies between two places: without them, unless they are meant too. */
export interface Stretch {
  readonly newerThan?: DecidedPlace;
  readonly olderThan?: DecidedPlace;
  readonly isInclusive?: boolean;
}

/** Adds a value to the parameters of a statement, and answers its place there. */
export type Place = (value: unknown) => string;

/** What bounds a walk along the time of deciding; that of the filter is among its conditions, too. */
export function boundsOf(
  { decidedFrom, decidedBefore }: DecisionFilter,
  { newerThan, olderThan, isInclusive }: Stretch,
  place: Place,
): string[] {
  const orEqual = isInclusive ? "=" : "";
  const placeIn = ({ decidedAt, id }: DecidedPlace) =>
    `(${place(decidedAt)}::timestamptz, ${place(id)}::uuid)`;
  return [
    ...(decidedFrom ? [`d.decided_at >= ${place(decidedFrom)}::timestamptz`] : []),
    ...(decidedBefore ? [`d.decided_at < ${place(decidedBefore)}::timestamptz`] : []),
    ...(newerThan ? [`(d.decided_at, d.id) >${orEqual} ${placeIn(newerThan)}`] : []),
    ...(olderThan ? [`(d.decided_at, d.id) <${orEqual} ${placeIn(olderThan)}`] : []),
  ];
}
