import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/* Makes tokens as they should be and as no library would make them. */

export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const nowSeconds = 1_770_000_000;
export const issuerName = "https://issuer.test";
export const audience = "https://service.test";

export function ed25519Key(kid: string): SigningKey {
  return { alg: "EdDSA", kid, ...generateKeyPairSync("ed25519") };
}

export function ecKey(kid: string, alg: "ES256" | "ES384"): SigningKey {
  return { alg, kid, ...generateKeyPairSync("ec", { namedCurve: alg === "ES256" ? "P-256" : "P-384" }) };
}

export function rsaKey(kid: string, alg: string, modulusLength = 2_048): SigningKey {
  return { alg, kid, ...generateKeyPairSync("rsa", { modulusLength }) };
}

export function jwkOf({ kid, publicKey }: SigningKey): object {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig" };
}

export const encode = (part: unknown): string => encodeText(JSON.stringify(part));
export const encodeText = (text: string): string => Buffer.from(text).toString("base64url");

export const goodClaims = {
  iss: issuerName,
  aud: audience,
  sub: "ann",
  client_id: "portal",
  jti: "1",
  iat: nowSeconds,
  exp: nowSeconds + 900,
  scope: "claims:submit history:read",
};

/** A member given as undefined is left out. */
export function token(key: SigningKey, claims: object = {}, header: object = {}): string {
  const { alg, kid } = key;
  return signed(key, encode({ alg, kid, typ: "at+jwt", ...header }), encode({ ...goodClaims, ...claims }));
}

export function signed({ alg, privateKey }: SigningKey, header: string, claims: string): string {
  const text = Buffer.from(`${header}.${claims}`);
  const hash = alg === "EdDSA" ? null : `sha${alg.slice(2)}`;
  const signature = sign(hash, text, { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${header}.${claims}.${signature.toString("base64url")}`;
}

/** The public key, which anybody has, taken for a shared secret. */
export function signedWithSecret(secret: string | Buffer, header: object): string {
  const text = `${encode({ alg: "HS256", typ: "at+jwt", ...header })}.${encode(goodClaims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

/** A good token of this many bytes; its parts grow in steps, so both header and claims are tried. */
export function ofLength(key: SigningKey, bytes: number): string {
  const about = Math.floor(((bytes - token(key).length) * 3) / 4) - 60;
  for (let spare = about; spare < about + 60; spare += 1) {
    for (const x of ["", "1", "12"]) {
      const candidate = token(key, { spare: "x".repeat(spare) }, { x });
      if (candidate.length === bytes) return candidate;
    }
  }
  throw new Error(`no token of ${bytes} bytes`);
}
