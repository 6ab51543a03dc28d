import { parseBytes } from "./hashText";
import { Parsed } from "./parsed";
import { isKeyName, keyIdLength, VerifierKey } from "./verifierKey";

/** Signs with the private key that belongs to the key. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly sign: (text: Buffer) => Buffer;
}

/** Knows the signatures made with a key. */
export interface NoteVerifier {
  readonly key: VerifierKey;
  readonly verify: (text: Buffer, signature: Buffer) => boolean;
}

/** The text of a note, of which at least one signature is by a known key. */
export interface OpenedNote {
  /** With its last line feed. */
  readonly text: string;
  readonly signedBy: readonly VerifierKey[];
}

interface NoteSignature {
  readonly name: string;
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const mostSignatures = 100;
const emDash = "\u2014";
const unwelcome = /[\u0000-\u0009\u000b-\u001f\p{Cs}]/u;

/** The signed note of C2SP, a signature line for each signer; throws where the text can be none. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (unwelcome.test(text) || !text.endsWith("\n")) throw new Error("the text cannot be that of a note");
  if (signers.length === 0) throw new Error("a note needs a signature");
  const bytes = Buffer.from(text, "utf8");
  const lines = signers.map(({ key, sign }) => {
    return `${emDash} ${key.name} ${Buffer.concat([key.keyId, sign(bytes)]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** One note with the signatures of several; throws unless they have the same text. */
export function joinNotes(notes: readonly string[]): string {
  const parts = notes.map((note) => {
    const end = note.lastIndexOf("\n\n") + 2;
    return { beginning: note.slice(0, end), lines: note.slice(end) };
  });
  const [beginning, ...others] = new Set(parts.map((part) => part.beginning));
  if (beginning === undefined || others.length > 0) throw new Error("notes of several texts cannot be one");
  return beginning + [...new Set(parts.map(({ lines }) => lines))].join("");
}

/**
 * The text that known keys vouch for. Signatures of other keys are ignored, one of a known key that fails
 * refuses the note.
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): Parsed<OpenedNote> {
  const parsed = parseNote(note);
  if ("fault" in parsed) return parsed;
  const { text, signatures } = parsed.value;
  const bytes = Buffer.from(text, "utf8");
  const signedBy = new Set<VerifierKey>();
  for (const { name, keyId, signature } of signatures) {
    const known = verifiers.find(({ key }) => key.name === name && key.keyId.equals(keyId));
    if (known && !known.verify(bytes, signature)) return { fault: `the signature of ${nameOf(known)} fails` };
    if (known) signedBy.add(known.key);
  }
  if (signedBy.size === 0) return { fault: "no signature is by a known key" };
  return { value: { text, signedBy: [...signedBy] } };
}

function nameOf({ key }: NoteVerifier): string {
  return `${key.name}+${key.keyId.toString("hex")}`;
}

/** The parts of a note, unverified: not to be shown to anybody, so not for other files. */
function parseNote(note: string): Parsed<SignedNote> {
  if (unwelcome.test(note)) return { fault: "the note has a control character or is no valid UTF-8" };
  const end = note.lastIndexOf("\n\n");
  if (end < 0) return { fault: "the note has no empty line before its signatures" };
  const lines = note.slice(end + 2).split("\n");
  if (lines.pop() !== "") return { fault: "the last line of the note has no line feed" };
  if (lines.length === 0) return { fault: "the note has no signature" };
  if (lines.length > mostSignatures) return { fault: `the note has more than ${mostSignatures} signatures` };
  const signatures = lines.map(parseSignature);
  const wellFormed = signatures.filter((signature) => signature !== undefined);
  return wellFormed.length === signatures.length
    ? { value: { text: note.slice(0, end + 1), signatures: wellFormed } }
    : { fault: "a signature line of the note is malformed" };
}

function parseSignature(line: string): NoteSignature | undefined {
  const [dash, name, encoded, ...rest] = line.split(" ");
  if (dash !== emDash || name === undefined || !isKeyName(name) || rest.length > 0) return undefined;
  const bytes = parseBytes(encoded ?? "");
  if (!bytes || bytes.length <= keyIdLength) return undefined;
  return { name, keyId: bytes.subarray(0, keyIdLength), signature: bytes.subarray(keyIdLength) };
}
