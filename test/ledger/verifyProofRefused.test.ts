import { canonicalText } from "../../src/claim/canonicalText";
import { checkpointText } from "../../src/ledger/checkpoint";
import { signNote } from "../../src/ledger/signedNote";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import {
  forked,
  good,
  leaves,
  linesOf,
  noteOf,
  proofAlone,
  proofOf,
  salt,
  sealed,
  tree,
  verify,
  withAll,
  withOlder,
  withRecord,
} from "./downloads";
import { keyFrom, logKey, origin, strangeKey } from "./logKeys";
import { sha256, TextbookTree } from "./textbookTree";

/** A checkpoint that says it is another log's. */
const misnamed = signNote(
  checkpointText({ origin: "other.example/esi", treeSize: 20n, rootHash: tree.root(20) }),
  [logKey.signer],
);
const ofFourLines = signNote(`${origin}\n20\n${tree.root(20).toString("base64")}\nmore\n`, [logKey.signer]);
const proof = String(good["p.tlog-proof"]);
const [, , first, second] = proof.split("\n");
const unsalted = canonicalText({ ...JSON.parse(sealed.record), memberId: "SOMEBODY-ELSE" });
const note = noteOf(20);

/** A record that a leaf stands for, although the two say different things. */
function contradicting() {
  const record = canonicalText({ ...JSON.parse(sealed.record), decidedAt: "2026-07-02T00:00:00.000Z" });
  const body = sha256(salt, Buffer.from(record)).toString("hex");
  const leaf = Buffer.from(canonicalText({ ...JSON.parse(sealed.leaf.toString()), body }));
  const tree = new TextbookTree(leaves.with(11, leaf));
  return {
    "leaf.json": leaf,
    "record.json": record,
    "p.tlog-proof": proofOf(11, noteOf(20, { from: tree }), tree),
  };
}

