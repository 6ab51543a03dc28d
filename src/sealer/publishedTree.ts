import { Checkpoint, openCheckpoint } from "../ledger/checkpoint";
import { verifierOf } from "../ledger/ed25519";
import { planRoot, TreeHead } from "../ledger/merkle";
import { Parsed } from "../ledger/parsed";
import { NoteVerifier } from "../ledger/signedNote";
import { hashesOf, tilesOf } from "../ledger/tiles";
import { parseVerifierKey } from "../ledger/verifierKey";
import { readNewestHead } from "../store/checkpoints";
import { KnownKey } from "../store/logKeys";
import { Queryable } from "../store/queryable";
import { readTiles } from "../store/tiles";
import { CheckpointFolder } from "./checkpointFolder";
import { LogKeys } from "./logKeys";

/** What the database holds does not continue what was published: nothing more may be signed. */
export interface Forked {
  readonly kind: "forked";
  readonly reason: string;
}

export function forkedBy(reason: string): Forked {
  return { kind: "forked", reason };
}

/** What the database holds continues what was published. */
export interface Continued {
  readonly kind: "continued";
  /** Undefined while the tree is empty. */
  readonly head?: TreeHead;
  readonly publishedSize: bigint;
}

/** Holds the tree, as it is computed now, against its newest head and the newest checkpoint of the folder. */
export async function continuesPublished(
  queryable: Queryable,
  verifiers: readonly NoteVerifier[],
  folder: CheckpointFolder,
): Promise<Continued | Forked> {
  const newest = await folder.newestNote();
  // After the folder: what others publish meanwhile is of a tree that this sees.
  const head = await readNewestHead(queryable);
  const published = newest && openNamed(newest.note, newest.treeSize, verifiers);
  if (published && "fault" in published)
    return forkedBy(`the newest published checkpoint cannot be trusted: ${published.fault}`);
  const publishedSize = published?.value.treeSize ?? 0n;
  if ((head?.treeSize ?? 0n) < publishedSize)
    return forkedBy(`the tree has become smaller than the published one of ${publishedSize}`);
  for (const known of [published?.value, head])
    if (known && !(await rootAt(queryable, known.treeSize)).equals(known.rootHash))
      return forkedBy(`the tree of ${known.treeSize} has another root`);
  return { kind: "continued", head, publishedSize };
}

/** The checkpoint in a note that has to be of a size. */
export function openNamed(
  note: string,
  treeSize: bigint,
  verifiers: readonly NoteVerifier[],
): Parsed<Checkpoint> {
  const opened = openCheckpoint(note, verifiers);
  const isNamedRightly = "fault" in opened || opened.value.treeSize === treeSize;
  return isNamedRightly ? opened : { fault: "it is of another size" };
}

/**
 * Whoever has signed for the log is believed, also after a key was stolen and ended: that the tree goes on is
 * seen from the roots.
 */
export function verifiersOf(
  { checkpointSigners }: LogKeys,
  registered: readonly KnownKey[],
): readonly NoteVerifier[] {
  const known = registered.flatMap(({ verifierKey, use }) => {
    const parsed = parseVerifierKey(verifierKey);
    return use === "checkpoint" && "value" in parsed ? parsed.value : [];
  });
  return [...checkpointSigners.map(({ key }) => key), ...known].map(verifierOf);
}

async function rootAt(queryable: Queryable, treeSize: bigint): Promise<Buffer> {
  const plan = planRoot(treeSize);
  const [root] = hashesOf(plan, await readTiles(queryable, tilesOf(plan)));
  return root;
}
