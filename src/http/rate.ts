import { RequestFault } from "./errors";

export const secondsOfBurst = 2;
const mostClientsKept = 10_000;

/** How much each client may ask for: claim sessions, and other operations as one each. */
export interface Rate {
  /** Takes one for a request that arrives; throws where the client has none left. */
  readonly arrive: (clientId: string) => void;
  /** Takes what a request turns out to hold beyond one. It is served; the client waits for it afterwards. */
  readonly charge: (clientId: string, more: number) => void;
}

interface Bucket {
  left: number;
  at: number;
}

/**
 * A token bucket for each client. It may run into debt, so that whether a request is served is settled before
 * its body is read, and on average no client gets more than its rate. The clock is in milliseconds.
 */
export function openRate(perSecond: number, now: () => number): Rate {
  const buckets = new Map<string, Bucket>();
  const most = perSecond * secondsOfBurst;
  const fill = (clientId: string): Bucket => {
    const at = now();
    const { left, at: since } = buckets.get(clientId) ?? { left: most, at };
    const bucket = { left: Math.min(most, left + ((at - since) / 1_000) * perSecond), at };
    // The one that came last is kept longest.
    buckets.delete(clientId);
    buckets.set(clientId, bucket);
    const [longestAgo] = buckets.keys();
    if (longestAgo !== undefined && buckets.size > mostClientsKept) buckets.delete(longestAgo);
    return bucket;
  };
  return {
    arrive: (clientId) => {
      const bucket = fill(clientId);
      if (bucket.left < 1) throw rateLimited(Math.ceil((1 - bucket.left) / perSecond));
      bucket.left -= 1;
    },
    charge: (clientId, more) => {
      fill(clientId).left -= more;
    },
  };
}

function rateLimited(seconds: number): RequestFault {
  return new RequestFault("RATE_LIMITED", { headers: { "retry-after": String(seconds) } });
}
