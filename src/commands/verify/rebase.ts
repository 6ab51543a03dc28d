import { edgeOf, grow, Grown } from "../../ledger/tiles";
import { Connection } from "../../store/connection";
import { inNewCluster, isClusterKnown, knownCluster, readUnsealed } from "../../store/rebase";
import { Queryable } from "../../store/queryable";
import { appendHead, appendLeaves, appendTiles } from "../../store/sealing";
import { readTiles } from "../../store/tiles";

/** How the log went on. */
export interface Rebased {
  readonly sealed: number;
  readonly treeSize: string;
  readonly root?: string;
}

const entriesAtOnce = 4_096;

/** Throws where the log needs nothing to go on. */
export async function refuseKnownCluster(database: Queryable): Promise<void> {
  if (await isClusterKnown(database)) throw new Error(knownCluster);
}

/** Seals everything that is not in the log, as the beginning of it in this cluster. */
export async function rebase(connection: Connection): Promise<Rebased> {
  return inNewCluster(connection, async ({ clusterId, treeSize, lowWater }) => {
    let edge = await readTiles(connection, edgeOf(treeSize));
    let [size, sealed] = [treeSize, 0];
    let grown: Grown | undefined;
    for await (const entries of readUnsealed(connection, entriesAtOnce)) {
      const leafHashes = entries.map(({ leafHash }) => leafHash);
      grown = grow(size, edge, leafHashes);
      await appendLeaves(connection, size, entries);
      await appendTiles(connection, grown.filled);
      [size, edge, sealed] = [grown.treeSize, grown.edge, sealed + entries.length];
    }
    if (grown) await appendHead(connection, grown, clusterId, lowWater);
    return { sealed, treeSize: String(size), root: grown?.rootHash.toString("base64") };
  });
}
