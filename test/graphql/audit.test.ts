import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "../../src/ledger/checkpoint";
import { openReceipt } from "../../src/ledger/receipt";
import { parseHash } from "../../src/ledger/hashText";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import { logKey, receiptKey } from "../ledger/logKeys";
import { sigstoreRefusal } from "../ledger/sigstore";
import { showsConsistency } from "../ledger/textbookTree";
import { runVerifier } from "../ledger/verifierFile";
import { submission } from "./claims";
import { sixInOhio } from "./correcting";
import { serveSealed, SealedService } from "./sealedOverHttp";
import { decided, submit } from "./submitting";

let served: SealedService;
const ids: string[] = [];
let firstSize: string;
let secondSize: string;

beforeAll(async () => {
  served = await serveSealed();
  for (const place of [1, 2, 3])
    ids.push(
      await decided(served, "SEALED", { claimNumber: `A${place}`, dateOfService: `2025-0${place}-10` }),
    );
  firstSize = await served.seal();
  await served.fields(
    "mutation ($input: PolicyExceptionInput!) { declarePolicyException(input: $input) { exception { id } } }",
    { input: sixInOhio() },
  );
  for (const place of [4, 5])
    ids.push(
      await decided(served, "SEALED", { claimNumber: `A${place}`, dateOfService: `2025-0${place}-10` }),
    );
  ids.push(await decided(served, "OTHER", { claimNumber: "B1" }));
  secondSize = await served.seal();
});
afterAll(() => served.stop());

const proofFields = `{
  decisionId leafIndex leaf leafHash path tlogProof checkpoint { treeSize rootHash note at } opening { salt record }
}`;

interface Proof {
  readonly decisionId: string;
  readonly leafIndex: string;
  readonly leaf: string;
  readonly leafHash: string;
  readonly path: readonly string[];
  readonly tlogProof: string;
  readonly checkpoint: { readonly treeSize: string; readonly rootHash: string; readonly note: string };
  readonly opening: { readonly salt: string; readonly record: string } | null;
}

async function proofOf(decisionId: string, treeSize?: string): Promise<Proof | null> {
  const { proof } = await served.fields<{ proof: Proof | null }>(
    `query ($id: ID!, $size: LogIndex) { proof: auditProof(decisionId: $id, treeSize: $size) ${proofFields} }`,
    { id: decisionId, size: treeSize },
  );
  return proof;
}

function bytesOf(hash: string): Buffer {
  const bytes = parseHash(hash);
  if (!bytes) throw new Error("no hash");
  return bytes;
}

/** What somebody else's verifier says against a proof; "" for nothing. */
function refusalOf({ leaf, leafIndex, path, checkpoint: { note } }: Proof): string {
  const claimed = { leaf: Buffer.from(leaf), index: BigInt(leafIndex), path: path.map(bytesOf), note };
  return sigstoreRefusal(claimed, logKey.signer.key);
}

test("somebody else's verifier accepts the proof of every decision, and opens it", async () => {
  for (const id of ids) {
    const proof = await proofOf(id);
    if (!proof?.opening) throw new Error("no proof");
    expect(refusalOf(proof)).toBe("");
    const { salt, record } = proof.opening;
    const body = createHash("sha256").update(Buffer.from(salt, "base64")).update(record).digest("hex");
    expect(JSON.parse(proof.leaf)).toMatchObject({ id, type: "decision", body });
    expect(JSON.parse(record)).toMatchObject({ id });
    expect(proof.tlogProof.endsWith(`\n\n${proof.checkpoint.note}`)).toBe(true);
  }
});

