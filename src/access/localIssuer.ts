import { createPublicKey, randomUUID, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { SignJWT } from "jose";
import { openKeyFile, openKeyFileIfPresent } from "./keyFile";
import type { Scope } from "./scopes";
import type { TokenRules } from "./verifyToken";

const issuer = "https://local.invalid/issuer";
const audience = "https://local.invalid/graphql";
const algorithm = "EdDSA";
const keyFile = "token-key.pem";
const workingDaySeconds = 8 * 60 * 60;
const whatIfLost = "tokens issued so far will be refused";

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
  return issuerWith(await openKeyFile(join(folder, keyFile), whatIfLost), now);
}

/** The same, but nothing is made: undefined where the folder holds no key. */
export async function openLocalIssuerIfPresent(
  folder: string,
  now: () => Date,
): Promise<LocalIssuer | undefined> {
  const privateKey = await openKeyFileIfPresent(join(folder, keyFile), whatIfLost);
  return privateKey && issuerWith(privateKey, now);
}

function issuerWith(privateKey: KeyObject, now: () => Date): LocalIssuer {
  const publicKey = createPublicKey(privateKey);
  return {
    tokenRules: {
      keysFor: async () => [publicKey],
      algorithms: [algorithm],
      longestLifetimeSeconds: workingDaySeconds,
      ...{ issuer, audience, now },
    },
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
