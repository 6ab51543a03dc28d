import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import { logKey, strangeKey } from "../ledger/logKeys";
import { runVerifier, VerifierRun } from "../ledger/verifierFile";
import { serveSealed, SealedService } from "./sealedOverHttp";
import { decided } from "./submitting";

/* A member's decisions as they are downloaded, checked by the file for people who trust nothing of ours. */

interface Proof {
  leafIndex: string;
  leaf: string;
  path: string[];
  opening: { salt: string; record: string } | null;
}

interface Completeness {
  head: number;
  checkpoint: { note: string };
  proofs: Proof[];
  unsealed: { leaf: string }[];
}

const document = `query ($from: Int, $first: Int, $treeSize: LogIndex, $id: ID = "COMPLETE") {
  memberCompleteness(memberId: $id, treeSize: $treeSize, from: $from, first: $first) {
    head checkpoint { note } proofs { leafIndex leaf path opening { salt record } } unsealed { leaf }
  }
}`;

let served: SealedService;
let folder: string;
let firstSize: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "downloads-"));
  served = await serveSealed();
  const submit = (memberId: string, place: number) =>
    decided(served, memberId, { claimNumber: `${memberId}-${place}`, dateOfService: `2025-0${place}-10` });
  for (const place of [1, 2, 3]) await submit("COMPLETE", place);
  await submit("OTHER", 1);
  firstSize = await served.seal();
  await submit("COMPLETE", 4);
  await submit("OTHER", 2);
  await served.seal();
  await submit("COMPLETE", 5);
});
afterAll(async () => {
  await served.stop();
  rmSync(folder, { recursive: true });
});

async function download(variables: object = {}): Promise<Completeness> {
  const reply = await served.fields<{ memberCompleteness: Completeness }>(document, variables);
  return reply.memberCompleteness;
}

function check(parts: readonly Completeness[], member = "COMPLETE", key = logKey.signer.key): VerifierRun {
  const files = parts.map((memberCompleteness, place) => {
    writeFileSync(join(folder, `part-${place}.json`), JSON.stringify({ data: { memberCompleteness } }));
    return `--completeness=part-${place}.json`;
  });
  return runVerifier([...files, "--member", member, "--key", verifierKeyText(key)], folder);
}

test("a whole list is verified, and what it does not show is said", async () => {
  const { exitStatus, written, logged } = check([await download()]);
  expect([exitStatus, logged]).toEqual([0, ""]);
  expect(written).toContain("All 4 decisions of the member up to number 4 are in it");
  expect(written).toContain("1 more are not in it yet");
  expect(written).toContain("Not shown by this: that nothing came after the last decision");
});

test("a list in an older checkpoint is verified as far as that goes", async () => {
  const { exitStatus, written } = check([await download({ treeSize: firstSize })]);
  expect([exitStatus, written]).toEqual([0, expect.stringContaining("All 3 decisions")]);
});

test("parts are verified together, in their order and of one checkpoint", async () => {
  const parts = [await download({ first: 3 }), await download({ from: 4 })];
  expect(check(parts).exitStatus).toBe(0);
  expect(check(parts.toReversed()).logged).toContain("has another place in the stream");
  const alone = check([parts[0]]);
  expect([alone.exitStatus, alone.logged]).toEqual([2, expect.stringContaining("ask for the rest")]);
  const older = await download({ first: 3, treeSize: firstSize });
  expect(check([older, parts[1]]).logged).toContain("the parts are of several checkpoints");
});

test("an empty list proves nothing, and is not said to", async () => {
  const { exitStatus, logged } = check([await download({ id: "NOBODY" })], "NOBODY");
  expect([exitStatus, logged]).toEqual([2, expect.stringContaining("which proves nothing")]);
});

const swap = <T>(list: T[], one: number, other: number): T[] =>
  list.with(one, list[other]).with(other, list[one]);
const alteredLeaf = ({ leaf, ...proof }: Proof): Proof => ({
  ...proof,
  leaf: leaf.replace("APPROVED", "DENIED"),
});

test.each<[string, (found: Completeness, others: Completeness) => Partial<Completeness>, string]>([
  [
    "one left out and the head put down",
    ({ proofs }) => ({ head: 3, proofs: proofs.toSpliced(1, 1) }),
    "another place",
  ],
  ["one left out", ({ proofs }) => ({ proofs: proofs.toSpliced(1, 1) }), "another place in the stream"],
  ["one too many", ({ proofs }) => ({ head: 3, proofs }), "there are 4 proofs, and the head is 3"],
  ["two swapped", ({ proofs }) => ({ proofs: swap(proofs, 1, 2) }), "another place in the stream"],
  [
    "a leaf altered",
    ({ proofs }) => ({ proofs: proofs.with(1, alteredLeaf(proofs[1])) }),
    "does not lead to the checkpoint",
  ],
  [
    "another member's first",
    ({ proofs }, others) => ({ proofs: proofs.with(0, others.proofs[0]) }),
    "another member's",
  ],
  [
    "another member's second",
    ({ proofs }, others) => ({ proofs: proofs.with(1, others.proofs[1]) }),
    "does not name the one before",
  ],
  [
    "a path altered",
    ({ proofs }) => ({ proofs: proofs.with(0, { ...proofs[0], path: proofs[1].path }) }),
    "does not lead to the checkpoint",
  ],
  [
    "an index altered",
    ({ proofs }) => ({ proofs: proofs.with(3, { ...proofs[3], leafIndex: "3" }) }),
    "does not lead to the checkpoint",
  ],
  [
    "an opening of another",
    ({ proofs }) => ({ proofs: proofs.with(0, { ...proofs[0], opening: proofs[1].opening }) }),
    "not the one that the leaf stands for",
  ],
  [
    "an unsealed one that follows nothing",
    ({ proofs }) => ({ unsealed: [{ leaf: proofs[0].leaf }] }),
    "another place in the stream",
  ],
  [
    "no place for a proof",
    ({ proofs }) => ({ proofs: proofs.with(0, { ...proofs[0], leafIndex: "-1" }) }),
    "not a whole number",
  ],
])("a list with %s is refused", async (_, alter, reason) => {
  const found = await download();
  const { exitStatus, written, logged } = check([
    { ...found, ...alter(found, await download({ id: "OTHER" })) },
  ]);
  expect([exitStatus, written]).toEqual([1, ""]);
  expect(logged).toContain(reason);
});

test("a list of one member is refused as that of another, and one under another key", async () => {
  const found = await download();
  expect(check([found], "OTHER").logged).toContain("decision 1 is another member's");
  expect(check([found], "COMPLETE", strangeKey.signer.key).logged).toContain("no signature by the given key");
});

test("without what opens the leaves nothing is checked", async () => {
  const found = await download();
  const { exitStatus, logged } = check([
    { ...found, proofs: found.proofs.map((proof) => ({ ...proof, opening: null })) },
  ]);
  expect([exitStatus, logged]).toEqual([2, expect.stringContaining("nobody knows whose it is")]);
});