test("the reply as it is downloaded is checked by the file for people who trust nothing of ours", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reply-"));
  const check = (reply: object, id = ids[2]) => {
    writeFileSync(join(folder, "reply.json"), JSON.stringify(reply));
    const asked = ["--reply", "reply.json", "--id", id, "--key", verifierKeyText(logKey.signer.key)];
    return runVerifier(asked, folder);
  };
  const proof = await proofOf(ids[2]);
  if (!proof?.opening) throw new Error("no proof");
  const good = check({ data: { auditProof: proof } });
  expect([good.exitStatus, good.logged]).toEqual([0, ""]);
  expect(good.written).toContain("The record is the one that the leaf stands for.");
  const record = proof.opening.record.replace("APPROVED", "DENIED");
  const altered = check({ data: { auditProof: { ...proof, opening: { ...proof.opening, record } } } });
  expect([altered.exitStatus, altered.logged]).toEqual([
    1,
    expect.stringContaining("the record is not the one"),
  ]);
  expect(check({ data: { auditProof: null } }).exitStatus).toBe(2);
  expect(check({ data: { auditProof: proof } }, ids[1]).logged).toContain("the proof is not that of");
  rmSync(folder, { recursive: true });
});

test("a leaf that is altered is refused", async () => {
  const proof = await proofOf(ids[0]);
  if (!proof) throw new Error("no proof");
  expect(refusalOf({ ...proof, leaf: proof.leaf.replace('"seq":1', '"seq":2') })).not.toBe("");
});

test("a proof is given for an older checkpoint too, and none where the decision is not in it", async () => {
  const proof = await proofOf(ids[1], firstSize);
  expect(proof?.checkpoint.treeSize).toBe(firstSize);
  expect(proof && refusalOf(proof)).toBe("");
  expect(await proofOf(ids[4], firstSize)).toBeNull();
  expect(await proofOf(ids[4], "2")).toBeNull();
  expect(await proofOf("00000000-0000-7000-8000-000000000000")).toBeNull();
  expect(await proofOf("no id")).toBeNull();
});

test("a decision that is not sealed yet has a leaf and a receipt, and no place", async () => {
  const id = await decided(served, "UNSEALED", { claimNumber: "U1" });
  const { decision } = await served.fields<{ decision: { audit: Record<string, string | null> } }>(
    "query ($id: ID!) { decision(id: $id) { audit { decisionId leafIndex leafHash receipt } } }",
    { id },
  );
  expect(decision.audit).toMatchObject({ decisionId: id, leafIndex: null });
  expect(await proofOf(id)).toBeNull();
  const opened = openReceipt(decision.audit.receipt ?? "", [receiptKey.verifier]);
  if ("fault" in opened) throw new Error(opened.fault);
  expect(opened.value).toMatchObject({ decisionId: id, leafHash: bytesOf(decision.audit.leafHash ?? "") });
});

test("one checkpoint is shown to continue the other, by a verifier of our tests' own", async () => {
  const { consistency } = await served.fields<{
    consistency: { first: Proof["checkpoint"]; second: Proof["checkpoint"]; path: string[] };
  }>(
    `query ($first: LogIndex!, $second: LogIndex!) { consistency: auditConsistency(first: $first, second: $second) {
      first { treeSize rootHash note } second { treeSize rootHash note } path
    } }`,
    { first: firstSize, second: secondSize },
  );
  const sides = [consistency.first, consistency.second].map(({ treeSize, rootHash }) => {
    return [BigInt(treeSize), bytesOf(rootHash)] as [bigint, Buffer];
  });
  expect(sides.map(([size]) => String(size))).toEqual([firstSize, secondSize]);
  expect(showsConsistency(sides[0], sides[1], consistency.path.map(bytesOf))).toBe(true);
  expect(showsConsistency(sides[0], sides[1], consistency.path.slice(1).map(bytesOf))).toBe(false);
});

const consistencyOf = (first: string, second: string) =>
  served.ask(
    "query ($first: LogIndex!, $second: LogIndex!) { auditConsistency(first: $first, second: $second) { path } }",
    {
      first,
      second,
    },
  );

test.each([
  ["a size that is no checkpoint's", "2", "3", "first must be the tree size of a checkpoint"],
  ["an empty tree", "0", "3", "first must be the tree size of a checkpoint"],
  ["a malformed size", "-1", "3", "first must be a whole number in decimal digits, as text"],
  ["leading zeroes", "3", "007", "second must be a whole number in decimal digits, as text"],
  [
    "a size beyond what can be counted",
    "3",
    "9".repeat(19),
    "second must be a whole number in decimal digits, as text",
  ],
])("consistency with %s is refused, and the argument named", async (_, first, second, message) => {
  expect((await consistencyOf(first, second)).errors).toMatchObject([
    { message, extensions: { code: "BAD_USER_INPUT" } },
  ]);
});

