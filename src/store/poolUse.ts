import pg from "pg";
import { PostgresDriver } from "typeorm/driver/postgres/PostgresDriver";
import { Database } from "./dataSource";

/** The connections of a process. */
export interface PoolUse {
  readonly total: number;
  readonly idle: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

export function poolUse({ driver }: Database): PoolUse {
  if (!(driver instanceof PostgresDriver)) throw new Error("the database is not PostgreSQL");
  const pool: pg.Pool | undefined = driver.master;
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}
