import { createHash } from "node:crypto";
import { parseBytes } from "./hashText";
import { Parsed } from "./parsed";

/** A public key of Ed25519 under a name. Name and id together find the signatures made with it. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: Buffer;
  /** 32 bytes, as in RFC 8032. */
  readonly publicKey: Buffer;
}

/** Bytes of a key's id. */
export const keyIdLength = 4;

const publicKeyLength = 32;
const ed25519 = Buffer.of(1);
const name = /^[^\p{White_Space}\p{Cc}\p{Cs}+]+$/u;

/** Whether a key may have the name: no space, no control character, no plus. */
export function isKeyName(text: string): boolean {
  return name.test(text);
}

/** The key with its id; throws where it can be none, or not under that name. */
export function verifierKey(name: string, publicKey: Buffer): VerifierKey {
  if (!isKeyName(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a key`);
  if (publicKey.length !== publicKeyLength) throw new Error("a public key of Ed25519 has 32 bytes");
  const sum = createHash("sha256").update(`${name}\n`).update(ed25519).update(publicKey).digest();
  return { name, keyId: sum.subarray(0, keyIdLength), publicKey };
}

/** `<name>+<key id>+<key>`: the form in which keys are handed out. */
export function verifierKeyText({ name, keyId, publicKey }: VerifierKey): string {
  return [name, keyId.toString("hex"), Buffer.concat([ed25519, publicKey]).toString("base64")].join("+");
}

export function parseVerifierKey(text: string): Parsed<VerifierKey> {
  const [, name = "", keyId = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
  const bytes = parseBytes(encoded);
  if (!isKeyName(name) || !bytes) return { fault: "a verifier key is <name>+<key id in hex>+<base64>" };
  const isEd25519 = bytes.length === ed25519.length + publicKeyLength && bytes[0] === ed25519[0];
  if (!isEd25519) return { fault: "the verifier key is none of Ed25519" };
  const key = verifierKey(name, bytes.subarray(ed25519.length));
  return key.keyId.toString("hex") === keyId
    ? { value: key }
    : { fault: "the id in the verifier key is not that of its name and key" };
}
