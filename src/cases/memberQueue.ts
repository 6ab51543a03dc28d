import { Unavailable } from "./unavailable";

/**
 * Submissions of one member wait for each other inside a process, so that they do not race each other to the
 * database. Correctness rests on the database alone; this only spares retries.
 */
export interface MemberQueue {
  /** Runs the task when all earlier tasks of any of these members are done. */
  readonly run: <T>(memberIds: readonly string[], task: () => Promise<T>) => Promise<T>;
}

/** Tasks of one member that may wait at once; one more is told to come again. */
export const mostWaiting = 100;

export function memberQueue(): MemberQueue {
  const lastTasks = new Map<string, Promise<void>>();
  const waiting = new Map<string, number>();
  return {
    run: async (memberIds, task) => {
      const members = [...new Set(memberIds)];
      if (members.some((memberId) => (waiting.get(memberId) ?? 0) >= mostWaiting))
        throw new Unavailable("queue full");
      members.forEach((memberId) => waiting.set(memberId, (waiting.get(memberId) ?? 0) + 1));
      const earlier = members.map((memberId) => lastTasks.get(memberId));
      let leave = (): void => undefined;
      const done = new Promise<void>((resolve) => (leave = resolve));
      // All queues are joined in this one synchronous step: two batches over the same members cannot wait for
      // each other.
      members.forEach((memberId) => lastTasks.set(memberId, done));
      await Promise.all(earlier);
      try {
        return await task();
      } finally {
        for (const memberId of members) {
          if (lastTasks.get(memberId) === done) lastTasks.delete(memberId);
          const left = (waiting.get(memberId) ?? 0) - 1;
          if (left > 0) waiting.set(memberId, left);
          else waiting.delete(memberId);
        }
        leave();
      }
    },
  };
}
