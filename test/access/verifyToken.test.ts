import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { TokenRefused, tokenVerifier, verifyToken, type TokenRules } from "../../src/access/verifyToken";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");

const nowSeconds = 1_770_000_000;
const rules: TokenRules = {
  key: publicKey,
  issuer: "https://issuer.test",
  audience: "https://service.test",
  algorithms: ["EdDSA"],
  now: () => new Date(nowSeconds * 1_000),
};

const goodHeader = { alg: "EdDSA", typ: "at+jwt" };
const goodClaims = {
  iss: rules.issuer,
  aud: rules.audience,
  sub: "ann",
  client_id: "portal",
  jti: "1",
  iat: nowSeconds,
  exp: nowSeconds + 900,
  scope: "claims:submit history:read",
};

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/** Signs whatever it is given: a library would refuse to make most of these. */
function token(claims: object = {}, header: object = {}, key: KeyObject = privateKey): string {
  const signed = `${encode({ ...goodHeader, ...header })}.${encode({ ...goodClaims, ...claims })}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

function signedWithPublicKey(): string {
  const signed = `${encode({ ...goodHeader, alg: "HS256" })}.${encode(goodClaims)}`;
  const secret = publicKey.export({ type: "spki", format: "pem" });
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** The parts of a token grow in steps of one or two characters, so both header and claims are tried. */
function ofLength(bytes: number): string {
  const about = Math.floor(((bytes - token().length) * 3) / 4) - 60;
  for (let spare = about; spare < about + 60; spare += 1) {
    for (const kid of ["", "1", "12"]) {
      const candidate = token({ spare: "x".repeat(spare) }, { kid });
      if (candidate.length === bytes) return candidate;
    }
  }
  throw new Error(`no token of ${bytes} bytes`);
}

test("a token as it should be names its caller", async () => {
  expect(await verifyToken(token(), rules)).toEqual({
    clientId: "portal",
    subject: "ann",
    scopes: new Set(["claims:submit", "history:read"]),
  });
});

test.each([
  ["a token without scope", token({ scope: undefined }), []],
  ["scopes of other services", token({ scope: "openid  audit:read nothing" }), ["audit:read"]],
  ["several audiences", token({ aud: ["other", rules.audience], scope: "" }), []],
  ["expired 29 seconds ago", token({ exp: nowSeconds - 29, scope: "" }), []],
  ["typ with its media type spelled out", token({ scope: "" }, { typ: "application/at+jwt" }), []],
  ["8,192 bytes", ofLength(8_192), ["claims:submit", "history:read"]],
])("%s: accepted", async (_, accepted, expected) => {
  expect((await verifyToken(accepted, rules)).scopes).toEqual(new Set(expected));
});

const [header, claims, signature] = token().split(".");

test.each([
  ["nothing", ""],
  ["no token at all", "token"],
  ["two parts", `${header}.${claims}`],
  ["a changed claim", `${header}.${encode({ ...goodClaims, sub: "eve" })}.${signature}`],
  ["another key", token({}, {}, stranger.privateKey)],
  [
    "another key, carried along",
    token({}, { jwk: stranger.publicKey.export({ format: "jwk" }) }, stranger.privateKey),
  ],
  [
    "a key by address",
    token({}, { jku: "http://127.0.0.1/keys", kid: "../../etc/passwd" }, stranger.privateKey),
  ],
  ["no algorithm", `${encode({ ...goodHeader, alg: "none" })}.${claims}.`],
  ["the public key taken for a secret", signedWithPublicKey()],
  ["an unknown critical extension", token({}, { crit: ["exp2"], exp2: 1 })],
  ["another type", token({}, { typ: "JWT" })],
  ["no type", token({}, { typ: undefined })],
  ["another issuer", token({ iss: "https://other.test" })],
  ["another audience", token({ aud: "https://other.test" })],
  ["expired 30 seconds ago", token({ exp: nowSeconds - 30 })],
  ["an expiry that is text", token({ exp: String(nowSeconds + 900) })],
  ["not valid before a minute from now", token({ nbf: nowSeconds + 60 })],
  ...["exp", "iat", "sub", "jti", "client_id", "iss", "aud"].map((name) => [
    `no ${name}`,
    token({ [name]: undefined }),
  ]),
  ["a client that is no text", token({ client_id: 7 })],
  ["an id that is no text", token({ jti: 7 })],
  ["a client with a line break", token({ client_id: "portal\nadmin" })],
  ["an empty subject", token({ sub: "" })],
  ["a subject of 256 characters", token({ sub: "x".repeat(256) })],
  ["scopes as a list", token({ scope: ["claims:submit"] })],
  ["8,193 bytes", ofLength(8_193)],
])("%s: refused, like any other", async (_, refused) => {
  const attempt = verifyToken(String(refused), rules);
  await expect(attempt).rejects.toThrow(TokenRefused);
  await expect(attempt).rejects.toThrow(/^the bearer token is not accepted$/);
});

describe("a token that was accepted", () => {
  let key: KeyObject;
  let seconds: number;
  let verify: (token: string) => Promise<unknown>;
  beforeEach(async () => {
    key = publicKey;
    seconds = 0;
    const now = (): Date => new Date((nowSeconds + seconds) * 1_000);
    verify = tokenVerifier({
      ...rules,
      now,
      get key() {
        return key;
      },
    });
  });

  test("is trusted for a minute, whatever becomes of the key", async () => {
    const expected = await verify(token());
    key = stranger.publicKey;
    seconds = 59;
    expect(await verify(token())).toEqual(expected);
    seconds = 60;
    await expect(verify(token())).rejects.toThrow(TokenRefused);
  });

  test("is trusted no longer than it lasts", async () => {
    const brief = token({ exp: nowSeconds + 10 });
    await verify(brief);
    seconds = 39;
    await expect(verify(brief)).resolves.toBeDefined();
    seconds = 40;
    await expect(verify(brief)).rejects.toThrow(TokenRefused);
  });

  test("lends its trust to no other", async () => {
    await verify(token());
    await expect(verify(`${token()}x`)).rejects.toThrow(TokenRefused);
    await expect(verify(token().slice(0, -1))).rejects.toThrow(TokenRefused);
  });

  test("is forgotten after a thousand others", async () => {
    const others = Array.from({ length: 1_000 }, (_, number) => token({ jti: `other-${number}` }));
    await verify(token());
    for (const other of others.slice(1)) await verify(other);
    key = stranger.publicKey;
    await expect(verify(token())).resolves.toBeDefined();
    key = publicKey;
    await verify(others[0] ?? "");
    key = stranger.publicKey;
    await expect(verify(token())).rejects.toThrow(TokenRefused);
  });
});