test("consistency of a larger tree with a smaller one is refused", async () => {
  expect((await consistencyOf(secondSize, firstSize)).errors).toMatchObject([
    { message: "first must not be larger than second" },
  ]);
});

test("a checkpoint is a note that the log's key signed, the newest or the one of a size", async () => {
  const ask =
    "query ($size: LogIndex) { checkpoint: auditCheckpoint(treeSize: $size) { treeSize rootHash note at } }";
  for (const size of [firstSize, secondSize]) {
    const { checkpoint } = await served.fields<{ checkpoint: Proof["checkpoint"] }>(ask, { size });
    const opened = openCheckpoint(checkpoint.note, [logKey.verifier]);
    expect(opened).toMatchObject({
      value: { treeSize: BigInt(size), rootHash: bytesOf(checkpoint.rootHash) },
    });
  }
  expect(await served.fields(ask)).toMatchObject({ checkpoint: { treeSize: secondSize } });
  expect(await served.fields(ask, { size: "2" })).toEqual({ checkpoint: null });
});

test("the entries of the log are read on from any place, each by its kind", async () => {
  const ask = `query ($from: LogIndex!, $first: Int) {
    entries: auditEntries(from: $from, first: $first) { leafIndex kind entryId leafHash leaf purged }
  }`;
  type Entries = {
    entries: { leafIndex: string; kind: string; entryId: string; leafHash: string; leaf: string }[];
  };
  const { entries } = await served.fields<Entries>(ask, { from: "0" });
  expect(entries.map(({ leafIndex }) => leafIndex)).toEqual(entries.map((_, place) => String(place)));
  expect(entries.map(({ kind }) => kind)).toEqual([
    ...["DECISION", "DECISION", "DECISION", "POLICY_EXCEPTION", "DECISION", "DECISION", "DECISION"],
  ]);
  for (const { leaf, leafHash, entryId } of entries) {
    const hash = createHash("sha256").update(Buffer.of(0)).update(leaf).digest("base64");
    expect([hash, JSON.parse(leaf).id]).toEqual([leafHash, entryId]);
  }
  const { entries: part } = await served.fields<Entries>(ask, { from: "2", first: 2 });
  expect(part).toEqual(entries.slice(2, 4));
  expect(await served.fields(ask, { from: "1000" })).toEqual({ entries: [] });
  expect(await served.fields(ask, { from: String(2n ** 63n - 1n), first: 256 })).toEqual({ entries: [] });
  for (const first of [0, 257]) {
    const { errors } = await served.ask(ask, { from: "0", first });
    expect(errors).toMatchObject([{ message: "first must be a whole number from 1 to 256" }]);
  }
});

const completeness = `query ($id: ID!, $size: LogIndex, $from: Int, $first: Int) {
  complete: memberCompleteness(memberId: $id, treeSize: $size, from: $from, first: $first) {
    head proofs ${proofFields} unsealed { decisionId receipt leaf } checkpoint { treeSize }
  }
}`;
interface Completeness {
  readonly complete: { head: number; proofs: Proof[]; unsealed: { decisionId: string }[] } | null;
}

test("a member's decisions are shown to be complete up to the head", async () => {
  const { complete } = await served.fields<Completeness>(completeness, { id: "SEALED" });
  if (!complete) throw new Error("no answer");
  expect(complete).toMatchObject({ head: 5, unsealed: [], checkpoint: { treeSize: secondSize } });
  expect(complete.proofs.map(({ decisionId }) => decisionId)).toEqual(ids.slice(0, 5));
  let previous: string | null = null;
  complete.proofs.forEach((proof, place) => {
    expect(refusalOf(proof)).toBe("");
    const leaf: { seq: number; prev: string | null } = JSON.parse(proof.leaf);
    expect([leaf.seq, leaf.prev]).toEqual([place + 1, previous]);
    expect(JSON.parse(proof.opening?.record ?? "")).toMatchObject({ memberId: "SEALED" });
    previous = bytesOf(proof.leafHash).toString("hex");
  });
});

