import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { memberQueue } from "./cases/memberQueue";
import { ObserveCase } from "./cases/seen";
import { Service } from "./cases/service";
import { NoteSigner } from "./ledger/signedNote";
import { molinaEsiVersions } from "./policy/molinaEsi";
import { Database } from "./store/dataSource";

/** The use cases as one process has them: the shipped policy, and the process's own clock and randomness. */
export function serviceOn(
  database: Database,
  receiptSigner: NoteSigner,
  observe: ObserveCase = () => undefined,
): Service {
  return {
    database,
    receiptSigner,
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
