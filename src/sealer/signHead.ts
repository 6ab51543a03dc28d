import { openCheckpoint, signCheckpoint } from "../ledger/checkpoint";
import { verifierOf } from "../ledger/ed25519";
import { planRoot, TreeHead } from "../ledger/merkle";
import { joinNotes } from "../ledger/signedNote";
import { hashesOf, tilesOf } from "../ledger/tiles";
import { readNewestHead, readSignedHeadsAfter, storeCheckpoint } from "../store/checkpoints";
import { Queryable } from "../store/queryable";
import { tryLock } from "../store/sealing";
import { readTiles } from "../store/tiles";
import { newestNoteIn, publishedSizes, publishNote } from "./checkpointFolder";
import { LogKeys } from "./logKeys";

/** What came of an attempt to sign. */
export type Signed =
  | { readonly kind: "upToDate" }
  | { readonly kind: "busy" }
  /** What the database holds does not continue what was published: nothing more may be signed. */
  | { readonly kind: "forked"; readonly reason: string };

/** Where a log is signed and published. */
export interface Publication {
  readonly keys: LogKeys;
  readonly checkpointFolder: string;
}

/**
 * Signs the newest head, unless it contradicts what is in the checkpoint folder: never the database is asked
 * what was signed. Runs in a transaction, so that one process at a time does it.
 */
export async function signNewestHead(
  queryable: Queryable,
  { keys, checkpointFolder }: Publication,
): Promise<Signed> {
  if (!(await tryLock(queryable, "sign"))) return { kind: "busy" };
  const published = await publishedHead(checkpointFolder, keys);
  if ("fault" in published) return { kind: "forked", reason: published.fault };
  const head = await readNewestHead(queryable);
  const { treeSize = 0n } = published.head ?? {};
  if ((head?.treeSize ?? 0n) < treeSize) return { kind: "forked", reason: "the tree has become smaller" };
  for (const known of [published.head, head])
    if (known && !(await rootAt(queryable, known.treeSize)).equals(known.rootHash))
      return { kind: "forked", reason: `the tree of ${known.treeSize} has another root` };
  if (head && head.treeSize > treeSize) await storeSignatures(queryable, head, keys);
  return { kind: "upToDate" };
}

/** What the newest note of the folder says. */
async function publishedHead(
  folder: string,
  { checkpointSigners }: LogKeys,
): Promise<{ readonly head?: TreeHead } | { readonly fault: string }> {
  const newest = await newestNoteIn(folder);
  if (!newest) return {};
  const opened = openCheckpoint(
    newest.note,
    checkpointSigners.map(({ key }) => verifierOf(key)),
  );
  if ("fault" in opened)
    return { fault: `the newest published checkpoint cannot be trusted: ${opened.fault}` };
  const isNamedRightly = opened.value.treeSize === newest.treeSize;
  return isNamedRightly
    ? { head: opened.value }
    : { fault: "the newest published checkpoint has another size" };
}

async function rootAt(queryable: Queryable, treeSize: bigint): Promise<Buffer> {
  const plan = planRoot(treeSize);
  const [root] = hashesOf(plan, await readTiles(queryable, tilesOf(plan)));
  return root;
}

async function storeSignatures(
  queryable: Queryable,
  { treeSize, rootHash }: TreeHead,
  { origin, checkpointSigners }: LogKeys,
): Promise<void> {
  for (const signer of checkpointSigners) {
    const note = signCheckpoint({ origin, treeSize, rootHash }, [signer]);
    await storeCheckpoint(queryable, { treeSize, keyId: signer.key.keyId.toString("hex"), note });
  }
}

/** Brings what was signed since the newest published checkpoint to the folder, the oldest first. */
export async function publishSigned(
  queryable: Queryable,
  { keys, checkpointFolder }: Publication,
): Promise<void> {
  const newest = (await publishedSizes(checkpointFolder)).at(-1) ?? 0n;
  const keyIds = keys.checkpointSigners.map(({ key }) => key.keyId.toString("hex"));
  for (const { treeSize, notes } of await readSignedHeadsAfter(queryable, newest, keyIds))
    await publishNote(checkpointFolder, treeSize, joinNotes(notes));
}