test.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
  ["another leaf", { "leaf.json": leaves[10] }, "does not lead from this leaf"],
  [
    "a leaf with one byte changed",
    { "leaf.json": sealed.leaf.toString().replace("IMPORT", "IMPORt") },
    "does not lead from this leaf",
  ],
  ["a leaf with a line feed at its end", { "leaf.json": `${sealed.leaf}\n` }, "ends with a line feed"],
  [
    "a checkpoint that names another log",
    { "p.tlog-proof": proofOf(11, misnamed) },
    "the key is not that log's",
  ],
  ["a checkpoint of four lines", { "p.tlog-proof": proofOf(11, ofFourLines) }, "has not three lines"],
  ["an empty leaf", { "leaf.json": "" }, "does not lead from this leaf"],
  ["another index", { "p.tlog-proof": proof.replace("index 11", "index 10") }, "does not lead"],
  ["an index past the tree", { "p.tlog-proof": proof.replace("index 11", "index 31") }, "does not lead"],
  ["a malformed index", { "p.tlog-proof": proof.replace("index 11", "index 011") }, "not a whole number"],
  [
    "another hash",
    { "p.tlog-proof": proof.replace(first, linesOf([tree.leafHash(3)]).trim()) },
    "does not lead",
  ],
  ["a malformed hash", { "p.tlog-proof": proof.replace(first, first.slice(1)) }, "Base64"],
  ["a hash that is too short", { "p.tlog-proof": proof.replace(first, "QUJD") }, "32 bytes"],
  [
    "another order",
    { "p.tlog-proof": proof.replace(`${first}\n${second}`, `${second}\n${first}`) },
    "does not lead",
  ],
  ["a shorter path", { "p.tlog-proof": proof.replace(`${first}\n`, "") }, "does not lead"],
  ["a longer path", { "p.tlog-proof": proof.replace(first, `${first}\n${first}`) }, "does not lead"],
  ["another size", { "p.tlog-proof": proof.replace("\n20\n", "\n21\n") }, "is false"],
  [
    "another root",
    { "p.tlog-proof": proof.replace(note.split("\n")[2], tree.root(19).toString("base64")) },
    "is false",
  ],
  [
    "another log's checkpoint",
    { "p.tlog-proof": proof.replaceAll(origin, "other.example/esi") },
    "no signature by the given key",
  ],
  [
    "a stranger's signature",
    { "p.tlog-proof": proofOf(11, noteOf(20, { signers: [strangeKey.signer] })) },
    "no signature by the given key",
  ],
  [
    "a true and a false signature",
    {
      "p.tlog-proof":
        proof + proof.slice(proof.lastIndexOf("\n\n") + 2).replace(/A\S\S=\n|\S{4}\n$/, "AAA=\n"),
    },
    "is false",
  ],
  ["a checkpoint cut off", { "p.tlog-proof": proof.slice(0, -1) }, "is cut off"],
  ["a proof of another version", { "p.tlog-proof": proof.replace("@v1", "@v2") }, "does not begin with"],
  ["extra content", { "p.tlog-proof": proof.replace("index", "extra QUJD\nindex") }, "no index"],
  ["no checkpoint", { "p.tlog-proof": proof.slice(0, proof.indexOf("\n\n")) }, "no empty line"],
  ["CR LF", { "p.tlog-proof": proof.replaceAll("\n", "\r\n") }, "no empty line"],
  ["CR LF in the signature line", { "p.tlog-proof": proof.replace(/\n$/, "\r\n") }, "control character"],
  ["a hyphen for the em dash", { "p.tlog-proof": proof.replace("—", "-") }, "malformed signature line"],
  [
    "a proof that is no text",
    { "p.tlog-proof": Buffer.concat([Buffer.from(proof), Buffer.of(0xff)]) },
    "no UTF-8",
  ],
  ["an empty proof", { "p.tlog-proof": "" }, "no empty line"],
  ["another record", { "record.json": unsalted }, "not the one that the leaf stands for"],
  ["a record with a line feed at its end", { "record.json": `${sealed.record}\n` }, "ends with a line feed"],
  [
    "another salt",
    { "salt.b64": Buffer.alloc(16).toString("base64") },
    "not the one that the leaf stands for",
  ],
  [
    "a salt that took a byte of the record",
    {
      "salt.b64": Buffer.concat([salt, Buffer.from("{")]).toString("base64"),
      "record.json": sealed.record.slice(1),
    },
    "16 bytes",
  ],
  ["a record that says otherwise than its leaf", contradicting(), "differ in decidedAt"],
  ["another history", { "older.checkpoint": noteOf(9, { from: forked }) }, "continues the other"],
  [
    "another history of the same size",
    { "older.checkpoint": noteOf(20, { from: forked }), "path.txt": "" },
    "two histories",
  ],
  ["a path for other sizes", { "path.txt": linesOf(tree.consistency(8, 20)) }, "continues the other"],
  ["an empty path", { "path.txt": "" }, "continues the other"],
  ["a path between equal checkpoints", { "older.checkpoint": noteOf(20) }, "continues the other"],
  ["a malformed path", { "path.txt": "x\n" }, "Base64"],
  ["a checkpoint of nothing", { "older.checkpoint": noteOf(0), "path.txt": "" }, "continues the other"],
  [
    "an older checkpoint by a stranger",
    { "older.checkpoint": noteOf(9, { signers: [strangeKey.signer] }) },
    "no signature by the given key",
  ],
  ["an older checkpoint changed", { "older.checkpoint": noteOf(9).replace("\n9\n", "\n8\n") }, "is false"],
])("refused: %s", (_, changed, why) => {
  const { exitStatus, written, logged } = verify(withAll, changed);
  expect([exitStatus, written]).toEqual([1, ""]);
  expect(logged).toMatch(/^REFUSED: /);
  expect(logged).toContain(why);
});

test("a record of a leaf that stands for none is refused", () => {
  const changed = { "p.tlog-proof": proofOf(3), "leaf.json": leaves[3] };
  expect(verify(withRecord, changed)).toMatchObject({ exitStatus: 1, written: "" });
});

test("a checkpoint whose signer has another name than its log is refused", () => {
  const other = keyFrom(0, "other.example/esi");
  const note = noteOf(20, { signers: [other.signer], name: "other.example/esi" });
  const key = verifierKeyText(other.signer.key);
  expect(verify([...proofAlone, "--key", key], { "p.tlog-proof": proofOf(11, note) }).exitStatus).toBe(0);
  const run = verify(withOlder.concat("--key", key), { "older.checkpoint": note, "path.txt": "" });
  expect(run).toMatchObject({
    exitStatus: 1,
    logged: "REFUSED: the other checkpoint is of the log other.example/esi\n",
  });
});

test("a wrong key refuses a good proof", () => {
  const key = verifierKeyText(strangeKey.signer.key);
  const run = verify([...proofAlone, "--key", key]);
  expect(run).toMatchObject({ exitStatus: 1, written: "" });
  expect(run.logged).toBe("REFUSED: the checkpoint has no signature by the given key\n");
});
