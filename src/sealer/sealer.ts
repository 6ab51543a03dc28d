import { setTimeout as delay } from "node:timers/promises";
import { Logger } from "pino";
import { verifierKeyText } from "../ledger/verifierKey";
import { Database } from "../store/dataSource";
import { readLogKeys, storeLogKey } from "../store/logKeys";
import { readOldestWaiting } from "../store/sealing";
import { withTransaction } from "../store/transaction";
import { alarmsTo, Alarms } from "./alarms";
import { mostEntries, sealEntries } from "./sealEntries";
import { Publication, publishSigned, signNewestHead } from "./signHead";

const passMilliseconds = 250;
const signMilliseconds = 1_000;
const lagMilliseconds = 10_000;
/** Every decision is in a published checkpoint so soon, unless something is wrong. */
const mostLagSeconds = 60;

export interface SealerSetting extends Publication {
  readonly database: Database;
  readonly log: Logger;
}

/** The part of a process that seals, signs and publishes, beside all others that do. */
export interface Sealer {
  /** After a last pass. */
  readonly stop: () => Promise<void>;
}

/** Starts sealing; refuses where the database holds the log of another origin, or a key is out of use. */
export async function startSealer(setting: SealerSetting): Promise<Sealer> {
  await registerKeys(setting);
  const stopping = new AbortController();
  const running = run(setting, alarmsTo(setting.log), stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function registerKeys({ database, keys }: SealerSetting): Promise<void> {
  const { origin, checkpointSigners, receiptSigner } = keys;
  const own = [
    ...checkpointSigners.map(({ key }) => ({ key: verifierKeyText(key), use: "checkpoint" as const })),
    { key: verifierKeyText(receiptSigner.key), use: "receipt" as const },
  ];
  for (const { verifierKey, use, until } of await readLogKeys(database)) {
    const [name] = verifierKey.split("+");
    if (use === "checkpoint" && name !== origin)
      throw new Error(`the database holds the log ${name}, and this program would sign for ${origin}`);
    if (until !== null && own.some(({ key }) => key === verifierKey))
      throw new Error(`the key ${verifierKey} signs no more since ${until}: give another one`);
  }
  for (const { key, use } of own) await storeLogKey(database, key, use);
}

/** When what was done last, in milliseconds of a clock that only runs forward. */
interface Timing {
  signedAt: number;
  lagReadAt: number;
}

async function run(setting: SealerSetting, alarms: Alarms, stopping: AbortSignal): Promise<void> {
  const timing: Timing = { signedAt: -Infinity, lagReadAt: performance.now() };
  for (let isLast = false; !isLast; ) {
    // Whatever was stored before the stop is sealed after it, once more.
    isLast = stopping.aborted;
    if (isLast) timing.signedAt = -Infinity;
    const isFull = await pass(setting, timing, alarms);
    if (!isFull && !stopping.aborted) await pause(stopping);
  }
}

async function pause(stopping: AbortSignal): Promise<void> {
  await delay(passMilliseconds, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });
}

/** One pass; true where so much was sealed that more may wait. Nothing that fails ends the sealer. */
async function pass(setting: SealerSetting, timing: Timing, alarms: Alarms): Promise<boolean> {
  try {
    const entries = await growLog(setting, alarms);
    if (performance.now() - timing.signedAt >= signMilliseconds) {
      await signAndPublish(setting, alarms);
      timing.signedAt = performance.now();
    }
    if (performance.now() - timing.lagReadAt >= lagMilliseconds) {
      await watchLag(setting, alarms);
      timing.lagReadAt = performance.now();
    }
    return entries === mostEntries;
  } catch (error) {
    alarms.failed(error);
    return false;
  }
}

async function growLog({ database }: SealerSetting, alarms: Alarms): Promise<number> {
  const sealed = await withTransaction(database, (queryable) => sealEntries(queryable));
  if (sealed.kind === "clusterChanged") alarms.raise("CLUSTER_CHANGED");
  return sealed.kind === "sealed" ? sealed.entries : 0;
}

async function signAndPublish(setting: SealerSetting, alarms: Alarms): Promise<void> {
  const { database } = setting;
  const signed = await withTransaction(database, (queryable) => signNewestHead(queryable, setting));
  if (signed.kind === "forked") alarms.raise("FORK", signed.reason);
  else await publishSigned(database, setting);
}

async function watchLag({ database }: SealerSetting, alarms: Alarms): Promise<void> {
  const seconds = await readOldestWaiting(database);
  if (seconds !== undefined && seconds > mostLagSeconds) alarms.raise("SEAL_LAG");
}
