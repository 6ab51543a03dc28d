import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NoteSigner } from "../../src/ledger/signedNote";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import {
  decision,
  ending,
  leaves,
  linesOf,
  noteOf,
  proofAlone,
  proofOf,
  tree,
  verify,
  withAll,
  withKey,
  withOlder,
  withRecord,
} from "./downloads";
import { goldenProof, goldenVerifierKey, keyFrom, knownLeaves, logKey } from "./logKeys";
import { TextbookTree } from "./textbookTree";
import { runVerifier, verifierFile } from "./verifierFile";

test("a good proof is verified, and what that means is said in words", () => {
  const { exitStatus, written, logged } = verify(withAll);
  expect([exitStatus, logged]).toEqual([0, ""]);
  expect(written).toBe(`VERIFIED
The checkpoint is signed with the key claims.example/esi+4e8ada74.
It says that the log claims.example/esi has 20 entries and the root hash ${tree.root(20).toString("base64")}.
The leaf is entry 11 of them, counted from 0. Its hash is ${tree.leafHash(11).toString("base64")}.
  type: "decision"
  id: "0190a5b2-0000-7000-8000-000000000002"
  at: "2026-07-01T00:00:00.000Z"
  seq: 1
  kind: "IMPORT"
  disposition: "${decision.disposition}"
  policy: ${JSON.stringify(decision.policyVersionId ?? null)}
The record is the one that the leaf stands for.
The other checkpoint has 9 entries. The first 9 of both are the same:
since the earlier one, entries were only added at the end.
Not shown by this: that the key is the log's own, and that everybody is shown the same log. Compare the
key with what others received, and checkpoints with theirs: one number of entries has one root hash.
`);
});

test("the golden vector is verified, although its leaf is no JSON", () => {
  const { exitStatus, written } = verify(withKey, {
    "p.tlog-proof": goldenProof,
    "leaf.json": knownLeaves[5],
  });
  expect(exitStatus).toBe(0);
  expect(written).toContain("entry 5 of them");
  expect(written).not.toContain("type:");
});

const newKey = keyFrom(50);
const newKeyText = verifierKeyText(newKey.signer.key);
const byBoth: NoteSigner[] = [logKey.signer, newKey.signer];

test.each<[string, readonly string[], Readonly<Record<string, string | Buffer>>, string]>([
  ["the proof alone", withKey, {}, "entry 11"],
  [
    "the key in a file",
    [...proofAlone, "--key", "@log.key"],
    { "log.key": `${goldenVerifierKey}\n` },
    "entry 11",
  ],
  [
    "two keys, of which one signed",
    [...withKey, "--key", newKeyText],
    {},
    "signed with the key claims.example/esi+4e8ada74.",
  ],
  [
    "a note of two keys by the new one",
    [...proofAlone, "--key", newKeyText],
    { "p.tlog-proof": proofOf(11, noteOf(20, { signers: byBoth })) },
    "entry 11",
  ],
  [
    "a later checkpoint",
    withOlder,
    { "older.checkpoint": noteOf(27), "path.txt": linesOf(tree.consistency(20, 27)) },
    "The first 20 of both are the same",
  ],
  [
    "the same checkpoint from elsewhere",
    withOlder.slice(0, -2),
    { "older.checkpoint": noteOf(20) },
    "says the same of the log",
  ],
  [
    "the same with an empty path",
    withOlder,
    { "older.checkpoint": noteOf(20), "path.txt": "" },
    "says the same",
  ],
  [
    "an entry in the register of exceptions, without a salt",
    [...withKey, "--record", "record.json"],
    { "p.tlog-proof": proofOf(12), "leaf.json": ending.leaf, "record.json": ending.record },
    "The record is the one",
  ],
])("verified: %s", (_, args, changed, says) => {
  const { exitStatus, written, logged } = verify(args, changed);
  expect([exitStatus, logged]).toEqual([0, ""]);
  expect(written).toContain(says);
});

test.each<[string, readonly string[], string]>([
  ["no arguments", [], "--key is needed, with --proof and --leaf"],
  ["no key", proofAlone, "--key is needed, with --proof and --leaf"],
  ["an unknown option", [...withKey, "--frob"], "--frob"],
  ["something that is no option", [...withKey, "more"], "more"],
  ["a salt without a record", [...withKey, "--salt", "salt.b64"], "--salt needs --record"],
  ["a path without a checkpoint", [...withKey, "--consistency", "path.txt"], "--consistency needs --other"],
  ["help", ["--help"], "--help"],
])("with %s it says how it is called, and that nothing was checked", (_, args, says) => {
  const { exitStatus, written, logged } = verify(args);
  expect([exitStatus, written]).toEqual([2, ""]);
  expect(logged).toMatch(/^NOT CHECKED: /);
  expect(logged).toContain(says);
  expect(logged).toContain("Usage: node verify-proof.js");
});

test.each<[string, readonly string[], string]>([
  ["a missing proof", ["--proof", "none", ...withKey.slice(2)], "none cannot be read (ENOENT)"],
  ["a folder for a leaf", [...withKey, "--leaf", "."], ". cannot be read (EISDIR)"],
  ["a missing key file", [...proofAlone, "--key", "@none"], "none cannot be read"],
  ["a key that is none", [...proofAlone, "--key", "claims.example/esi"], "no verifier key"],
  ["half a key", [...proofAlone, "--key", goldenVerifierKey.slice(0, -8)], "no verifier key"],
  [
    "a mistyped key",
    [...proofAlone, "--key", goldenVerifierKey.replace("claims", "claim")],
    "is it complete?",
  ],
  ["a record without its salt", [...withKey, "--record", "record.json"], "needs --salt"],
  ["two sizes without a path", withOlder.slice(0, -2), "with --consistency"],
])("with %s nothing was checked", (_, args, says) => {
  const { exitStatus, written, logged } = verify(args);
  expect([exitStatus, written]).toEqual([2, ""]);
  expect(logged).toMatch(/^NOT CHECKED: /);
  expect(logged).toContain(says);
});

test("what a leaf says cannot command the terminal", () => {
  const leaf = Buffer.from('{"id":"\u001b[2J\u009b1m\u202e","type":"decision"}'.replace("\u001b", "\\u001b"));
  const tree = new TextbookTree(leaves.with(11, leaf));
  const { written } = verify(withKey, {
    "leaf.json": leaf,
    "p.tlog-proof": proofOf(11, noteOf(20, { from: tree }), tree),
  });
  expect(written).toContain('id: "\\u001b[2J\\u009b1m\\u202e"');
  expect(written).toMatch(/^[\x20-\x7e\n]*$/);
});

test("a leaf in which a member stands twice says nothing", () => {
  const leaf = Buffer.from('{"id":"one","id":"two","type":"decision"}');
  const tree = new TextbookTree(leaves.with(11, leaf));
  const changed = { "leaf.json": leaf, "p.tlog-proof": proofOf(11, noteOf(20, { from: tree }), tree) };
  expect(verify(withKey, changed).written).not.toContain("two");
  expect(verify(withRecord, changed)).toMatchObject({ exitStatus: 1 });
});

test("a copy of the file alone, in an empty folder, is all that is needed", () => {
  const folder = mkdtempSync(join(tmpdir(), "verify-proof-"));
  try {
    copyFileSync(verifierFile, join(folder, "copy.js"));
    writeFileSync(join(folder, "p.tlog-proof"), goldenProof);
    writeFileSync(join(folder, "leaf.json"), knownLeaves[5]);
    expect(runVerifier(withKey, folder, "copy.js")).toMatchObject({ exitStatus: 0, logged: "" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
