import { Grown } from "../../ledger/tiles";
import { appendEntries, mostEntries } from "../../sealer/sealEntries";
import { Connection } from "../../store/connection";
import { inNewCluster, isClusterKnown, knownCluster, readUnsealed } from "../../store/rebase";
import { refuseUnlessOwner } from "../../store/owner";
import { Queryable } from "../../store/queryable";
import { appendHead } from "../../store/sealing";

/** How the log went on. */
export interface Rebased {
  readonly sealed: number;
  readonly treeSize: string;
  readonly root?: string;
}

/** Throws where the log needs nothing to go on, or the role could not let it. */
export async function refuseKnownCluster(database: Queryable): Promise<void> {
  await refuseUnlessOwner(database, "verify --rebase");
  if (await isClusterKnown(database)) throw new Error(knownCluster);
}

/** Seals everything that is not in the log, as the beginning of it in this cluster. */
export async function rebase(connection: Connection): Promise<Rebased> {
  return inNewCluster(connection, async ({ clusterId, treeSize, lowWater }) => {
    let [size, sealed] = [treeSize, 0];
    let grown: Grown | undefined;
    for await (const entries of readUnsealed(connection, mostEntries)) {
      grown = await appendEntries(connection, size, entries);
      [size, sealed] = [grown.treeSize, sealed + entries.length];
    }
    if (grown) await appendHead(connection, grown, clusterId, lowWater);
    return { sealed, treeSize: String(size), root: grown?.rootHash.toString("base64") };
  });
}
