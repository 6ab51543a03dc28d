import { Decision } from "../member/decision";
import { DecisionFilter } from "../store/decisionFilter";
import { countFound, DecidedPlace, findDecided, hasDecided, Stretch } from "../store/decisionSearch";
import { isCanceled } from "../store/failure";
import { Queryable } from "../store/queryable";
import { withStatementLimit } from "../store/transaction";
import { answering } from "./answering";
import { Service } from "./service";
import { TooSlow } from "./tooSlow";

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

/**
 * What it costs to look behind a page is only spent where it is asked for. Throws `TooSlow` where too much
 * would have to be read for the filter.
 */
export async function searchDecisions(search: Search, service: Service): Promise<SearchPage> {
  const { filter, after, before, size, isFromEnd } = search;
  const found = await searching(service, searchMilliseconds, (database) =>
    findDecided(database, filter, stretchOf(search), isFromEnd !== search.isNewestFirst, size + 1),
  );
  const decisions = found.slice(0, size);
  if (isFromEnd) decisions.reverse();
  const hasMore = found.length > size;
  const isAnyAt = async (place: DecidedPlace | undefined, side: "after" | "before") =>
    place !== undefined &&
    searching(service, searchMilliseconds, (database) =>
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
export async function countDecisions(filter: DecisionFilter, service: Service): Promise<number | null> {
  return searching(service, countMilliseconds, (database) => countFound(database, filter));
}

export const countMilliseconds = 500;
export const searchMilliseconds = 2_000;

/** Searches have their own lane: what few decisions meet may have to be looked for among all. */
async function searching<T>(
  { database, searchLane }: Service,
  milliseconds: number,
  search: (database: Queryable) => Promise<T>,
): Promise<T> {
  const found = searchLane.run(() => search(withStatementLimit(database, milliseconds)));
  return answering(
    found.catch((error: unknown) => {
      throw isCanceled(error) ? new TooSlow() : error;
    }),
  );
}

/** Between two places in time. */
function stretchOf({ after, before, isNewestFirst }: Search): Stretch {
  return isNewestFirst ? { newerThan: before, olderThan: after } : { newerThan: after, olderThan: before };
}

/** What lies on a side of a place, and at it. */
function outside(place: DecidedPlace, side: "after" | "before"): Pick<Search, "after" | "before"> {
  return { after: undefined, before: undefined, [side]: place };
}
