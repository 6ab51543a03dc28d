import { Unavailable } from "./unavailable";

/** A part of the database's connections, for work that may take long: the others stay free of it. */
export interface Lane {
  /** Runs the task as soon as fewer than the lane's tasks run; throws `Unavailable` where too many wait. */
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
}

export function lane(mostRunning: number, mostWaiting: number): Lane {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    run: async (task) => {
      if (running < mostRunning) running += 1;
      else if (waiting.length >= mostWaiting) throw new Unavailable("lane full");
      // Whoever leaves hands the place over: nobody gets in between.
      else await new Promise<void>((enter) => waiting.push(enter));
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
