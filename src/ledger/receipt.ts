import { Instant, parseInstant } from "../claim/instant";
import { hashText, parseHash } from "./hashText";
import { isOrigin } from "./checkpoint";
import { Parsed } from "./parsed";
import { NoteSigner, NoteVerifier, openNote, signNote } from "./signedNote";

/** The promise that a decision's leaf will be in the log a minute after it was decided. */
export interface Receipt {
  readonly origin: string;
  readonly decisionId: string;
  readonly leafHash: Buffer;
  readonly decidedAt: Instant;
}

const firstLine = "esi-receipt/v1";
/** Seconds from the decision to the checkpoint that holds it. */
export const promisedSeconds = 60;
const decisionId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const keyEnding = "/receipts";

/** The name of the keys that sign receipts for the log. */
export function receiptKeyName(origin: string): string {
  return `${origin}${keyEnding}`;
}

/** The log whose receipts a key of the name signs; throws where it signs none. */
export function originOfReceiptKey(name: string): string {
  if (!name.endsWith(keyEnding)) throw new Error(`${name} is no name of a key for receipts`);
  return name.slice(0, -keyEnding.length);
}

/** The receipt as a note of the receipt key; throws where something in it is malformed. */
export function signReceipt(receipt: Receipt, signer: NoteSigner): string {
  const text = receiptText(receipt);
  const parsed = parseReceipt(text);
  if ("fault" in parsed) throw new Error(parsed.fault);
  const { origin } = receipt;
  if (signer.key.name !== receiptKeyName(origin))
    throw new Error(`a key of ${signer.key.name} cannot sign the receipts of ${origin}`);
  return signNote(text, [signer]);
}

/** The receipt in a note that a known receipt key of its log signed. */
export function openReceipt(note: string, verifiers: readonly NoteVerifier[]): Parsed<Receipt> {
  const opened = openNote(note, verifiers);
  if ("fault" in opened) return opened;
  const receipt = parseReceipt(opened.value.text);
  if ("fault" in receipt) return receipt;
  const keyName = receiptKeyName(receipt.value.origin);
  const isByItsLog = opened.value.signedBy.some(({ name }) => name === keyName);
  return isByItsLog ? receipt : { fault: "no key that signed the receipt is one for receipts of its origin" };
}

/** The text that is signed. */
export function receiptText({ origin, decisionId, leafHash, decidedAt }: Receipt): string {
  const lines = [firstLine, origin, decisionId, hashText(leafHash), decidedAt, promisedSeconds];
  return lines.map((line) => `${line}\n`).join("");
}

/** The other way round. */
export function parseReceipt(text: string): Parsed<Receipt> {
  const [first, origin = "", id = "", leafText = "", decidedAt = "", seconds, ...rest] = text.split("\n");
  if (first !== firstLine) return { fault: `the first line of the receipt is not ${firstLine}` };
  if (rest.length !== 1 || rest[0] !== "") return { fault: "a receipt has six lines" };
  if (!isOrigin(origin)) return { fault: "the origin of the receipt is malformed" };
  if (!decisionId.test(id)) return { fault: "the decision id of the receipt is malformed" };
  const leafHash = parseHash(leafText);
  if (!leafHash) return { fault: "the leaf hash of the receipt is malformed" };
  if (parseInstant(decidedAt) !== decidedAt) return { fault: "the instant of the receipt is malformed" };
  if (seconds !== String(promisedSeconds)) return { fault: `the receipt promises not ${promisedSeconds} s` };
  return { value: { origin, decisionId: id, leafHash, decidedAt } };
}
