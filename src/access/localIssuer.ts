import { createPublicKey, randomUUID, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { SignJWT } from "jose";
import { openKeyFile } from "./keyFile";
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
  const privateKey = await openKeyFile(join(folder, keyFile), "tokens issued so far will be refused");
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
