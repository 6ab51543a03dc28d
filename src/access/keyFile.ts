import { equal } from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createOnce, readIfPresent } from "../durableFile";
import { localMark } from "./productionKeyFile";

/**
 * The Ed25519 private key of a file in PEM; where there is none it is made, and whoever comes second takes
 * the key of the first. `whatIfLost` tells a person what removing a file that holds no key would mean.
 */
export async function openKeyFile(path: string, whatIfLost: string): Promise<KeyObject> {
  const kept = await readIfPresent(path);
  if (kept !== undefined) return parseKey(kept, path, whatIfLost);
  await createOnce(path, newKey());
  return parseKey((await readIfPresent(path)) ?? "", path, whatIfLost);
}

/** The same, but no key is made: undefined where there is no file. */
export async function openKeyFileIfPresent(path: string, whatIfLost: string): Promise<KeyObject | undefined> {
  const kept = await readIfPresent(path);
  return kept === undefined ? undefined : parseKey(kept, path, whatIfLost);
}

function parseKey(text: string, path: string, whatIfLost: string): KeyObject {
  try {
    const key = createPrivateKey(text);
    equal(key.asymmetricKeyType, "ed25519");
    return key;
  } catch (cause) {
    const advice = `remove it and start again; ${whatIfLost}`;
    throw new Error(`${path} holds no Ed25519 private key: ${advice}`, { cause });
  }
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return localMark + privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
