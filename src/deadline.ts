/** How long work may go on, and whether anybody still waits for it. */
export interface Deadline {
  /** 0 also where nobody waits any more. */
  readonly millisecondsLeft: () => number;
}

/** So long work on a request goes on, waits for its turn included; then it is given up. */
export const requestMilliseconds = 8_000;

/** So long from now on by a clock that only runs forward. */
export function deadlineIn(
  milliseconds: number,
  isGivenUp: () => boolean = () => false,
  now: () => number = () => performance.now(),
): Deadline {
  const endsAt = now() + milliseconds;
  return { millisecondsLeft: () => (isGivenUp() ? 0 : Math.max(0, endsAt - now())) };
}

/** Whichever of the two ends before. */
export function sooner(one: Deadline, other?: Deadline): Deadline {
  if (other === undefined) return one;
  return { millisecondsLeft: () => Math.min(one.millisecondsLeft(), other.millisecondsLeft()) };
}
