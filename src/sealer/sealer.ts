import { setTimeout as delay } from "node:timers/promises";
import { Logger } from "pino";
import { deadlineIn } from "../deadline";
import { Database } from "../store/dataSource";
import { readLogSize } from "../store/checkpoints";
import { databaseUntil } from "../store/impatience";
import { readOldestWaiting } from "../store/sealing";
import { withTransaction } from "../store/transaction";
import { alarmsTo, Alarms } from "./alarms";
import { CheckpointFolder, openCheckpointFolder } from "./checkpointFolder";
import { registerKeys } from "./registerKeys";
import { mostEntries, Sealed, sealEntries } from "./sealEntries";
import { ObserveSealer } from "./seen";
import { Publication, publishSigned, Signed, signNewestHead } from "./signHead";

const passMilliseconds = 250;
const signMilliseconds = 1_000;
const watchMilliseconds = 10_000;
/** Every decision is in a published checkpoint so soon, unless something is wrong. */
const mostLagSeconds = 60;
const lastPassMilliseconds = 2_000;
const retryMilliseconds = 50;
/** A pass takes no longer, unless it hangs. */
const mostPassMilliseconds = 60_000;
/** A pass has three parts; a connection that does not answer for so long is given up. */
const mostPartMilliseconds = 15_000;
/** A database that neither answers nor refuses does not keep the process from ending. */
const stopMilliseconds = 3_000;

export interface SealerSetting extends Publication {
  readonly database: Database;
  readonly log: Logger;
  readonly observe?: ObserveSealer;
}

/** The part of a process that seals, signs and publishes, beside all others that do. */
export interface Sealer {
  /** After a last pass. */
  readonly stop: () => Promise<void>;
  /** Whether it goes round, whatever comes of it, and has a key that may still sign. */
  readonly isAlive: () => boolean;
}

/** Starts sealing; refuses where the database holds the log of another origin, or a key is out of use. */
export async function startSealer(setting: SealerSetting): Promise<Sealer> {
  await registerKeys(timely(setting).database, setting.keys);
  const now = performance.now();
  const stopping = new AbortController();
  const observe: ObserveSealer = setting.observe ?? (() => undefined);
  const sealer: Running = {
    ...setting,
    observe,
    folder: openCheckpointFolder(setting.checkpointFolder),
    alarms: alarmsTo(setting.log, observe),
    done: { passing: now, signing: -Infinity, publishing: now, watching: now },
    signing: { haveKeysEnded: false },
  };
  const running = run(sealer, stopping.signal);
  return {
    isAlive: () => !sealer.signing.haveKeysEnded && !isDue(sealer.done.passing, mostPassMilliseconds),
    stop: async () => {
      stopping.abort();
      const ended = new AbortController();
      const givenUp = delay(stopMilliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
      await Promise.race([running, givenUp]);
      ended.abort();
    },
  };
}

interface Running extends SealerSetting {
  readonly folder: CheckpointFolder;
  readonly alarms: Alarms;
  readonly observe: ObserveSealer;
  /** When each was done last, in milliseconds of a clock that only runs forward. */
  readonly done: { passing: number; signing: number; publishing: number; watching: number };
  readonly signing: { haveKeysEnded: boolean };
}

async function run(sealer: Running, stopping: AbortSignal): Promise<void> {
  // Apart from the passes as well, for one that hangs tells nothing.
  const watch = setInterval(() => watchPublishing(sealer), watchMilliseconds);
  while (!stopping.aborted) {
    const mayMoreWait = await pass(sealer);
    sealer.done.passing = performance.now();
    sealer.observe({ what: "passed" });
    if (!mayMoreWait) await pause(stopping);
  }
  await lastPass(sealer);
  clearInterval(watch);
}

async function pause(stopping: AbortSignal): Promise<void> {
  await delay(passMilliseconds, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });
}

