import { monitorEventLoopDelay } from "node:perf_hooks";
import { RequestFault } from "./errors";
import type { httpLimits } from "./limitedServer";

const windowMs = 500;
const sampleMs = 20;
/** One client may have no more than this share of all that is in flight. */
const shareOfClient = 0.75;
/** Made once: writing down where each was thrown costs more than all else of a refusal. */
export const overloaded = new RequestFault("UNAVAILABLE");

type AdmissionLimits = Pick<typeof httpLimits, "inFlight" | "loopDelayMs">;

/** Turns requests away early while the service has more to do than it can. */
export interface Admission {
  readonly isOpen: () => boolean;
  /** Whether a request that just began is refused, before anything is done for it; if so, it is counted. */
  readonly turnsAway: () => boolean;
  /** Serves a client's request whose body is here; throws where too many are in flight. */
  readonly admit: <T>(clientId: string, serve: () => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/**
 * A request counts as in flight from the end of its body on: a caller that sends slowly takes no place. A
 * slow loop refuses only where requests are in flight: a caller who is alone did not make it slow. Twice a
 * second it tells how many were turned away: to tell of each would cost more than the refusal.
 */
export function openAdmission(
  { inFlight: mostInFlight, loopDelayMs: mostLoopDelayMs }: AdmissionLimits,
  tellTurnedAway: (requests: number) => void,
): Admission {
  const turnedAway = tally(tellTurnedAway);
  const loop = watchLoop(turnedAway.tell);
  const ofClients = new Map<string, number>();
  let inFlight = 0;
  const isOpen = (): boolean => {
    const isSlow = inFlight > 0 && loop.delayMs() > mostLoopDelayMs;
    return inFlight < mostInFlight && !isSlow;
  };
  return {
    isOpen,
    turnsAway: () => {
      if (isOpen()) return false;
      turnedAway.count();
      return true;
    },
    admit: async (clientId, serve) => {
      if (!isOpen()) throw overloaded;
      const ofClient = ofClients.get(clientId) ?? 0;
      if (ofClient >= mostInFlight * shareOfClient) throw overloaded;
      ofClients.set(clientId, ofClient + 1);
      inFlight += 1;
      try {
        return await serve();
      } finally {
        inFlight -= 1;
        const left = (ofClients.get(clientId) ?? 1) - 1;
        if (left > 0) ofClients.set(clientId, left);
        else ofClients.delete(clientId);
      }
    },
    close: () => {
      loop.close();
      turnedAway.tell();
    },
  };
}

/** Counts, and tells the sum from time to time. */
function tally(tell: (sum: number) => void) {
  let sum = 0;
  return {
    count: () => void (sum += 1),
    tell: () => {
      if (sum > 0) tell(sum);
      sum = 0;
    },
  };
}

/** The lesser of the median delays of the last two half seconds, since one long pause is no overload. */
function watchLoop(atWindowEnd: () => void): { readonly delayMs: () => number; readonly close: () => void } {
  const delays = monitorEventLoopDelay({ resolution: sampleMs });
  delays.enable();
  let [before, latest] = [0, 0];
  const timer = setInterval(() => {
    [before, latest] = [latest, delays.percentile(50) / 1e6];
    delays.reset();
    atWindowEnd();
  }, windowMs).unref();
  return {
    delayMs: () => Math.min(before, latest),
    close: () => {
      clearInterval(timer);
      delays.disable();
    },
  };
}
