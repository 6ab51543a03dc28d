import pg from "pg";
import { QueryRunner } from "typeorm";
import { Deadline } from "../deadline";
import { Database } from "./dataSource";
import { isConnectionSpoilt } from "./failure";

/** No statement was sent: there was no time left for it, or nobody waits for it any more. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  readonly code = "OUT_OF_TIME";

  constructor() {
    super("there is no time left for the statement");
  }
}

/** Of connections that are lent for work that has a deadline. */
const deadlines = new WeakMap<pg.Client, Deadline>();

/** The same database for work that has a deadline: each connection keeps it for as long as it is lent. */
export function databaseUntil(deadline: Deadline, database: Database): Database {
  const createQueryRunner = (): QueryRunner => keptBy(deadline, database.createQueryRunner());
  const bound: Database = Object.create(database, { createQueryRunner: { value: createQueryRunner } });
  // Repositories ask the manager for their connections.
  return Object.defineProperty(bound, "manager", { get: () => bound.createEntityManager() });
}

function keptBy(deadline: Deadline, queryRunner: QueryRunner): QueryRunner {
  const { connect, release } = queryRunner;
  let lent: pg.Client | undefined;
  return Object.assign(queryRunner, {
    connect: async (): Promise<unknown> => {
      const client: pg.Client = await connect.call(queryRunner);
      deadlines.set((lent = client), deadline);
      return client;
    },
    release: (): Promise<void> => {
      if (lent) deadlines.delete(lent);
      return release.call(queryRunner);
    },
  });
}

/**
 * From now on the connection keeps the deadline of the work that it is lent for. Where that passes while the
 * database is silent, the connection is destroyed: the pool gets room for a better one, and no reply can come
 * to the wrong statement. A statement whose time is over before it is sent is not sent. A connection on which
 * nothing can succeed any more is ended too.
 */
export function keepDeadlines(client: pg.Client): void {
  client.query = new Proxy(client.query, {
    apply: (_, __, given) => {
      const left = deadlines.get(client)?.millisecondsLeft();
      if (left === 0) return refuse(client);
      const answer: unknown = Reflect.apply(pg.Client.prototype.query, client, given);
      if (!(answer instanceof Promise)) return answer;
      endWhenSpoilt(client, answer);
      if (left !== undefined) endWhenLate(client, answer, left);
      return answer;
    },
  });
}

/** The connection may be in the middle of a transaction, which must not be the next one's. */
function refuse(client: pg.Client): Promise<never> {
  if (client.getTransactionStatus() !== "I") void client.end();
  return Promise.reject(new OutOfTime());
}

function endWhenSpoilt(client: pg.Client, answer: Promise<unknown>): void {
  answer.catch((error: unknown) => {
    if (isConnectionSpoilt(error)) void client.end();
  });
}

function endWhenLate(client: pg.Client, answer: Promise<unknown>, milliseconds: number): void {
  const timer = setTimeout(() => void client.end(), milliseconds);
  const settle = (): void => clearTimeout(timer);
  answer.then(settle, settle);
}
