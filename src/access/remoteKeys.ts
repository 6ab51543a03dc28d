import { type KeySet, KeySetUnread, keysFrom, readKeySet } from "./keySet";
import type { KeySource } from "./verifyToken";

const cachedMs = 10 * 60_000;
const keptMs = 60 * 60_000;
const coolDownMs = 30_000;
/** Without a key nobody can be answered, so the next attempt is made sooner. */
const retrySeconds = 5;
const timeoutMs = 5_000;

/** Nobody can tell now whether a token is good. The code says why, in a word fit for a log. */
export class KeysUnavailable extends Error {
  readonly retryAfterSeconds = retrySeconds;

  constructor(readonly code: string) {
    super("the keys of the issuer are not at hand");
    this.name = "KeysUnavailable";
  }
}

export interface RemoteKeys {
  readonly url: URL;
  readonly now: () => Date;
  /** Told of each attempt that failed, by a code. */
  readonly onFailure: (code: string) => void;
  readonly timeoutMs?: number;
}

/**
 * The keys at an address: read when first needed, again after ten minutes and, at most each half minute, for
 * a kid that is not among them. While the issuer is out, the keys last read serve for an hour. jose's own
 * remote set knows no clock but the system's, and no pause after an attempt that failed.
 */
export function remoteKeys(of: RemoteKeys): KeySource {
  const readings = keyReadings(of);
  return async (header) => {
    if (!readings.areYoungerThan(cachedMs)) {
      const reading = readings.readAgain(readings.areYoungerThan(keptMs) ? coolDownMs : retrySeconds * 1_000);
      // In an outage nobody waits for an attempt while the old keys serve.
      if (readings.failure() === undefined || !readings.areYoungerThan(keptMs)) await reading;
    }
    if (!readings.areYoungerThan(keptMs)) throw new KeysUnavailable(readings.failure() ?? "TOO_OLD");
    const keys = await readings.keysFor(header);
    if (keys.length > 0) return keys;
    await readings.readAgain(coolDownMs);
    const newKeys = await readings.keysFor(header);
    const failure = readings.failure();
    // The key may be one that the issuer has made since: not for us to call the token bad.
    if (newKeys.length === 0 && failure !== undefined) throw new KeysUnavailable(failure);
    return newKeys;
  };
}

interface KeyReadings {
  readonly areYoungerThan: (ms: number) => boolean;
  readonly keysFor: KeySource;
  /** Of the last attempt that ended. */
  readonly failure: () => string | undefined;
  /** Unless an attempt was begun less than the pause ago; joins the one under way. Never rejects. */
  readonly readAgain: (pauseMs: number) => Promise<void>;
}

function keyReadings({ url, now, onFailure, timeoutMs: within = timeoutMs }: RemoteKeys): KeyReadings {
  let known: { set: KeySet; readAt: number } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failure: string | undefined;
  let underWay: Promise<void> | undefined;
  // A clock that was set back must not make anything young for long.
  const isWithin = (ms: number, since: number): boolean => Math.abs(now().getTime() - since) < ms;
  const read = async (): Promise<void> => {
    const readAt = (triedAt = now().getTime());
    try {
      known = { set: await readKeySet(url, within), readAt };
      failure = undefined;
    } catch (error) {
      failure = error instanceof KeySetUnread ? error.code : "UNREADABLE";
      onFailure(failure);
    }
  };
  return {
    areYoungerThan: (ms) => known !== undefined && isWithin(ms, known.readAt),
    keysFor: async (header) => (known ? keysFrom(known.set, header) : []),
    failure: () => failure,
    readAgain: (pauseMs) => {
      if (underWay || isWithin(pauseMs, triedAt)) return underWay ?? Promise.resolve();
      underWay = read().finally(() => (underWay = undefined));
      return underWay;
    },
  };
}
