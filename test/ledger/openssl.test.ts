import { spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leafHashOf, sealDecision } from "../../src/ledger/leaf";
import { loaded, MemberOnFile } from "../adjudication/memberOnFile";
import { goldenProof, keyFrom, logKey, privateKeyOf } from "./logKeys";

/* The commands that people are told to check with who do not want any program of ours. */

const takeApart = `
sed '1,/^$/d' p.tlog-proof > cp.note
sed '/^$/,$d' cp.note > body.txt
sed -n 's/^— [^ ]* //p' cp.note | head -n 1 | base64 -d | tail -c +5 > sig.bin
`;
const checkSignature = "openssl pkeyutl -verify -pubin -inkey log.pem -rawin -in body.txt -sigfile sig.bin";
const publicKey = "openssl pkey -pubin -in log.pem -outform DER | tail -c 32";
const keyId = `{ printf '%s\\n\\001' "$(head -n 1 body.txt)"; ${publicKey}; } | sha256sum | cut -c1-8`;
const leafHash = `{ printf '\\000'; cat leaf.json; } | openssl dgst -sha256 -binary | base64`;
const body = "{ base64 -d salt.b64; cat record.json; } | sha256sum";

const decision = new MemberOnFile().decide(loaded("HISTORY-1", "2025-05-12"));
const salt = Buffer.from("00112233445566778899aabbccddeeff", "hex");
const sealed = sealDecision(decision, salt, { previousLeafHash: null, policyHash: null });

const seed = Buffer.from(Array.from({ length: 32 }, (_, place) => place));
const logPem = createPublicKey(privateKeyOf(seed)).export({ format: "pem", type: "spki" });
const good = {
  "p.tlog-proof": goldenProof,
  "log.pem": logPem,
  "leaf.json": sealed.leaf,
  "record.json": sealed.record,
  "salt.b64": salt.toString("base64"),
};

function run(commands: string, changed: Partial<Record<keyof typeof good, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "openssl-"));
  try {
    for (const [name, content] of Object.entries({ ...good, ...changed }))
      writeFileSync(join(folder, name), content);
    const { status, stdout } = spawnSync("sh", ["-c", commands], { cwd: folder, encoding: "utf8" });
    return { exitStatus: status, written: stdout.trim() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tools = "openssl version && command -v sha256sum base64 sed head tail cut";
const isHere = /^OpenSSL [3-9]/.test(spawnSync("sh", ["-c", tools], { encoding: "utf8" }).stdout ?? "");
const testWithOpenssl = isHere ? test : test.skip;

testWithOpenssl("openssl verifies the signature of a checkpoint, and no altered one", () => {
  const verified = run(takeApart + checkSignature);
  expect(verified).toEqual({ exitStatus: 0, written: "Signature Verified Successfully" });
  const altered = goldenProof.replace("\n8\n", "\n9\n");
  expect(run(takeApart + checkSignature, { "p.tlog-proof": altered }).exitStatus).toBe(1);
  const otherSeed = Buffer.from(seed).reverse();
  const other = createPublicKey(privateKeyOf(otherSeed)).export({ format: "pem", type: "spki" });
  expect(run(takeApart + checkSignature, { "log.pem": String(other) }).exitStatus).toBe(1);
});

testWithOpenssl("the id of the key follows from the log's name and its public key", () => {
  const id = run(takeApart + keyId).written;
  expect(id).toBe(logKey.signer.key.keyId.toString("hex"));
  expect(id).not.toBe(keyFrom(1).signer.key.keyId.toString("hex"));
});

testWithOpenssl("the leaf hash follows from the leaf, and the leaf's body from salt and record", () => {
  expect(run(leafHash).written).toBe(leafHashOf(sealed.leaf).toString("base64"));
  expect(run(body).written.slice(0, 64)).toBe(JSON.parse(sealed.leaf.toString("utf8")).body);
});
