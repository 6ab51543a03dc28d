import {
  openReceipt,
  parseReceipt,
  Receipt,
  receiptKeyName,
  receiptText,
  signReceipt,
} from "../../src/ledger/receipt";
import { leafHashOf } from "../../src/ledger/leaf";
import { signNote } from "../../src/ledger/signedNote";
import { keyFrom, logKey, origin } from "./logKeys";

const receipt: Receipt = {
  origin,
  decisionId: "0190a5b2-0000-7000-8000-000000000002",
  leafHash: leafHashOf(Buffer.from("@ABC")),
  decidedAt: "2026-03-02T10:15:30.123Z",
};
const receiptKey = keyFrom(32, receiptKeyName(origin));
const known = [receiptKey.verifier];
const text = `esi-receipt/v1
claims.example/esi
0190a5b2-0000-7000-8000-000000000002
vsRjM0jHnvRkGxXCncxCMCpcldz/I+l5RHCywoZ2uHk=
2026-03-02T10:15:30.123Z
60
`;
const leafText = receipt.leafHash.toString("base64");

test("a receipt is a note of six lines by the key for receipts", () => {
  const note = signReceipt(receipt, receiptKey.signer);
  expect(note.slice(0, note.lastIndexOf("\n\n") + 1)).toBe(text.replace(/^v.*=$/m, leafText));
  expect(note).toContain("\n\n— claims.example/esi/receipts ");
  expect(openReceipt(note, known)).toEqual({ value: receipt });
  expect(signReceipt(receipt, receiptKey.signer)).toBe(note);
});

const good = receiptText(receipt);

test.each([
  ["another version", good.replace("/v1", "/v2"), "the first line of the receipt is not esi-receipt/v1"],
  ["a line missing", good.replace("60\n", ""), "a receipt has six lines"],
  ["a line more", `${good}\n`, "a receipt has six lines"],
  ["no last line feed", good.slice(0, -1), "a receipt has six lines"],
  [
    "a scheme in the origin",
    good.replace("claims", "https://claims"),
    "the origin of the receipt is malformed",
  ],
  ["no id", good.replace(/^0190.*$/m, ""), "the decision id of the receipt is malformed"],
  ["an id in capitals", good.replace("0190a5b2", "0190A5B2"), "the decision id of the receipt is malformed"],
  [
    "a leaf hash in hex",
    good.replace(leafText, receipt.leafHash.toString("hex")),
    "the leaf hash of the receipt is malformed",
  ],
  ["an instant with an offset", good.replace("123Z", "123+00:00"), "the instant of the receipt is malformed"],
  ["an instant without milliseconds", good.replace(".123Z", "Z"), "the instant of the receipt is malformed"],
  ["a day of no calendar", good.replace("03-02", "02-30"), "the instant of the receipt is malformed"],
  ["another promise", good.replace("\n60\n", "\n600\n"), "the receipt promises not 60 s"],
])("a text is no receipt: %s", (_, wrong, fault) => {
  expect(wrong).not.toBe(good);
  expect(parseReceipt(wrong)).toEqual({ fault });
  const isNote = wrong.endsWith("\n");
  if (isNote) expect(openReceipt(signNote(wrong, [receiptKey.signer]), known)).toEqual({ fault });
});

test("the key of the log signs no receipts, nor that of another log's receipts", () => {
  const signedByLog = signNote(good, [logKey.signer]);
  const fault = "no key that signed the receipt is one for receipts of its origin";
  expect(openReceipt(signedByLog, [logKey.verifier])).toEqual({ fault });
  expect(openReceipt(signedByLog, known)).toEqual({ fault: "no signature is by a known key" });
  expect(() => signReceipt(receipt, logKey.signer)).toThrow("cannot sign the receipts");
  const other = keyFrom(32, receiptKeyName("other.example/esi"));
  expect(openReceipt(signNote(good, [other.signer]), [other.verifier])).toEqual({ fault });
});

test("a receipt of a changed text is refused", () => {
  const note = signReceipt(receipt, receiptKey.signer);
  for (const wrong of [note.replace("10:15", "10:14"), note.replace("0002\n", "0003\n")])
    expect(openReceipt(wrong, known)).toEqual({ fault: expect.stringContaining("fails") });
});

test("what is malformed is not signed", () => {
  const sign = (wrong: Partial<Receipt>) => () => signReceipt({ ...receipt, ...wrong }, receiptKey.signer);
  expect(sign({ decisionId: "a\nb" })).toThrow("six lines");
  expect(sign({ decisionId: "D1" })).toThrow("decision id");
  expect(sign({ decidedAt: "2026-03-02" })).toThrow("instant");
  expect(sign({ leafHash: Buffer.alloc(3) })).toThrow("3 bytes");
  expect(sign({ origin: "a b" })).toThrow("origin");
});
