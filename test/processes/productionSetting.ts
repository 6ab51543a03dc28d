import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { audience, issuerName, SigningKey, token } from "../access/forge";
import { startKeyPublisher } from "../access/keyPublisher";
import { ed25519Key } from "../access/forge";

/** What production needs beside a database: an issuer of the test's own, and keys in files. */
export interface ProductionSetting {
  /** Complete but for the database. */
  readonly environment: Readonly<Record<string, string>>;
  /** For the scopes, with these claims besides or in place of the usual ones. */
  readonly tokenFor: (scope: string, claims?: object) => string;
  readonly stop: () => Promise<void>;
}

export async function prepareProduction(folder: string): Promise<ProductionSetting> {
  const signingKey: SigningKey = ed25519Key("one");
  const publisher = await startKeyPublisher(signingKey);
  const environment = {
    ESI_CHECKPOINT_DIR: join(folder, "checkpoints"),
    ESI_TOKEN_ISSUER: issuerName,
    ESI_TOKEN_AUDIENCE: audience,
    ESI_TOKEN_KEYS_URL: publisher.url,
    ESI_LOG_ORIGIN: "log.example.com/esi",
    ESI_LOG_KEY_FILE: await writeKey(join(folder, "log-key.pem")),
    ESI_RECEIPT_KEY_FILE: await writeKey(join(folder, "receipt-key.pem")),
    ESI_DRAIN_WAIT_MS: "0",
  };
  const tokenFor = (scope: string, claims: object = {}): string => {
    const iat = Math.floor(Date.now() / 1_000);
    return token(signingKey, { scope, iat, exp: iat + 600, ...claims });
  };
  return { environment, tokenFor, stop: publisher.stop };
}

export async function writeKey(path: string, text = newKey(), mode = 0o600): Promise<string> {
  await writeFile(path, text, { mode });
  return path;
}

export function newKey(): string {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** How long it takes until readiness is told or denied, in milliseconds. */
export async function untilReady(
  address: string,
  isReady = true,
  mostMilliseconds = 10_000,
): Promise<number> {
  const start = performance.now();
  while ((await fetch(`${address}/readyz`)).ok !== isReady) {
    if (performance.now() - start > mostMilliseconds) throw new Error("readiness is not as expected");
    await delay(50);
  }
  return performance.now() - start;
}