test("what an older checkpoint does not hold of a member is named apart, and long streams go in parts", async () => {
  const { complete } = await served.fields<Completeness>(completeness, { id: "SEALED", size: firstSize });
  expect(complete).toMatchObject({ head: 3, unsealed: [{ decisionId: ids[3] }, { decisionId: ids[4] }] });
  const part = await served.fields<Completeness>(completeness, { id: "SEALED", from: 2, first: 2 });
  expect(part.complete?.proofs.map(({ decisionId }) => decisionId)).toEqual([ids[1], ids[2]]);
  expect(part.complete?.head).toBe(5);
  const last = await served.fields<Completeness>(completeness, { id: "SEALED", from: 2 ** 31 - 1 });
  expect(last.complete).toMatchObject({ head: 5, proofs: [], unsealed: [] });
});

test("a member of whom nothing is on file has an answer; without such a checkpoint there is none", async () => {
  const nobody = await served.fields<Completeness>(completeness, { id: "NOBODY" });
  expect(nobody.complete).toMatchObject({ head: 0, proofs: [], unsealed: [] });
  expect(await served.fields(completeness, { id: "SEALED", size: "2" })).toEqual({ complete: null });
});

test("the submitter gets the receipt at once, with the scope to submit and no other", async () => {
  const submitWith = (selection: string, key: string) =>
    served.ask<{ submitClaimSession: { decision: { id: string; audit: { receipt: string } } } }>(
      `mutation ($input: SubmitClaimSessionInput!) {
        submitClaimSession(input: $input) { decision { id audit { ${selection} } } }
      }`,
      { input: submission({ memberId: "RECEIPT", claimNumber: key }, key) },
      { scopes: ["claims:submit"] },
    );
  const { data } = await submitWith("receipt leaf leafIndex", "R1");
  const { id, audit } = data?.submitClaimSession.decision ?? { id: "", audit: { receipt: "" } };
  expect(openReceipt(audit.receipt, [receiptKey.verifier])).toMatchObject({ value: { decisionId: id } });
  const opening = await submitWith("...on DecisionAudit { opening { record } }", "R2");
  expect(opening.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  const [{ count }] = await served.service.database.query<{ count: string }[]>(
    "select count(*) from decision where idempotency_key = 'R2'",
  );
  expect(count).toBe("0");
});

test("reading what the log holds of a decision takes the scope of auditors, opening it both", async () => {
  const asked = (selection: string) => `query ($id: ID!) { decision(id: $id) { audit { ${selection} } } }`;
  const codes = async (selection: string, scopes: readonly ("decisions:read" | "audit:read")[]) => {
    const { errors = [] } = await served.ask(asked(selection), { id: ids[0] }, { scopes });
    return errors.map(({ extensions }) => extensions.code);
  };
  expect(await codes("leaf", ["decisions:read"])).toEqual(["FORBIDDEN"]);
  expect(await codes("leaf opening { salt }", ["decisions:read", "audit:read"])).toEqual([]);
  const { errors } = await served.ask(
    "query ($id: ID!) { auditProof(decisionId: $id) { opening { record } } }",
    { id: ids[0] },
    { scopes: ["audit:read"] },
  );
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
});

test("the leaf and its hash of a replayed submission are those of the first answer", async () => {
  const first = await submit(served, submission({ memberId: "AGAIN", claimNumber: "G1" }, "again"));
  const leafOf = async () =>
    served.fields("query ($id: ID!) { decision(id: $id) { audit { leaf leafHash receipt } } }", {
      id: first.decision?.id,
    });
  const before = await leafOf();
  await submit(served, submission({ memberId: "AGAIN", claimNumber: "G1" }, "again"));
  await served.seal();
  expect(await leafOf()).toEqual(before);
});
