import { deadlineIn, type Deadline } from "../deadline";
import { RequestFault } from "./errors";
import type { Exchange } from "./exchange";

/** So much later than its last statement may end, a request is answered, whatever it still waits for. */
export const graceMs = 500;

/**
 * What comes of it within the time; else `UNAVAILABLE`. Work that nobody waits for any more, because the
 * caller hung up or was answered, sends no further statement to the database.
 */
export async function inTime<T>(
  { outgoing }: Exchange,
  milliseconds: number,
  act: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const isGivenUp = (): boolean => outgoing.destroyed || outgoing.writableEnded;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RequestFault("UNAVAILABLE")), milliseconds + graceMs);
  });
  try {
    return await Promise.race([act(deadlineIn(milliseconds, isGivenUp)), late]);
  } finally {
    clearTimeout(timer);
  }
}
