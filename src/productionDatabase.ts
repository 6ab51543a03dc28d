import { setTimeout as delay } from "node:timers/promises";
import { Logger } from "pino";
import { deadlineIn } from "./deadline";
import { molinaEsiVersions } from "./policy/molinaEsi";
import { Database } from "./store/dataSource";
import { codeOf, failureOf } from "./store/failure";
import { databaseUntil } from "./store/impatience";
import { openFault } from "./store/openDatabase";
import { refuseChangedPolicy } from "./store/policyVersions";
import { schemaFaults } from "./store/schemaVersion";
import { startRefusals } from "./store/startRefusals";
import { workListFault } from "./store/workListBuild";

const shortestPauseMilliseconds = 125;
const longestPauseMilliseconds = 1_000;
/** So long one look at the database may take; a connection that falls silent is given up then. */
const lookMilliseconds = 5_000;
/** The same reason is told again so often. */
const tellAgainMilliseconds = 10_000;

/** What must hold of a database before it is served: each answers why it does not, or throws. */
const checks: readonly ((database: Database) => Promise<readonly string[]>)[] = [
  startRefusals,
  async (database) => (await refuseChangedPolicy(database, molinaEsiVersions), []),
];

/**
 * Opens the database, however long it takes until it is there and migrated; false where the wait was ended.
 * Throws where it must not be served from. Each reason to wait is logged, at most one a second.
 */
export async function openForProduction(
  database: Database,
  log: Logger,
  stopping: AbortSignal,
  use: () => Promise<void>,
): Promise<boolean> {
  const tell = toldSparely(log);
  let pause = shortestPauseMilliseconds;
  while (!stopping.aborted) {
    const hindrance = await attempt(database, log, use);
    if (hindrance === undefined) return true;
    tell(hindrance);
    await delay(pause, undefined, { signal: stopping }).catch(() => undefined);
    pause = Math.min(2 * pause, longestPauseMilliseconds);
  }
  return false;
}

/** Why it has to be tried again; undefined where the database is in use. */
async function attempt(
  database: Database,
  log: Logger,
  use: () => Promise<void>,
): Promise<string | undefined> {
  try {
    if (!database.isInitialized) await database.initialize();
  } catch (error) {
    return openFault(error);
  }
  try {
    const toWaitFor = await lookAt(databaseUntil(deadlineIn(lookMilliseconds), database), log);
    if (toWaitFor === undefined) await use();
    return toWaitFor;
  } catch (error) {
    if (failureOf(error) !== "fault") return openFault(error);
    const code = codeOf(error);
    throw code ? new Error(`the database refuses what the start needs (${code})`, { cause: error }) : error;
  }
}

/** What has to be waited for, if anything; throws where the database must not be served from. */
async function lookAt(database: Database, log: Logger): Promise<string | undefined> {
  const { toWaitFor, beyond } = await schemaFaults(database);
  if (beyond !== undefined) throw new Error(beyond);
  if (toWaitFor !== undefined) return toWaitFor;
  const refusals: string[] = [];
  for (const check of checks) refusals.push(...(await check(database)));
  if (refusals.length > 0) throw new Error(refusals.join("\n"));
  const outdated = await workListFault(database);
  if (outdated !== undefined) log.error({ code: "WORK_LIST" }, outdated);
  return undefined;
}

function toldSparely(log: Logger): (hindrance: string) => void {
  let toldAt = -Infinity;
  let told = "";
  return (hindrance) => {
    const since = performance.now() - toldAt;
    if (since < (hindrance === told ? tellAgainMilliseconds : longestPauseMilliseconds)) return;
    [toldAt, told] = [performance.now(), hindrance];
    log.warn(`not ready: the database cannot be used: ${hindrance}`);
  };
}
