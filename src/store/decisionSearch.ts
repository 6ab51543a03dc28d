import { Decision } from "../member/decision";
import { conditionOf, DecisionFilter } from "./decisionFilter";
import { isCanceled } from "./failure";
import { Queryable } from "./queryable";
import { parseRecord } from "./record";
import { keysFrom } from "./searchKeys";
import { DecidedPlace, Stretch } from "./stretch";

export type { DecidedPlace, Stretch };

/** The newest or the oldest of the decisions that meet a filter and lie in a stretch. */
export async function findDecided(
  database: Queryable,
  filter: DecisionFilter,
  stretch: Stretch,
  isNewestFirst: boolean,
  limit: number,
): Promise<Decision[]> {
  const direction = isNewestFirst ? "desc" : "asc";
  const { text, parameters } = keysFrom(filter, stretch, direction, limit);
  const rows = await database.query<{ record: string }[]>(
    `${text}
select d.record
  from key
  join decision d on d.id = key.id and d.decided_at = key.decided_at
 order by d.decided_at ${direction}, d.id ${direction}`,
    [...parameters],
  );
  return rows.map(({ record }) => parseRecord(record));
}

/** Whether any decision in a stretch meets a filter. */
export async function hasDecided(
  database: Queryable,
  filter: DecisionFilter,
  stretch: Stretch,
): Promise<boolean> {
  // It begins at the place: most likely the very decision there is the one.
  const direction = stretch.newerThan ? "asc" : "desc";
  const { text, parameters } = keysFrom(filter, stretch, direction, 1);
  const rows = await database.query<unknown[]>(`${text}\nselect from key`, [...parameters]);
  return rows.length > 0;
}

/** How many decisions meet a filter; null where the database needs longer than it may to tell. */
export async function countFound(database: Queryable, filter: DecisionFilter): Promise<number | null> {
  const { text, parameters } = conditionOf(filter);
  try {
    const [{ count }] = await database.query<{ count: string }[]>(
      `select count(*) as count from decision d where ${text}`,
      [...parameters],
    );
    return Number(count);
  } catch (error) {
    if (isCanceled(error)) return null;
    throw error;
  }
}
