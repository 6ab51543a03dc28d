import { Decision } from "../member/decision";
import { DecisionFilter } from "../store/decisionFilter";
import { countWithin, DecidedPlace, findDecided, hasDecided, Stretch } from "../store/decisionSearch";
import { answering } from "./answering";
import { Service } from "./service";

export type { DecidedPlace, DecisionFilter };

/** A part of the list of the decisions that meet a filter. */
export interface Search {
  readonly filter: DecisionFilter;
  readonly isNewestFirst: boolean;
  /** Only what follows a place, and only what is before one. */
  readonly after?: DecidedPlace;
  readonly before?: DecidedPlace;
  /** So many from the beginning of that, or from its end. */
  readonly size: number;
  readonly isFromEnd: boolean;
}

export interface SearchPage {
  /** In the order of the list. */
  readonly decisions: readonly Decision[];
  readonly hasNext: () => Promise<boolean>;
  readonly hasPrevious: () => Promise<boolean>;
}

/** What it costs to look behind a page is only spent where it is asked for. */
export async function searchDecisions(search: Search, { database }: Service): Promise<SearchPage> {
  const { filter, after, before, size, isFromEnd } = search;
  const found = await answering(
    findDecided(database, filter, stretchOf(search), isFromEnd !== search.isNewestFirst, size + 1),
  );
  const decisions = found.slice(0, size);
  if (isFromEnd) decisions.reverse();
  const hasMore = found.length > size;
  const isAnyAt = async (place: DecidedPlace | undefined, side: "after" | "before") =>
    place !== undefined &&
    answering(
      hasDecided(database, filter, {
        ...stretchOf({ ...search, ...outside(place, side) }),
        isInclusive: true,
      }),
    );
  return {
    decisions,
    hasNext: async () => (!isFromEnd && hasMore) || isAnyAt(before, "after"),
    hasPrevious: async () => (isFromEnd && hasMore) || isAnyAt(after, "before"),
  };
}

/** How many decisions meet a filter; null where that cannot be counted within half a second. */
export async function countDecisions(filter: DecisionFilter, { database }: Service): Promise<number | null> {
  return answering(countWithin(database, filter, countMilliseconds));
}

const countMilliseconds = 500;

/** Between two places in time. */
function stretchOf({ after, before, isNewestFirst }: Search): Stretch {
  return isNewestFirst ? { newerThan: before, olderThan: after } : { newerThan: after, olderThan: before };
}

/** What lies on a side of a place, and at it. */
function outside(place: DecidedPlace, side: "after" | "before"): Pick<Search, "after" | "before"> {
  return { after: undefined, before: undefined, [side]: place };
}
