import { hashText, parseHash } from "./hashText";
import { logIndexText, parseLogIndex } from "./logIndex";
import { TreeHead } from "./merkle";
import { Parsed } from "./parsed";
import { NoteSigner, NoteVerifier, openNote, signNote } from "./signedNote";
import { isKeyName } from "./verifierKey";

/** What the log of a name says of its tree. */
export interface Checkpoint extends TreeHead {
  /** The name of the log for ever, and of its keys. */
  readonly origin: string;
}

/** Whether a log may have the name: that of a key, and no scheme before it. */
export function isOrigin(text: string): boolean {
  return isKeyName(text) && !text.includes("://");
}

/** The checkpoint of C2SP as a note of the log's keys, which have its name. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  const text = checkpointText(checkpoint);
  const stranger = signers.find(({ key }) => key.name !== checkpoint.origin);
  if (stranger) throw new Error(`a key of ${stranger.key.name} cannot sign for ${checkpoint.origin}`);
  return signNote(text, signers);
}

/** The checkpoint in a note that the log itself signed with a known key. */
export function openCheckpoint(note: string, verifiers: readonly NoteVerifier[]): Parsed<Checkpoint> {
  const opened = openNote(note, verifiers);
  if ("fault" in opened) return opened;
  const checkpoint = parseCheckpoint(opened.value.text);
  if ("fault" in checkpoint) return checkpoint;
  const { origin } = checkpoint.value;
  const isByItsLog = opened.value.signedBy.some(({ name }) => name === origin);
  return isByItsLog ? checkpoint : { fault: "no key that signed the checkpoint has its origin's name" };
}

/** The text that is signed, of three lines; throws where the checkpoint can be none. */
export function checkpointText({ origin, treeSize, rootHash }: Checkpoint): string {
  if (!isOrigin(origin)) throw new Error(`${JSON.stringify(origin)} cannot be the name of a log`);
  return `${origin}\n${logIndexText(treeSize)}\n${hashText(rootHash)}\n`;
}

/** The other way round. Lines after the third are allowed elsewhere, but this log has none. */
export function parseCheckpoint(text: string): Parsed<Checkpoint> {
  const [origin, sizeText = "", rootText = "", ...rest] = text.split("\n");
  if (rest.length !== 1 || rest[0] !== "") return { fault: "a checkpoint has three lines" };
  if (!isOrigin(origin)) return { fault: "the origin of the checkpoint is malformed" };
  const treeSize = parseLogIndex(sizeText);
  if (treeSize === undefined) return { fault: "the tree size of the checkpoint is malformed" };
  const rootHash = parseHash(rootText);
  if (!rootHash) return { fault: "the root hash of the checkpoint is malformed" };
  return { value: { origin, treeSize, rootHash } };
}
