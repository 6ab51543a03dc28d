import { edgeOf, grow, Grown } from "../ledger/tiles";
import { Queryable } from "../store/queryable";
import {
  appendHead,
  appendLeaves,
  appendTiles,
  Entry,
  readLogState,
  readWaiting,
  tryLock,
} from "../store/sealing";
import { readTiles } from "../store/tiles";

/** What came of a pass. */
export type Sealed =
  | { readonly kind: "sealed"; readonly entries: number }
  /** Another process is at it. */
  | { readonly kind: "busy" }
  /** The database was restored into another cluster: somebody has to look first. */
  | { readonly kind: "clusterChanged" };

/** As many entries are sealed at once. */
export const mostEntries = 4_096;

/**
 * Gives the next entries their places in the log, and lets the tree grow by them. The transaction that it
 * runs in does all of it or nothing.
 */
export async function sealEntries(queryable: Queryable, limit = mostEntries): Promise<Sealed> {
  if (!(await tryLock(queryable, "grow"))) return { kind: "busy" };
  const state = await readLogState(queryable);
  if (state.lowWater === null) return { kind: "clusterChanged" };
  const entries = await readWaiting(queryable, state.lowWater, limit);
  const last = entries.at(-1);
  if (last) {
    const grown = await appendEntries(queryable, state.treeSize, entries);
    // Below that transaction everything is in the log now.
    await appendHead(queryable, grown, state.clusterId, last.xact);
  }
  return { kind: "sealed", entries: entries.length };
}

/** Lets the tree of a size grow by entries. The head, which makes it so, is the caller's to write. */
export async function appendEntries(
  queryable: Queryable,
  treeSize: bigint,
  entries: readonly Entry[],
): Promise<Grown> {
  const edge = await readTiles(queryable, edgeOf(treeSize));
  const leafHashes = entries.map(({ leafHash }) => leafHash);
  const grown = grow(treeSize, edge, leafHashes);
  await appendLeaves(queryable, treeSize, entries);
  await appendTiles(queryable, grown.filled);
  return grown;
}
