import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signCheckpoint } from "../../src/ledger/checkpoint";
import { sealExceptionEntry } from "../../src/ledger/exceptionLeaf";
import { sealDecision } from "../../src/ledger/leaf";
import { proofText } from "../../src/ledger/proof";
import { loaded, MemberOnFile } from "../adjudication/memberOnFile";
import { goldenVerifierKey, logKey, origin } from "./logKeys";
import { leavesOf, TextbookTree } from "./textbookTree";
import { runVerifier } from "./verifierFile";

/* The file for people who trust nothing of ours, and the files that they download. */

export const decision = {
  ...new MemberOnFile().decide(loaded("HISTORY-1", "2025-05-12")),
  id: "0190a5b2-0000-7000-8000-000000000002",
};
export const salt = Buffer.from("00112233445566778899aabbccddeeff", "hex");
export const sealed = sealDecision(decision, salt, { previousLeafHash: null, policyHash: null });
export const ending = sealExceptionEntry({
  kind: "ENDING",
  sequence: 2,
  id: "0190a5b2-0000-7000-8000-000000000003",
  declaredAt: "2026-03-02T10:15:30.123Z",
  declaredBy: "someone",
  exceptionId: "0190a5b2-0000-7000-8000-000000000001",
  effectiveTo: decision.session.dateOfService,
  citation: "a letter",
});

export const leaves = leavesOf("others", 27);
leaves[11] = sealed.leaf;
leaves[12] = ending.leaf;
export const tree = new TextbookTree(leaves);
export const forked = new TextbookTree(leaves.with(2, Buffer.from("another history")));

export function noteOf(size: number, { from = tree, signers = [logKey.signer], name = origin } = {}): string {
  return signCheckpoint({ origin: name, treeSize: BigInt(size), rootHash: from.root(size) }, signers);
}

export function proofOf(index: number, note = noteOf(20), from = tree): string {
  return proofText({ index: BigInt(index), path: from.path(index, 20), note });
}

export function linesOf(path: readonly Buffer[]): string {
  return path.map((hash) => `${hash.toString("base64")}\n`).join("");
}

export const good: Readonly<Record<string, string | Buffer>> = {
  "p.tlog-proof": proofOf(11),
  "leaf.json": sealed.leaf,
  "salt.b64": `${salt.toString("base64")}\n`,
  "record.json": sealed.record,
  "older.checkpoint": noteOf(9),
  "path.txt": linesOf(tree.consistency(9, 20)),
};

export const proofAlone = ["--proof", "p.tlog-proof", "--leaf", "leaf.json"];
export const withKey = [...proofAlone, "--key", goldenVerifierKey];
export const withRecord = [...withKey, "--record", "record.json", "--salt", "salt.b64"];
export const withOlder = [...withKey, "--other", "older.checkpoint", "--consistency", "path.txt"];
export const withAll = [...withRecord, ...withOlder.slice(withKey.length)];

/** Runs the file in a folder of its own that holds the good files but for those changed. */
export function verify(args: readonly string[], changed: Readonly<Record<string, string | Buffer>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "verify-proof-"));
  try {
    for (const [name, content] of Object.entries({ ...good, ...changed }))
      writeFileSync(join(folder, name), content);
    return runVerifier(args, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