/** True where so much was sealed that more may wait. What fails hinders neither the rest nor what follows. */
async function pass(sealer: Running): Promise<boolean> {
  const { done } = sealer;
  const sealed = await attempt(sealer, growLog);
  if (isDue(done.signing, signMilliseconds)) {
    done.signing = performance.now();
    await attempt(sealer, signAndPublish);
  }
  if (isDue(done.watching, watchMilliseconds)) {
    done.watching = performance.now();
    await attempt(sealer, watchLag);
  }
  watchPublishing(sealer);
  return sealed?.kind === "sealed" && sealed.entries === mostEntries;
}

/** Seals whatever was stored before it, unless that takes too long, and publishes it. */
async function lastPass(sealer: Running): Promise<void> {
  const end = performance.now() + lastPassMilliseconds;
  const repeat = async (isDone: (timely: Running) => Promise<boolean>): Promise<void> => {
    while ((await attempt(sealer, isDone)) === false && performance.now() < end)
      await delay(retryMilliseconds);
  };
  await repeat(async (timely) => {
    const { kind } = await growLog(timely);
    return kind === "clusterChanged" || (await secondsOfLag(timely)) === undefined;
  });
  await repeat(async (timely) => (await signAndPublish(timely)) === "done");
}

async function attempt<T>(sealer: Running, act: (timely: Running) => Promise<T>): Promise<T | undefined> {
  try {
    return await act(timely(sealer));
  } catch (error) {
    sealer.alarms.failed(error);
    return undefined;
  }
}

/** The same for one part, on a database that does not wait longer for an answer than that. */
function timely<Setting extends SealerSetting>(setting: Setting): Setting {
  return { ...setting, database: databaseUntil(deadlineIn(mostPartMilliseconds), setting.database) };
}

function isDue(doneAt: number, everyMilliseconds: number): boolean {
  return performance.now() - doneAt >= everyMilliseconds;
}

async function growLog({ database, alarms }: Running): Promise<Sealed> {
  const sealed = await withTransaction(database, (queryable) => sealEntries(queryable));
  if (sealed.kind === "clusterChanged") alarms.raise("CLUSTER_CHANGED");
  return sealed;
}

/** What is signed is published before anything more is signed: a note too many could not be taken back. */
async function signAndPublish(sealer: Running): Promise<"done" | "again"> {
  const { database, folder } = sealer;
  const before = await publishSigned(database, sealer, folder);
  if (before.kind === "published" && !before.isComplete) return "again";
  const signed =
    before.kind === "forked"
      ? before
      : await withTransaction(database, (queryable) => signNewestHead(queryable, sealer, folder));
  const after = signed.kind === "signed" ? await publishSigned(database, sealer, folder) : signed;
  tell(sealer, after.kind === "published" ? signed : after);
  return signed.kind === "busy" ? "again" : "done";
}

function tell(sealer: Running, signed: Signed): void {
  const { alarms, done } = sealer;
  if (signed.kind === "forked") alarms.raise("FORK", signed.reason);
  if (signed.kind === "keysEnded") alarms.raise("KEYS_ENDED");
  sealer.signing.haveKeysEnded ||= signed.kind === "keysEnded";
  if (signed.kind !== "busy") done.publishing = performance.now();
}

function watchPublishing({ alarms, done }: Running): void {
  if (isDue(done.publishing, mostLagSeconds * 1_000)) alarms.raise("NOT_PUBLISHED");
}

async function watchLag(sealer: Running): Promise<void> {
  const progress = await withTransaction(sealer.database, async (queryable) => {
    const lagSeconds = (await readOldestWaiting(queryable)) ?? 0;
    return { lagSeconds, ...(await readLogSize(queryable)) };
  });
  sealer.observe({ what: "measured", ...progress });
  if (progress.lagSeconds > mostLagSeconds) sealer.alarms.raise("SEAL_LAG");
}

function secondsOfLag({ database }: Running): Promise<number | undefined> {
  return withTransaction(database, readOldestWaiting);
}
