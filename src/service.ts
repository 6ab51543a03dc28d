import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { lane } from "./cases/lane";
import { memberQueue } from "./cases/memberQueue";
import { ObserveCase } from "./cases/seen";
import { DecidingService, Service } from "./cases/service";
import { NoteSigner } from "./ledger/signedNote";
import { molinaEsiVersions } from "./policy/molinaEsi";
import { Database } from "./store/dataSource";
import { usualPoolSize } from "./usualLoad";

/** Searches and exports get at most this share of the connections, and so many may wait for a place. */
export const shareOfSearches = 0.4;
export const mostSearchesWaiting = 20;

interface ServiceSetting {
  readonly poolSize?: number;
  readonly observe?: ObserveCase;
}

/** The use cases as one process has them: the shipped policy, and the process's own clock and randomness. */
export function serviceOn(
  database: Database,
  receiptSigner: NoteSigner,
  { poolSize = usualPoolSize, observe }: ServiceSetting = {},
): Service {
  const searches = Math.max(1, Math.floor(poolSize * shareOfSearches));
  return {
    ...decidingServiceOn(database, observe),
    receiptSigner,
    searchLane: lane(searches, mostSearchesWaiting),
  };
}

/** The same for a process that decides and shows nothing. */
export function decidingServiceOn(
  database: Database,
  observe: ObserveCase = () => undefined,
): DecidingService {
  return {
    database,
    policyVersions: molinaEsiVersions,
    memberQueue: memberQueue(),
    storedPolicyVersions: new Set(),
    knownExceptions: { register: [] },
    newId: uuidv7,
    newSalt: () => randomBytes(16),
    chance: Math.random,
    elapsed: () => performance.now(),
    observe,
  };
}
