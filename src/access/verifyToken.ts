import type { KeyObject } from "node:crypto";
import { type CryptoKey, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from "jose";
import type { Caller } from "./caller";
import { parseScopes } from "./scopes";

const longestTokenBytes = 8_192;
const clockToleranceSeconds = 30;
const trustSeconds = 60;
const mostTokensKept = 1_000;
const requiredClaims = ["exp", "iat", "sub", "jti", "client_id"];
const identifier = /^[\x21-\x7e]{1,255}$/;

/** Parts of a header that would have us take a key, or a rule, from the token itself. */
const refusedHeaders = ["crit", "jwk", "jku", "x5u", "x5c"];

export type TokenAlgorithm = "ES256" | "ES384" | "RS256" | "RS384" | "EdDSA";

/** All that is used of a token's header to find its key. */
export interface TokenHeader {
  readonly alg: TokenAlgorithm;
  readonly kid?: string;
}

/** The keys that may have signed a token with this header; rejects where that cannot be told now. */
export type KeySource = (header: TokenHeader) => Promise<readonly (KeyObject | CryptoKey)[]>;

/** Which tokens are ours: the keys that sign them and what they must say. */
export interface TokenRules {
  keysFor: KeySource;
  issuer: string;
  audience: string;
  algorithms: readonly TokenAlgorithm[];
  /** From issue to expiry. */
  longestLifetimeSeconds: number;
  now: () => Date;
}

/** The one error for every token that is not accepted. The reason is for our logs, never for the caller. */
export class TokenRefused extends Error {
  constructor(readonly reason: string) {
    super("the bearer token is not accepted");
    this.name = "TokenRefused";
  }
}

/** The caller whom the token names; throws TokenRefused whatever is wrong with it. */
export async function verifyToken(token: string, rules: TokenRules): Promise<Caller> {
  return (await verify(token, rules)).caller;
}

/**
 * The same, but a token that was accepted is not checked again for a minute, unless it expires: to check the
 * signature costs more than many an answer. A key that is withdrawn is out of use within that minute.
 */
export function tokenVerifier(rules: TokenRules): (token: string) => Promise<Caller> {
  const accepted = new Map<string, VerifiedToken>();
  return async (token) => {
    const now = rules.now().getTime();
    const known = accepted.get(token);
    if (known !== undefined && now < known.trustedUntil && now >= known.verifiedAt) return known.caller;
    const verified = await verify(token, rules);
    accepted.delete(token);
    accepted.set(token, verified);
    const [oldest] = accepted.keys();
    if (oldest !== undefined && accepted.size > mostTokensKept) accepted.delete(oldest);
    return verified.caller;
  };
}

/** Instants in milliseconds. */
interface VerifiedToken {
  caller: Caller;
  verifiedAt: number;
  trustedUntil: number;
}

async function verify(token: string, rules: TokenRules): Promise<VerifiedToken> {
  if (Buffer.byteLength(token) > longestTokenBytes) throw new TokenRefused("TOO_LONG");
  const verifiedAt = rules.now().getTime();
  const claims = await claimsOf(token, rules);
  const expiresAt = ((claims.exp ?? 0) + clockToleranceSeconds) * 1_000;
  const trustedUntil = Math.min(expiresAt, verifiedAt + trustSeconds * 1_000);
  return { caller: callerOf(claims), verifiedAt, trustedUntil };
}

async function claimsOf(token: string, rules: TokenRules): Promise<JWTPayload> {
  const keys = await rules.keysFor(headerOf(token, rules));
  for (const key of keys) {
    const claims = await claimsSignedBy(key, token, rules);
    if (claims) return checkLifetime(claims, rules);
  }
  throw new TokenRefused("NO_KEY_FITS");
}

/** One token has one text: what only decodes to the same bytes is another. */
function headerOf(token: string, { algorithms }: TokenRules): TokenHeader {
  const parts = token.split(".");
  const isCanonical = (part: string): boolean =>
    Buffer.from(part, "base64url").toString("base64url") === part;
  if (parts.length !== 3 || !parts.every(isCanonical)) throw new TokenRefused("NOT_COMPACT");
  const header = decodedHeader(token);
  const alg = algorithms.find((algorithm) => algorithm === header.alg);
  if (alg === undefined) throw new TokenRefused("ALGORITHM");
  if (refusedHeaders.some((name) => Object.hasOwn(header, name))) throw new TokenRefused("HEADER");
  return { alg, ...(header.kid !== undefined && { kid: identifierOf(header.kid) }) };
}

function decodedHeader(token: string): Record<string, unknown> {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenRefused("HEADER_IS_NO_OBJECT");
  }
}

/** Undefined where another key signed the token. */
async function claimsSignedBy(
  key: KeyObject | CryptoKey,
  token: string,
  rules: TokenRules,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [...rules.algorithms],
      issuer: rules.issuer,
      audience: rules.audience,
      typ: "at+jwt",
      requiredClaims,
      maxTokenAge: rules.longestLifetimeSeconds,
      clockTolerance: clockToleranceSeconds,
      currentDate: rules.now(),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return undefined;
    if (error instanceof errors.JOSEError) throw new TokenRefused(error.code);
    throw error;
  }
}

/** A token must not last longer than the rules say, however young it is. */
function checkLifetime(claims: JWTPayload, { longestLifetimeSeconds }: TokenRules): JWTPayload {
  const { exp = Number.NaN, iat = Number.NaN } = claims;
  const lasts = exp - iat;
  if (lasts > 0 && lasts <= longestLifetimeSeconds) return claims;
  throw new TokenRefused("LIFETIME");
}

function callerOf(claims: JWTPayload): Caller {
  const { scope = "" } = claims;
  if (typeof scope !== "string") throw new TokenRefused("SCOPE_IS_NO_TEXT");
  identifierOf(claims.jti);
  return {
    clientId: identifierOf(claims["client_id"]),
    subject: identifierOf(claims.sub),
    scopes: parseScopes(scope.split(" ")).scopes,
  };
}

function identifierOf(claim: unknown): string {
  if (typeof claim === "string" && identifier.test(claim)) return claim;
  throw new TokenRefused("IDENTIFIER_IS_NO_VISIBLE_TEXT");
}
