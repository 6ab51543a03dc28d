import { parseVerifierKey } from "../../ledger/verifierKey";
import { openCheckpoint } from "../../ledger/checkpoint";
import { verifierOf } from "../../ledger/ed25519";
import { TreeHead } from "../../ledger/merkle";
import { Parsed } from "../../ledger/parsed";
import { NoteVerifier, openNote } from "../../ledger/signedNote";
import { StoredNote } from "../../store/logClaims";
import { FindingKind, LogFinding } from "./finding";

/** A checkpoint from outside the database, as it was handed over. */
export interface GivenNote {
  /** What it is called in a finding. */
  readonly name: string;
  readonly note: string;
  /** What its place says; absent where that says nothing. */
  readonly treeSize?: bigint;
}

/** What somebody said of the tree of a size, and what to call that. */
export interface Claim extends TreeHead {
  readonly name: string;
  /** Of the finding where it is not so. */
  readonly kind: FindingKind;
}

/** The keys that are trusted. Throws where a text is none. */
export function verifiersOf(keys: readonly string[]): NoteVerifier[] {
  return keys.map((text) => {
    const key = parseVerifierKey(text);
    if ("fault" in key) throw new Error(key.fault);
    return verifierOf(key.value);
  });
}

/** What a note from outside says, or what is wrong with it. */
export function claimOf(
  { name, note, treeSize }: GivenNote,
  verifiers: readonly NoteVerifier[],
): Parsed<Claim> {
  const opened = openCheckpoint(note, verifiers);
  if ("fault" in opened) return opened;
  const { value } = opened;
  if (treeSize !== undefined && treeSize !== value.treeSize) return { fault: "it is of another tree size" };
  const { rootHash } = value;
  return { value: { name, kind: "CHECKPOINT_MISMATCH", treeSize: value.treeSize, rootHash } };
}

/** What a stored note says, or what is wrong with it. */
export function claimOfStored(stored: StoredNote, verifiers: readonly NoteVerifier[]): Parsed<Claim> {
  const { treeSize, keyId, note } = stored;
  const name = storedNoteName(stored);
  const opened = openNote(note, verifiers);
  if ("fault" in opened) return opened;
  if (!opened.value.signedBy.some((key) => key.keyId.toString("hex") === keyId))
    return { fault: "the key of the row did not sign it, or is not trusted" };
  return claimOf({ name, note, treeSize }, verifiers);
}

/** Whether nothing is to be asked of a note by an unknown key: a trusted one signed the same text. */
export function isVouchedFor(
  { keyId, note }: StoredNote,
  ofSameSize: readonly StoredNote[],
  verifiers: readonly NoteVerifier[],
): boolean {
  if (verifiers.some(({ key }) => key.keyId.toString("hex") === keyId)) return false;
  return ofSameSize.some((other) => {
    return textOf(other.note) === textOf(note) && "value" in claimOfStored(other, verifiers);
  });
}

function textOf(note: string): string {
  return note.slice(0, note.lastIndexOf("\n\n") + 1);
}

export function storedNoteName({ treeSize, keyId }: StoredNote): string {
  return `the stored checkpoint of ${treeSize} by key ${/^[0-9a-f]{8}$/.test(keyId) ? keyId : "of no id"}`;
}

/** At the last leaf of a tree of the size. */
export function atSize(kind: FindingKind, treeSize: bigint, detail: string): LogFinding {
  return { kind, leafIndex: treeSize > 0n ? String(treeSize - 1n) : null, id: null, detail };
}
