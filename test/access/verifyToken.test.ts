import { type KeyObject } from "node:crypto";
import { TokenRefused, tokenVerifier, verifyToken, type TokenRules } from "../../src/access/verifyToken";
import {
  audience,
  ed25519Key,
  issuerName,
  nowSeconds,
  ofLength,
  type SigningKey,
  token as tokenBy,
} from "./forge";

const ours = ed25519Key("1");
const stranger = ed25519Key("1");

const rules: TokenRules = {
  keysFor: async () => [ours.publicKey],
  issuer: issuerName,
  audience,
  algorithms: ["EdDSA"],
  longestLifetimeSeconds: 900,
  now: () => new Date(nowSeconds * 1_000),
};

const token = (claims: object = {}, header: object = {}, key: SigningKey = ours): string =>
  tokenBy(key, claims, header);

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
  ["expired 29 seconds ago", token({ iat: nowSeconds - 900, exp: nowSeconds - 29, scope: "" }), []],
  ["issued 29 seconds from now", token({ iat: nowSeconds + 29, scope: "" }), []],
  ["typ with its media type spelled out", token({ scope: "" }, { typ: "application/at+jwt" }), []],
  ["8,192 bytes", ofLength(ours, 8_192), ["claims:submit", "history:read"]],
])("%s: accepted", async (_, accepted, expected) => {
  expect((await verifyToken(accepted, rules)).scopes).toEqual(new Set(expected));
});

/* The table of forged tokens is in test/http/forgedTokens.test.ts. */
test("a token is refused in the same words, whatever is wrong with it", async () => {
  for (const refused of ["", token({ aud: "other" }), token({}, {}, stranger), token({ sub: "" })]) {
    const attempt = verifyToken(refused, rules);
    await expect(attempt).rejects.toThrow(TokenRefused);
    await expect(attempt).rejects.toThrow(/^the bearer token is not accepted$/);
  }
});

test("each of several keys that bear one name is tried", async () => {
  const several = { ...rules, keysFor: async () => [stranger.publicKey, ours.publicKey] };
  await expect(verifyToken(token(), several)).resolves.toBeDefined();
  await expect(verifyToken(token(), { ...rules, keysFor: async () => [] })).rejects.toThrow(TokenRefused);
});

test("a longer lifetime holds where the rules allow it, and no longer one", async () => {
  const workingDay = { ...rules, longestLifetimeSeconds: 28_800 };
  const longer = token({ exp: nowSeconds + 28_800 });
  await expect(verifyToken(longer, workingDay)).resolves.toBeDefined();
  await expect(verifyToken(longer, rules)).rejects.toThrow(TokenRefused);
  await expect(verifyToken(token({ exp: nowSeconds + 28_801 }), workingDay)).rejects.toThrow(TokenRefused);
});

describe("a token that was accepted", () => {
  let key: KeyObject;
  let seconds: number;
  let verify: (token: string) => Promise<unknown>;
  beforeEach(async () => {
    key = ours.publicKey;
    seconds = 0;
    const now = (): Date => new Date((nowSeconds + seconds) * 1_000);
    verify = tokenVerifier({
      ...rules,
      now,
      keysFor: async () => [key],
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
    const brief = token({ iat: nowSeconds - 890, exp: nowSeconds + 10 });
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
    key = ours.publicKey;
    await verify(others[0] ?? "");
    key = stranger.publicKey;
    await expect(verify(token())).rejects.toThrow(TokenRefused);
  });
});
