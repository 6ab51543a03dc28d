import { createPublicKey, type KeyObject } from "node:crypto";
import { createLocalJWKSet, type CryptoKey, errors, type JWK } from "jose";
import type { TokenHeader } from "./verifyToken";

const mostBytes = 1_048_576;
const mostKeys = 64;
const fewestModulusBits = 2_048;
const curves = ["prime256v1", "secp384r1"];

/** The keys of an issuer, as read once; jose chooses among them. */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Why a set could not be read. The closed words are all that a log gets to see of it. */
export class KeySetUnread extends Error {
  constructor(readonly code: string) {
    super("the keys of the issuer could not be read");
    this.name = "KeySetUnread";
  }
}

/** Reads the set at an address, which answers itself: who is sent elsewhere is not followed. */
export async function readKeySet(url: URL, timeoutMs: number): Promise<KeySet> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const headers = { accept: "application/jwk-set+json, application/json" };
    const reply = await fetch(url, { redirect: "manual", signal, headers });
    if (reply.status === 200) return keySetOf(parse(await bounded(reply)));
    await reply.body?.cancel();
    throw new KeySetUnread(`HTTP_${reply.status}`);
  } catch (error) {
    if (error instanceof KeySetUnread) throw error;
    throw new KeySetUnread(signal.aborted ? "TIMED_OUT" : "UNREACHABLE");
  }
}

/** The keys that a token with this header may be signed with: none, one, or all that bear the same name. */
export async function keysFrom(set: KeySet, { alg, kid }: TokenHeader): Promise<readonly CryptoKey[]> {
  try {
    return [await set({ alg, ...(kid !== undefined && { kid }) })];
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return [];
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    const keys: CryptoKey[] = [];
    for await (const key of error) keys.push(key);
    return keys;
  }
}

/** Counts what arrives, not what is announced; a compressed body counts as large as it becomes. */
async function bounded(reply: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of reply.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new KeySetUnread("TOO_LARGE");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeySetUnread("NOT_JSON");
  }
}

function keySetOf(body: unknown): KeySet {
  const listed = isObject(body) ? body.keys : undefined;
  if (!Array.isArray(listed)) throw new KeySetUnread("NOT_A_KEY_SET");
  if (listed.length > mostKeys) throw new KeySetUnread("TOO_MANY_KEYS");
  const keys = listed.flatMap((entry: unknown) => usableKey(entry) ?? []);
  if (keys.length === 0) throw new KeySetUnread("NO_USABLE_KEY");
  return createLocalJWKSet({ keys });
}

/** What may verify a signature: a public key, meant for that, strong enough. A published secret is none. */
function usableKey(entry: unknown): JWK | undefined {
  if (!isObject(entry) || "d" in entry || "k" in entry) return undefined;
  const { kid, alg, use = "sig", key_ops: operations = ["verify"] } = entry;
  const isForSignatures = use === "sig" && Array.isArray(operations) && operations.includes("verify");
  if (!isForSignatures || !isTextOrAbsent(kid) || !isTextOrAbsent(alg)) return undefined;
  try {
    const key = createPublicKey({ key: entry, format: "jwk" });
    if (!isStrong(key)) return undefined;
    return { ...key.export({ format: "jwk" }), ...(kid && { kid }), ...(alg && { alg }) };
  } catch {
    return undefined;
  }
}

function isStrong({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === "rsa") return (details?.modulusLength ?? 0) >= fewestModulusBits;
  if (type === "ec") return curves.includes(details?.namedCurve ?? "");
  return type === "ed25519";
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
