import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LogKeys } from "../../src/sealer/logKeys";
import { sealEntries } from "../../src/sealer/sealEntries";
import { signNewestHead } from "../../src/sealer/signHead";
import { Database } from "../../src/store/dataSource";
import { withTransaction } from "../../src/store/transaction";
import { logKey, origin, receiptKey } from "../ledger/logKeys";
import { serveOverHttp, ServedService } from "./servedOverHttp";

export const logKeys: LogKeys = {
  origin,
  checkpointSigners: [logKey.signer],
  receiptSigner: receiptKey.signer,
};

export interface SealedService extends ServedService {
  /** Seals and signs what is stored, as the sealer does; answers the size of the tree. */
  seal(): Promise<string>;
}

const mostTries = 500;
const pauseMs = 20;

/** Tests of other files write in the same cluster, and whoever writes there holds the sealer back. */
export async function sealAll(database: Database): Promise<void> {
  const waiting = `select count(*)::integer as number from audit_source s
                    where not exists (select from audit_leaf l where l.entry_id = s.entry_id)`;
  for (let tries = 0; tries < mostTries; tries++) {
    await withTransaction(database, (queryable) => sealEntries(queryable));
    const [{ number }] = await database.query<{ number: number }[]>(waiting);
    if (number === 0) return;
    await delay(pauseMs);
  }
  throw new Error("something has held the sealer back for too long");
}

/** The API over HTTP, and a sealer that works when it is told to. */
export async function serveSealed(): Promise<SealedService> {
  const served = await serveOverHttp();
  const { database } = served.service;
  const checkpointFolder = mkdtempSync(join(tmpdir(), "checkpoints-"));
  return {
    ...served,
    seal: async () => {
      await sealAll(database);
      const publication = { keys: logKeys, checkpointFolder };
      await withTransaction(database, (queryable) => signNewestHead(queryable, publication));
      const [{ size }] = await database.query<{ size: string }[]>(
        "select max(tree_size) as size from audit_checkpoint",
      );
      return size;
    },
    stop: async () => {
      await served.stop();
      rmSync(checkpointFolder, { recursive: true });
    },
  };
}
