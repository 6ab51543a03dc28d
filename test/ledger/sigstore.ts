import { createPublicKey } from "node:crypto";
import { verifyCheckpoint } from "@sigstore/verify/dist/tlog/checkpoint.js";
import { verifyMerkleInclusion } from "@sigstore/verify/dist/tlog/merkle.js";
import { VerifierKey } from "../../src/ledger/verifierKey";

type Entry = Parameters<typeof verifyMerkleInclusion>[0];

/** A leaf, its place, its path and a checkpoint, as somebody else's verifier of logs takes them. */
export interface Claimed {
  readonly leaf: Buffer;
  readonly index: bigint;
  readonly path: readonly Buffer[];
  readonly note: string;
}

/** What somebody else's verifier says of the leaf: "" that it is in the log, or else why not. */
export function sigstoreRefusal({ leaf, index, path, note }: Claimed, key: VerifierKey): string {
  const logIndex = String(index);
  const inclusionProof = {
    logIndex,
    hashes: [...path],
    checkpoint: { envelope: note },
    rootHash: Buffer.alloc(0),
    treeSize: "",
  };
  const entry: Entry = {
    logIndex,
    logId: { keyId: key.keyId },
    kindVersion: { kind: "", version: "" },
    integratedTime: "0",
    inclusionPromise: undefined,
    inclusionProof,
    canonicalizedBody: leaf,
  };
  const x = key.publicKey.toString("base64url");
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  const validFor = { start: new Date(0), end: new Date(8_000_000_000_000) };
  const log = { logID: key.keyId, baseURL: key.name, publicKey, validFor };
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    return "";
  } catch (error) {
    return String(error);
  }
}
