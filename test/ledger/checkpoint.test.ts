import {
  Checkpoint,
  checkpointText,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "../../src/ledger/checkpoint";
import { leafHashOf } from "../../src/ledger/leaf";
import { rootOf } from "../../src/ledger/merkle";
import { signNote } from "../../src/ledger/signedNote";
import { goldenNote, keyFrom, knownLeaves, logKey, origin, strangeKey } from "./logKeys";

const checkpoint: Checkpoint = { origin, treeSize: 8n, rootHash: rootOf(knownLeaves.map(leafHashOf)) };
const text = checkpointText(checkpoint);
const root = checkpoint.rootHash.toString("base64");

test("the checkpoint of the golden vector is written byte for byte, and read", () => {
  expect(signCheckpoint(checkpoint, [logKey.signer])).toBe(goldenNote);
  expect(openCheckpoint(goldenNote, [logKey.verifier])).toEqual({ value: checkpoint });
});

test.each([0n, 1n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n - 1n])(
  "a tree of %d leaves keeps its size",
  (treeSize) => {
    const note = signCheckpoint({ ...checkpoint, treeSize }, [logKey.signer]);
    expect(note.split("\n")[1]).toBe(String(treeSize));
    expect(openCheckpoint(note, [logKey.verifier])).toEqual({ value: { ...checkpoint, treeSize } });
  },
);

const size = "the tree size of the checkpoint is malformed";
const rootFault = "the root hash of the checkpoint is malformed";
const lines = "a checkpoint has three lines";
const originFault = "the origin of the checkpoint is malformed";

test.each([
  ["a line missing", `${origin}\n8\n`, lines],
  ["a line more", `${text}extension\n`, lines],
  ["an empty line more", `${text}\n`, lines],
  ["no last line feed", text.slice(0, -1), lines],
  ["nothing", "", lines],
  ["no origin", text.replace(origin, ""), originFault],
  ["a space in the origin", text.replace("/", " "), originFault],
  ["a plus in the origin", text.replace("/", "+"), originFault],
  ["a scheme in the origin", `https://${text}`, originFault],
  ["no size", text.replace("\n8\n", "\n\n"), size],
  ["a leading zero", text.replace("\n8\n", "\n08\n"), size],
  ["a sign", text.replace("\n8\n", "\n+8\n"), size],
  ["a size below zero", text.replace("\n8\n", "\n-8\n"), size],
  ["another base", text.replace("\n8\n", "\n0x8\n"), size],
  ["a space before the size", text.replace("\n8\n", "\n 8\n"), size],
  ["a size past every column", text.replace("\n8\n", "\n9223372036854775808\n"), size],
  ["a root in hex", text.replace(root, checkpoint.rootHash.toString("hex")), rootFault],
  ["a URL-safe root", text.replace(root, checkpoint.rootHash.toString("base64url")), rootFault],
  ["a root of 31 bytes", text.replace(root, checkpoint.rootHash.subarray(1).toString("base64")), rootFault],
  ["a root of 33 bytes", text.replace(root, Buffer.alloc(33).toString("base64")), rootFault],
  ["no root", text.replace(root, ""), rootFault],
])("a text is no checkpoint: %s", (_, wrong, fault) => {
  expect(wrong).not.toBe(text);
  expect(parseCheckpoint(wrong)).toEqual({ fault });
  const isNote = wrong.endsWith("\n");
  if (isNote) expect(openCheckpoint(signNote(wrong, [logKey.signer]), [logKey.verifier])).toEqual({ fault });
});

test("a checkpoint counts only when the log that it is of signed it", () => {
  const witness = keyFrom(7, "witness.example");
  const both = [logKey.verifier, witness.verifier];
  const signedByWitness = signNote(text, [witness.signer]);
  const fault = "no key that signed the checkpoint has its origin's name";
  expect(openCheckpoint(signedByWitness, both)).toEqual({ fault });
  expect(openCheckpoint(signNote(text, [logKey.signer, witness.signer]), both)).toEqual({
    value: checkpoint,
  });
  expect(openCheckpoint(goldenNote, [strangeKey.verifier])).toEqual({
    fault: "no signature is by a known key",
  });
  expect(() => signCheckpoint(checkpoint, [witness.signer])).toThrow("a key of witness.example cannot sign");
});

test("what is no checkpoint is not signed", () => {
  for (const wrong of ["", "https://claims.example/esi", "claims example", "a+b", "a\nb"])
    expect(() => checkpointText({ ...checkpoint, origin: wrong })).toThrow("cannot be the name of a log");
  expect(() => checkpointText({ ...checkpoint, treeSize: -1n })).toThrow(RangeError);
  expect(() => checkpointText({ ...checkpoint, rootHash: Buffer.alloc(31) })).toThrow("31 bytes");
});
