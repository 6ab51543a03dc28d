import { deadlineIn } from "../deadline";
import { databaseUntil } from "../store/impatience";
import { Queryable } from "../store/queryable";
import { withStatementLimit } from "../store/transaction";
import { Service } from "./service";

/** A page that few decisions belong to may have to be looked for among all. */
const statementMilliseconds = 60_000;
/** So long a page may wait for its turn and be read; what still does not answer then is given up. */
const pageMilliseconds = 2 * statementMilliseconds;

/**
 * Statements may take longer than those that a client waits for at a screen, but share the searches' lane.
 * None keeps a connection while the client takes what it got.
 */
export function patientReads({ database, searchLane }: Service): Queryable {
  return {
    query: <T>(text: string, parameters?: unknown[]) => {
      const timely = databaseUntil(deadlineIn(pageMilliseconds), database);
      const patient = withStatementLimit(timely, statementMilliseconds);
      return searchLane.run(() => patient.query<T>(text, parameters));
    },
  };
}
