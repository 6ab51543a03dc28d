import { generateKeyPairSync } from "node:crypto";
import { signerOf } from "../../src/ledger/ed25519";
import { openNote, signNote } from "../../src/ledger/signedNote";
import { goldenNote, goldenVerifierKey, keyFrom, logKey, strangeKey } from "./logKeys";

const text = "What is said here\nstands in two parts,\n\nand the last part ends in §\n";
const note = signNote(text, [logKey.signer]);
const known = [logKey.verifier];
const signatureLine = note.slice(text.length + 1);
const strangeLine = signNote(text, [strangeKey.signer]).slice(text.length + 1);

test("a note says its text to who knows a key that signed it", () => {
  expect(openNote(note, known)).toEqual({ value: { text, signedBy: [logKey.signer.key] } });
  expect(note.startsWith(`${text}\n— claims.example/esi `)).toBe(true);
});

test("signing the same text again makes the same note", () => {
  expect(signNote(text, [logKey.signer])).toBe(note);
});

test("during a change of keys both sign, and one known key is enough", () => {
  const newKey = keyFrom(50);
  const both = signNote(text, [logKey.signer, newKey.signer]);
  for (const key of [logKey, newKey])
    expect(openNote(both, [key.verifier])).toEqual({ value: { text, signedBy: [key.signer.key] } });
  const signedBy = [logKey.signer.key, newKey.signer.key];
  expect(openNote(both, [newKey.verifier, logKey.verifier])).toEqual({ value: { text, signedBy } });
});

test("a signature of an unknown key is ignored, whether it is good or not", () => {
  const unknown = signatureLine.replace("Torad", "AAAAA");
  for (const lines of [strangeLine + signatureLine, signatureLine + strangeLine, unknown + signatureLine])
    expect(openNote(`${text}\n${lines}`, known)).toMatchObject({ value: { text } });
  for (const lines of [strangeLine, unknown, unknown + strangeLine])
    expect(openNote(`${text}\n${lines}`, known)).toEqual({ fault: "no signature is by a known key" });
  expect(openNote(note, [])).toEqual({ fault: "no signature is by a known key" });
});

test("a key is known by its name and id together", () => {
  const renamed = keyFrom(0, "other.example/esi");
  expect(openNote(note, [renamed.verifier])).toEqual({ fault: "no signature is by a known key" });
  expect(openNote(note.replace("— claims.example/esi", "— other.example/esi"), known)).toEqual({
    fault: "no signature is by a known key",
  });
});

test("one false signature of a known key refuses the note, however many good ones stand beside it", () => {
  const false1 = signNote("another text\n", [logKey.signer]).slice("another text\n\n".length);
  const fault = "the signature of claims.example/esi+4e8ada74 fails";
  for (const lines of [false1, signatureLine + false1, false1 + signatureLine])
    expect(openNote(`${text}\n${lines}`, known)).toEqual({ fault });
  const otherKey = { ...logKey.verifier, verify: strangeKey.verifier.verify };
  expect(openNote(note, [otherKey])).toEqual({ fault });
});

test("sixteen signatures and more are read, but not any number", () => {
  const many = (count: number) => `${text}\n${strangeLine.repeat(count - 1)}${signatureLine}`;
  for (const count of [16, 100]) expect(openNote(many(count), known)).toMatchObject({ value: { text } });
  expect(openNote(many(101), known)).toEqual({ fault: "the note has more than 100 signatures" });
});

const encoded = signatureLine.split(" ")[2].trimEnd();
const control = "the note has a control character or is no valid UTF-8";
const malformed = "a signature line of the note is malformed";
const noSignature = "the note has no signature";

test.each([
  ["nothing", "", "the note has no empty line before its signatures"],
  ["text alone", text.replace("\n\n", "\n"), "the note has no empty line before its signatures"],
  ["no signature", `${text}\n`, noSignature],
  ["no last line feed", note.slice(0, -1), "the last line of the note has no line feed"],
  ["an empty line at the end", `${note}\n`, noSignature],
  ["CR LF", note.replaceAll("\n", "\r\n"), control],
  ["CR LF at the end of the signatures alone", note.replace(/\n$/, "\r\n"), control],
  ["a tab", note.replace(" said", "\tsaid"), control],
  ["half a character", note.replace("§", "\ud800"), control],
  ["a hyphen for the em dash", note.replace("—", "-"), malformed],
  ["an en dash for the em dash", note.replace("—", "–"), malformed],
  ["no space after the dash", note.replace("— ", "—"), malformed],
  ["two spaces after the dash", note.replace("— ", "—  "), malformed],
  ["a no-break space after the dash", note.replace("— ", "—\u00a0"), malformed],
  ["a space after the signature", note.replace(/\n$/, " \n"), malformed],
  ["no name", note.replace("— claims.example/esi ", "—  "), malformed],
  ["a name with a plus", note.replace("— claims", "— cl+ims"), malformed],
  ["no signature after the name", note.replace(` ${encoded}`, ""), malformed],
  ["an empty signature", note.replace(encoded, ""), malformed],
  ["the id of the key alone", note.replace(encoded, logKey.signer.key.keyId.toString("base64")), malformed],
  ["URL-safe Base64", note.replace(encoded, encoded.replaceAll("+", "-").replaceAll("/", "_")), malformed],
  ["no padding", note.replace(/=+\n$/, "\n"), malformed],
  ["a stray bit before the padding", note.replace(/.=\n$/, "B=\n"), malformed],
  ["a malformed line after a good one", `${note}- x y\n`, malformed],
  ["a malformed line before a good one", `${text}\n-\n${signatureLine}`, malformed],
  ["the text changed", note.replace("said", "read"), "the signature of claims.example/esi+4e8ada74 fails"],
  [
    "a line feed more in the text",
    note.replace(" §\n", " §\n\n"),
    "the signature of claims.example/esi+4e8ada74 fails",
  ],
  [
    "a signature cut short",
    note.replace(encoded, encoded.slice(0, 44)),
    "the signature of claims.example/esi+4e8ada74 fails",
  ],
])("a note is refused: %s", (_, wrong, fault) => {
  expect(wrong).not.toBe(note);
  expect(openNote(wrong, known)).toEqual({ fault });
});

test("a text that would not be read back is not signed", () => {
  for (const wrong of ["", "no line feed", "CR\r\n", "\ud800\n", "nul\0\n"])
    expect(() => signNote(wrong, [logKey.signer])).toThrow("cannot be that of a note");
  expect(() => signNote(text, [])).toThrow("needs a signature");
});

test("a private key of another kind signs nothing", () => {
  expect(() => signerOf("a", generateKeyPairSync("x25519").privateKey)).toThrow("none of Ed25519");
  expect(() => signerOf("a", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey)).toThrow(
    "none of",
  );
  expect(() => signerOf("a b", generateKeyPairSync("ed25519").privateKey)).toThrow("cannot be the name");
});

test("the golden note opens with the golden key, and with a changed one no more", () => {
  expect(goldenVerifierKey).toContain("+4e8ada74+");
  expect(openNote(goldenNote, known)).toMatchObject({ value: { signedBy: [logKey.signer.key] } });
  expect(openNote(goldenNote, [strangeKey.verifier])).toEqual({ fault: "no signature is by a known key" });
});
