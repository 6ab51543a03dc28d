import { AsyncLocalStorage } from "node:async_hooks";

/** How long a request may go on, and whether anybody still waits for it. */
interface Deadline {
  /** On the clock that only runs forward, in milliseconds. */
  readonly endsAt: number;
  readonly isGivenUp: () => boolean;
}

const deadlines = new AsyncLocalStorage<Deadline>();

/** All that is done in it has so long, or less where it is part of something that ends before. */
export function withDeadline<T>(
  milliseconds: number,
  act: () => T,
  isGivenUp: () => boolean = () => false,
): T {
  const outer = deadlines.getStore();
  const endsAt = Math.min(performance.now() + milliseconds, outer?.endsAt ?? Infinity);
  return deadlines.run({ endsAt, isGivenUp: () => isGivenUp() || outer?.isGivenUp() === true }, act);
}

/** How long there is still time; 0 also where nobody waits any more; undefined outside of any deadline. */
export function millisecondsLeft(): number | undefined {
  const deadline = deadlines.getStore();
  if (deadline === undefined) return undefined;
  return deadline.isGivenUp() ? 0 : Math.max(0, deadline.endsAt - performance.now());
}
