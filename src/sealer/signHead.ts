import { signCheckpoint } from "../ledger/checkpoint";
import { TreeHead } from "../ledger/merkle";
import { joinNotes, NoteSigner, NoteVerifier } from "../ledger/signedNote";
import { verifierKeyText } from "../ledger/verifierKey";
import { readSignedHeadsAfter, SignedHead, storeCheckpoint } from "../store/checkpoints";
import { KnownKey, readLogKeys } from "../store/logKeys";
import { Queryable } from "../store/queryable";
import { tryLock } from "../store/sealing";
import { openCheckpointFolder } from "./checkpointFolder";
import { LogKeys } from "./logKeys";
import { continuesPublished, Forked, forkedBy, openNamed, verifiersOf } from "./publishedTree";

/** What came of an attempt to sign. */
export type Signed =
  | { readonly kind: "signed" }
  /** The newest head is published already, or there is none. */
  | { readonly kind: "upToDate" }
  | { readonly kind: "busy" }
  /** Every key that the process has signs no more. */
  | { readonly kind: "keysEnded" }
  | Forked;

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
  folder = openCheckpointFolder(checkpointFolder),
): Promise<Signed> {
  if (!(await tryLock(queryable, "sign"))) return { kind: "busy" };
  const registered = await readLogKeys(queryable);
  const found = await continuesPublished(queryable, verifiersOf(keys, registered), folder);
  if (found.kind === "forked") return found;
  const { head, publishedSize } = found;
  if (!head || head.treeSize <= publishedSize) return { kind: "upToDate" };
  const signers = signersInUse(keys, registered);
  if (signers.length === 0) return { kind: "keysEnded" };
  await storeSignatures(queryable, head, keys.origin, signers);
  return { kind: "signed" };
}

function signersInUse({ checkpointSigners }: LogKeys, registered: readonly KnownKey[]): NoteSigner[] {
  const ended = new Set(registered.flatMap(({ verifierKey, until }) => (until === null ? [] : verifierKey)));
  return checkpointSigners.filter(({ key }) => !ended.has(verifierKeyText(key)));
}

async function storeSignatures(
  queryable: Queryable,
  { treeSize, rootHash }: TreeHead,
  origin: string,
  signers: readonly NoteSigner[],
): Promise<void> {
  for (const signer of signers) {
    const note = signCheckpoint({ origin, treeSize, rootHash }, [signer]);
    await storeCheckpoint(queryable, { treeSize, keyId: signer.key.keyId.toString("hex"), note });
  }
}

/** What came of an attempt to publish; `isComplete` is false where there is more than fits in one. */
export type Published = { readonly kind: "published"; readonly isComplete: boolean } | Forked;

/** As many checkpoints are published at once, should the folder have been lost. */
const mostNotes = 100;

/**
 * Brings what was signed since the newest published checkpoint to the folder, by whatever key of the log, the
 * oldest first. Nothing is brought that would contradict the folder, or is not as it was signed.
 */
export async function publishSigned(
  queryable: Queryable,
  { keys, checkpointFolder }: Publication,
  folder = openCheckpointFolder(checkpointFolder),
): Promise<Published> {
  const verifiers = verifiersOf(keys, await readLogKeys(queryable));
  const keyIds = verifiers.map(({ key }) => key.keyId.toString("hex"));
  const signed = await readSignedHeadsAfter(queryable, await folder.newestSize(), keyIds, mostNotes);
  const found = signed.length > 0 && (await continuesPublished(queryable, verifiers, folder));
  if (found && found.kind === "forked") return found;
  for (const head of signed) {
    const { treeSize, notes } = head;
    if (!notes.every((note) => isNoteOf(head, note, verifiers)))
      return forkedBy(`what was signed of the tree of ${treeSize} has changed in the database`);
    await folder.publish(treeSize, joinNotes(notes));
  }
  return { kind: "published", isComplete: signed.length < mostNotes };
}

function isNoteOf({ treeSize, rootHash }: SignedHead, note: string, verifiers: readonly NoteVerifier[]) {
  const opened = openNamed(note, treeSize, verifiers);
  return "value" in opened && opened.value.rootHash.equals(rootHash);
}
