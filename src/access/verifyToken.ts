import type { KeyObject } from "node:crypto";
import { errors, jwtVerify, type JWTPayload } from "jose";
import type { Caller } from "./caller";
import { parseScopes } from "./scopes";

const longestTokenBytes = 8_192;
const clockToleranceSeconds = 30;
const trustSeconds = 60;
const mostTokensKept = 1_000;
const requiredClaims = ["exp", "iat", "sub", "jti", "client_id"];
const identifier = /^[\x21-\x7e]{1,255}$/;

/** Which tokens are ours: the key that signed them and what they must say. */
export interface TokenRules {
  key: KeyObject;
  issuer: string;
  audience: string;
  algorithms: readonly "EdDSA"[];
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
  try {
    const { payload } = await jwtVerify(token, rules.key, {
      algorithms: [...rules.algorithms],
      issuer: rules.issuer,
      audience: rules.audience,
      typ: "at+jwt",
      requiredClaims,
      clockTolerance: clockToleranceSeconds,
      currentDate: rules.now(),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new TokenRefused(error.code);
    throw error;
  }
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
