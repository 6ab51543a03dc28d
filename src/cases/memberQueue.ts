/**
 * Submissions of one member wait for each other inside a process, so that they do not race each other to the
 * database. Correctness rests on the database alone; this only spares retries.
 */
export interface MemberQueue {
  /** Runs the task when all earlier tasks of any of these members are done. */
  readonly run: <T>(memberIds: readonly string[], task: () => Promise<T>) => Promise<T>;
}

export function memberQueue(): MemberQueue {
  const lastTasks = new Map<string, Promise<void>>();
  return {
    run: async (memberIds, task) => {
      const members = [...new Set(memberIds)];
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
        members
          .filter((memberId) => lastTasks.get(memberId) === done)
          .forEach((memberId) => lastTasks.delete(memberId));
        leave();
      }
    },
  };
}
