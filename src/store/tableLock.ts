import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "./connection";

/** Whoever stores decisions meanwhile waits for the lock; they give up after two seconds. */
const lockWaitMilliseconds = 500;
const mostAttempts = 40;
const pauseMilliseconds = 250;
const lockNotAvailable = "55P03";

/**
 * Does something in a transaction while nobody else can change the tables, which are locked in their order;
 * tried again where a lock is not to be had.
 */
export async function underLock<T>(
  connection: Connection,
  tables: readonly string[],
  act: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.inTransaction(async () => {
        await connection.query(`set local lock_timeout = ${lockWaitMilliseconds}`);
        await connection.query(`lock table ${tables.join(", ")} in share row exclusive mode`);
        return act();
      });
    } catch (error) {
      if (!isLockTimeout(error) || attempt === mostAttempts) throw error;
      await delay(pauseMilliseconds);
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === lockNotAvailable;
}
