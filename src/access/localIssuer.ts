import { equal } from "node:assert/strict";
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import { link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { SignJWT } from "jose";
import type { Scope } from "./scopes";
import type { TokenRules } from "./verifyToken";

const issuer = "https://local.invalid/issuer";
const audience = "https://local.invalid/graphql";
const algorithm = "EdDSA";
const keyFile = "token-key.pem";
const workingDaySeconds = 8 * 60 * 60;

export interface TokenRequest {
  clientId?: string;
  subject?: string;
  lifetimeSeconds?: number;
}

/** The issuer of local mode: it signs tokens with a key of its own, which no other installation accepts. */
export interface LocalIssuer {
  tokenRules: TokenRules;
  issueToken(scopes: Iterable<Scope>, request?: TokenRequest): Promise<string>;
}

/** Takes the key from the folder; makes folder and key where they are absent. */
export async function openLocalIssuer(folder: string, now: () => Date): Promise<LocalIssuer> {
  const privateKey = await openKey(folder);
  return {
    tokenRules: { key: createPublicKey(privateKey), issuer, audience, algorithms: [algorithm], now },
    issueToken: (scopes, request = {}) => signToken(privateKey, [...scopes], request, now()),
  };
}

function signToken(key: KeyObject, scopes: Scope[], request: TokenRequest, at: Date): Promise<string> {
  const issuedAt = Math.floor(at.getTime() / 1_000);
  const { clientId = "local", subject = "local", lifetimeSeconds = workingDaySeconds } = request;
  return new SignJWT({ client_id: clientId, scope: scopes.join(" ") })
    .setProtectedHeader({ alg: algorithm, typ: "at+jwt" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key);
}

async function openKey(folder: string): Promise<KeyObject> {
  const path = join(folder, keyFile);
  const kept = (await readIfPresent(path)) ?? (await createKey(folder, path));
  return parseKey(kept, path);
}

function parseKey(text: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(text);
    equal(key.asymmetricKeyType, "ed25519");
    return key;
  } catch (cause) {
    const advice = "remove it and start again; tokens issued so far will be refused";
    throw new Error(`${path} holds no Ed25519 private key: ${advice}`, { cause });
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** A hard link appears whole or not at all, and once: whoever comes second takes the key of the first. */
async function createKey(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, newKey());
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(path, "utf8");
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
