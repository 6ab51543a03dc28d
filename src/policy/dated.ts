import { PlainDate } from "../claim/plainDate";

/** Where a piece of policy is written: a document of `documents.ts`, and the place inside it. */
export interface Citation {
  readonly documentId: string;
  readonly section: string;
}

/** A value with the date of service from which it holds, and where that is written. */
export interface Entry<T> {
  readonly effectiveFrom: PlainDate;
  readonly value: T;
  readonly cites: readonly [Citation, ...Citation[]];
}

/** Newest first. There are no end dates: an entry holds until a newer one does. */
export type Dated<T> = readonly [Entry<T>, ...Entry<T>[]];

/** The newest of the entries whose effective date is not after the date; never another one in its place. */
export function inForce<T extends { readonly effectiveFrom: PlainDate }>(
  newestFirst: readonly T[],
  on: PlainDate,
): T | undefined {
  return newestFirst.find((entry) => entry.effectiveFrom <= on);
}
