import pg from "pg";
import { millisecondsLeft } from "../deadline";

/** No statement was sent: there was no time left for it, or nobody waits for it any more. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  readonly code = "OUT_OF_TIME";

  constructor() {
    super("there is no time left for the statement");
  }
}

/**
 * From now on the connection keeps the deadlines of the requests that use it. Where a deadline passes while
 * the database is silent, the connection is destroyed: the pool gets room for a better one, and no reply can
 * come to the wrong statement. A statement whose time is over before it is sent is not sent.
 */
export function keepDeadlines(client: pg.Client): void {
  client.query = new Proxy(client.query, {
    apply: (_, __, given) => {
      const left = millisecondsLeft();
      if (left === 0) return refuse(client);
      const answer: unknown = Reflect.apply(pg.Client.prototype.query, client, given);
      if (left !== undefined && answer instanceof Promise) endWhenLate(client, answer, left);
      return answer;
    },
  });
}

/** The connection may be in the middle of a transaction, which must not be the next one's. */
function refuse(client: pg.Client): Promise<never> {
  if (client.getTransactionStatus() !== "I") void client.end();
  return Promise.reject(new OutOfTime());
}

function endWhenLate(client: pg.Client, answer: Promise<unknown>, milliseconds: number): void {
  const timer = setTimeout(() => void client.end(), milliseconds);
  const settle = (): void => clearTimeout(timer);
  answer.then(settle, settle);
}
