import fc from "fast-check";
import { signCheckpoint } from "../../src/ledger/checkpoint";
import { leafHashOf } from "../../src/ledger/leaf";
import { openProof, parseProof, proofText } from "../../src/ledger/proof";
import { alterationsOf } from "./alterations";
import { goldenNote, goldenProof, knownLeaves, logKey, origin, strangeKey } from "./logKeys";
import { sigstoreRefusal } from "./sigstore";
import { leavesOf, TextbookTree } from "./textbookTree";

const tree = new TextbookTree(knownLeaves);
const leafHash = leafHashOf(knownLeaves[5]);
const known = [logKey.verifier];

test("the proof of the golden vector is written byte for byte, and shows what it shows", () => {
  expect(proofText({ index: 5n, path: tree.path(5), note: goldenNote })).toBe(goldenProof);
  expect(parseProof(goldenProof)).toEqual({ value: { index: 5n, path: tree.path(5), note: goldenNote } });
  expect(openProof(goldenProof, leafHash, known)).toEqual({
    value: { index: 5n, checkpoint: { origin, treeSize: 8n, rootHash: tree.root() } },
  });
});

test("the path of an only leaf is empty", () => {
  const only = new TextbookTree(leavesOf("only", 1));
  const note = signCheckpoint({ origin, treeSize: 1n, rootHash: only.root() }, [logKey.signer]);
  const text = proofText({ index: 0n, path: [], note });
  expect(text.startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\nclaims.example/esi\n1\n")).toBe(true);
  expect(openProof(text, only.leafHash(0), known)).toMatchObject({ value: { index: 0n } });
});

const noPath = "the path does not lead from the leaf to the root of the checkpoint";
const noHash = "a line of the proof's path is no hash";
const noIndex = "the second line of the proof is no index";
const noFirst = "the first line of the proof is not c2sp.org/tlog-proof@v1";
const falseSignature = "the signature of claims.example/esi+4e8ada74 fails";
const noKey = "no signature is by a known key";
const control = "the note has a control character or is no valid UTF-8";
const [, , first, second, third] = goldenProof.split("\n");

test.each([
  ["nothing", "", "the proof has no empty line before its checkpoint"],
  ["the checkpoint alone", goldenNote, noFirst],
  ["another version", goldenProof.replace("@v1", "@v2"), noFirst],
  ["a byte order mark", `\ufeff${goldenProof}`, noFirst],
  ["CR LF", goldenProof.replaceAll("\n", "\r\n"), "the proof has no empty line before its checkpoint"],
  ["CR LF in the first line", goldenProof.replace("\n", "\r\n"), noFirst],
  ["extra content", goldenProof.replace("index", "extra QUJD\nindex"), noIndex],
  ["no index", goldenProof.replace("index 5\n", ""), noIndex],
  ["an index with a leading zero", goldenProof.replace("index 5", "index 05"), noIndex],
  ["an index after two spaces", goldenProof.replace("index 5", "index  5"), noIndex],
  ["an index below zero", goldenProof.replace("index 5", "index -3"), noIndex],
  ["another index", goldenProof.replace("index 5", "index 4"), noPath],
  ["an index past the tree", goldenProof.replace("index 5", "index 13"), noPath],
  ["the tree size as index", goldenProof.replace("index 5", "index 8"), noPath],
  ["two hashes changed round", goldenProof.replace(`${first}\n${second}`, `${second}\n${first}`), noPath],
  ["a hash removed", goldenProof.replace(`${first}\n`, ""), noPath],
  ["a hash twice", goldenProof.replace(first, `${first}\n${first}`), noPath],
  ["all hashes removed", goldenProof.replace(`${first}\n${second}\n${third}\n`, ""), noPath],
  ["another hash", goldenProof.replace(first, first.replace("v", "w")), noPath],
  ["a hash without padding", goldenProof.replace(first, first.slice(0, -1)), noHash],
  ["a hash in hex", goldenProof.replace(first, Buffer.from(first, "base64").toString("hex")), noHash],
  ["a hash of 33 bytes", goldenProof.replace(first, Buffer.alloc(33).toString("base64")), noHash],
  ["a URL-safe hash", goldenProof.replace("P3+iz", "P3-iz"), noHash],
  ["a space after a hash", goldenProof.replace(first, `${first} `), noHash],
  ["another size", goldenProof.replace("\n8\n", "\n9\n"), falseSignature],
  ["another root", goldenProof.replace("XcnaeacG", "XcnaeacH"), falseSignature],
  ["another origin", goldenProof.replaceAll("claims.example", "claims.sample"), noKey],
  [
    "another origin in the text alone",
    goldenProof.replace("claims.example", "claims.sample"),
    falseSignature,
  ],
  ["another signature", goldenProof.replace("ToradF0V", "ToradF0W"), falseSignature],
  ["another key's id", goldenProof.replace("Torad", "Tor4d"), noKey],
  ["another key's name", goldenProof.replace("— claims", "— claim5"), noKey],
  ["no last line feed", goldenProof.slice(0, -1), "the last line of the note has no line feed"],
  ["no empty line", goldenProof.replace("\n\nclaims", "\nclaims"), noHash],
  ["CR LF in the checkpoint", goldenProof.replace(/\n$/, "\r\n"), control],
  ["a hyphen for the em dash", goldenProof.replace("—", "-"), "a signature line of the note is malformed"],
])("a proof is refused: %s", (_, wrong, fault) => {
  expect(wrong).not.toBe(goldenProof);
  expect(openProof(wrong, leafHash, known)).toEqual({ fault });
});

test("a proof is of one leaf, and of one log", () => {
  const others = knownLeaves.map(leafHashOf).filter((hash) => !hash.equals(leafHash));
  for (const other of [...others, Buffer.alloc(0), leafHash.subarray(1)])
    expect(openProof(goldenProof, other, known)).toEqual({ fault: noPath });
  expect(openProof(goldenProof, leafHash, [strangeKey.verifier])).toEqual({ fault: noKey });
});

test("no character of a proof can be changed, removed or added", () => {
  const characters = [..."0Aa+/= \n—-"];
  const accepted: string[] = [];
  for (let place = 0; place <= goldenProof.length; place++)
    for (const character of ["", ...characters]) {
      const [before, after] = [goldenProof.slice(0, place), goldenProof.slice(place)];
      const isNext = after.startsWith(character);
      const wrong = isNext ? [] : [before + character + after, before + character + after.slice(1)];
      for (const text of character === "" ? [before + after.slice(1)] : wrong)
        if (text !== goldenProof && "value" in openProof(text, leafHash, known)) accepted.push(text);
    }
  expect(accepted).toEqual([]);
});

test("proofs written are read back, and an altered path is refused in a file of good form", () => {
  const large = new TextbookTree(leavesOf("large", 3_000));
  fc.assert(
    fc.property(fc.nat(2_999), fc.nat(2_999), (one, other) => {
      const [index, size] = [Math.min(one, other), Math.max(one, other) + 1];
      const head = { origin, treeSize: BigInt(size), rootHash: large.root(size) };
      const note = signCheckpoint(head, [logKey.signer]);
      const path = large.path(index, size);
      const textOf = (hashes: readonly Buffer[]) => proofText({ index: BigInt(index), path: hashes, note });
      expect(openProof(textOf(path), large.leafHash(index), known)).toEqual({
        value: { index: BigInt(index), checkpoint: head },
      });
      expect(
        sigstoreRefusal({ leaf: large.leaves[index], index: BigInt(index), path, note }, logKey.signer.key),
      ).toBe("");
      const wellFormed = alterationsOf(path, [head.rootHash]).filter(([, wrong]) =>
        wrong.every(({ length }) => length === 32),
      );
      const [, wrong] = wellFormed[other % wellFormed.length];
      expect(openProof(textOf(wrong), large.leafHash(index), known)).toEqual({ fault: noPath });
    }),
    { numRuns: 100 },
  );
});

test("what no reader would take is not written", () => {
  expect(() => proofText({ index: -1n, path: [], note: goldenNote })).toThrow(RangeError);
  expect(() => proofText({ index: 0n, path: [Buffer.alloc(31)], note: goldenNote })).toThrow("31 bytes");
});
