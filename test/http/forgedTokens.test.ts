import { request } from "node:http";
import { remoteTokenRules } from "../../src/access/remoteTokenRules";
import { tokenVerifier } from "../../src/access/verifyToken";
import {
  audience,
  ecKey,
  ed25519Key,
  encode,
  encodeText,
  goodClaims,
  issuerName,
  jwkOf,
  nowSeconds,
  ofLength,
  rsaKey,
  signed,
  signedWithSecret,
  token,
} from "../access/forge";
import { type KeyPublisher, startKeyPublisher } from "../access/keyPublisher";
import { startSampleService, stopSampleServices, type SampleService } from "./sampleService";

/* Group 46 of odd inputs: forged and odd tokens over HTTP, all answered alike. */

const ec = ecKey("ec", "ES256");
const ec384 = ecKey("ec384", "ES384");
const rsa = rsaKey("rsa", "RS256");
const ed = ed25519Key("ed");
const published = [ec, ec384, rsa, ed];
const stranger = ecKey("ec", "ES256");

let publisher: KeyPublisher;
let service: SampleService;
beforeAll(async () => {
  publisher = await startKeyPublisher(...published);
  const issuer = { issuer: issuerName, audience, keysUrl: publisher.url };
  const rules = remoteTokenRules(issuer, () => new Date(nowSeconds * 1_000), fail);
  service = await startSampleService({ authenticate: tokenVerifier(rules) });
});
afterAll(async () => {
  await stopSampleServices();
  await publisher.stop();
});

function fail(): never {
  throw new Error("the keys could not be read");
}

interface Answer {
  httpCode: number | undefined;
  headers: Record<string, unknown>;
  text: string;
}

/** The whole answer but the moment of it. Header lines are sent as given, also twice the same. */
function ask(
  authorization: readonly string[],
  path = "/graphql",
  body = '{"query":"{ hello }"}',
): Promise<Answer> {
  const given = authorization.flatMap((value) => ["authorization", value]);
  const length = ["content-length", String(Buffer.byteLength(body))];
  const headers = [
    "host",
    "x",
    "content-type",
    "application/json",
    "x-request-id",
    "one",
    ...length,
    ...given,
  ];
  const to = { host: "127.0.0.1", port: service.port, method: "POST", agent: false, path, headers };
  return new Promise((resolve, reject) => {
    const outgoing = request(to, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk) => (text += chunk));
      const { date, connection, ...others } = incoming.headers;
      incoming.on("end", () => resolve({ httpCode: incoming.statusCode, headers: others, text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const refusal = {
  httpCode: 401,
  headers: {
    "cache-control": "no-store",
    "content-type": "application/json; charset=utf-8",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-request-id": "one",
  },
  text:
    '{"errors":[{"message":"A valid bearer token is required.",' +
    '"extensions":{"code":"UNAUTHENTICATED","retryable":false,"requestId":"one"}}]}',
};

const challenged = (challenge: string): Answer => ({
  ...refusal,
  headers: {
    ...refusal.headers,
    "content-length": String(refusal.text.length),
    "www-authenticate": challenge,
  },
});

const good = token(ec);
const [header = "", claims = "", signature = ""] = good.split(".");
const typ = "at+jwt";
const publicPem = String(rsa.publicKey.export({ type: "spki", format: "pem" }));
const strangerJwk = stranger.publicKey.export({ format: "jwk" });
const noSignature = Buffer.alloc(64).toString("base64url");
const lastBits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const otherLast = lastBits[lastBits.indexOf(signature.slice(-1)) ^ 1] ?? "";

test.each([
  ...published.map((key) => [`signed by ${key.alg}`, `Bearer ${token(key)}`]),
  ["signed by RS384, with the same key", `Bearer ${token({ ...rsa, alg: "RS384" })}`],
  ["the scheme in lower case", `bearer ${good}`],
  ["two spaces after the scheme", `Bearer  ${good}`],
  ["expired 29 seconds ago", `Bearer ${token(ec, { iat: nowSeconds - 900, exp: nowSeconds - 29 })}`],
  ["issued in 29 seconds", `Bearer ${token(ec, { iat: nowSeconds + 29 })}`],
  ["not valid before 29 seconds from now", `Bearer ${token(ec, { nbf: nowSeconds + 29 })}`],
  ["one audience of several", `Bearer ${token(ec, { aud: ["https://other.test", audience] })}`],
  ["no kid", `Bearer ${token(ec, {}, { kid: undefined })}`],
  ["no scope", `Bearer ${token(ec, { scope: undefined })}`],
  ["8,192 bytes", `Bearer ${ofLength(ec, 8_192)}`],
])("%s: accepted", async (_, authorization) => {
  expect(await ask([String(authorization)])).toMatchObject({ httpCode: 200 });
});

const refused: readonly (readonly [string, string])[] = [
  ["alg none", `${encode({ alg: "none", typ })}.${claims}.`],
  ["alg none, signed", `${encode({ alg: "none", typ, kid: "ec" })}.${claims}.${signature}`],
  ["alg NonE", `${encode({ alg: "NonE", typ })}.${claims}.`],
  ["no alg", token(ec, {}, { alg: undefined })],
  ["alg as a list", token(ec, {}, { alg: ["ES256"] })],
  ["alg of the prototype", token(ec, {}, { alg: "constructor" })],
  ["HS256 with the public key in PEM", signedWithSecret(publicPem, { kid: "rsa" })],
  ["HS256 with the public key as JWK", signedWithSecret(JSON.stringify(jwkOf(rsa)), { kid: "rsa" })],
  ["HS256 with nothing", signedWithSecret("", {})],
  ["RS512, which is not among ours", token({ ...rsa, alg: "RS512" })],
  ["PS256, which is not among ours", token(rsa, {}, { alg: "PS256" })],
  ["ES384 for a key of ES256", token(ec, {}, { alg: "ES384" })],
  ["the kid of another kind of key", token(ec, {}, { kid: "rsa" })],
  ["a kid that nobody has", token(ec, {}, { kid: "nobody" })],
  ["a path for a kid", token(ec, {}, { kid: "../../../../dev/null" })],
  ["SQL for a kid", token(ec, {}, { kid: "ec' or '1'='1" })],
  ["an address for a kid", token(ec, {}, { kid: "http://127.0.0.1/keys" })],
  ["a kid that is no text", token(ec, {}, { kid: { toString: "ec" } })],
  ["a kid with NUL", token(ec, {}, { kid: "ec\u0000" })],
  ["a kid of 5,000 characters", token(ec, {}, { kid: "k".repeat(5_000) })],
  ["the key of a stranger", token(stranger)],
  ["the key of a stranger, carried along", token(stranger, {}, { jwk: strangerJwk })],
  ["our key, carried along", token(ec, {}, { jwk: ec.publicKey.export({ format: "jwk" }) })],
  ["jku", token(stranger, {}, { jku: "http://127.0.0.1:1/keys" })],
  ["jku beside our key", token(ec, {}, { jku: "https://issuer.test/keys" })],
  ["x5u", token(ec, {}, { x5u: "http://127.0.0.1:1/chain" })],
  ["x5c", token(ec, {}, { x5c: ["MIIB"] })],
  ["an unknown critical extension", token(ec, {}, { crit: ["exp2"], exp2: 1 })],
  ["a known critical extension", token(ec, {}, { crit: ["b64"], b64: true })],
  ["an empty list of critical extensions", token(ec, {}, { crit: [] })],
  ["typ JWT", token(ec, {}, { typ: "JWT" })],
  ["typ of an id token", token(ec, {}, { typ: "id+jwt" })],
  ["no typ", token(ec, {}, { typ: undefined })],
  ["another audience", token(ec, { aud: "https://other.test" })],
  ["audiences without ours", token(ec, { aud: ["https://other.test", `${audience}/`] })],
  ["an audience that is an object", token(ec, { aud: { [audience]: true } })],
  ["another issuer", token(ec, { iss: "https://issuer.test.evil.test" })],
  ["issuers as a list", token(ec, { iss: [issuerName] })],
  ["expired 31 seconds ago", token(ec, { iat: nowSeconds - 900, exp: nowSeconds - 31 })],
  ["expiry as text", token(ec, { exp: String(nowSeconds + 900) })],
  [
    "expiry beyond all numbers",
    signed(ec, header, encodeText(JSON.stringify(goodClaims).replace(/"exp":\d+/, '"exp":1e999'))),
  ],
  ["an expiry before the issue", token(ec, { iat: nowSeconds + 20, exp: nowSeconds + 10 })],
  ["a lifetime of 15 minutes and a second", token(ec, { exp: nowSeconds + 901 })],
  ["an age of 20 minutes", token(ec, { iat: nowSeconds - 1_200, exp: nowSeconds + 60 })],
  ["issued in 31 seconds", token(ec, { iat: nowSeconds + 31 })],
  ["issued as text", token(ec, { iat: String(nowSeconds) })],
  ["not valid before 31 seconds from now", token(ec, { nbf: nowSeconds + 31 })],
  ["not valid before, as text", token(ec, { nbf: "0" })],
  ...["exp", "iat", "sub", "jti", "client_id", "iss", "aud"].map(
    (name) => [`no ${name}`, token(ec, { [name]: undefined })] as const,
  ),
  ["a jti that is no text", token(ec, { jti: 7 })],
  ["an empty subject", token(ec, { sub: "" })],
  ["a subject of 256 characters", token(ec, { sub: "x".repeat(256) })],
  ["a client with a line break", token(ec, { client_id: "portal\nadmin" })],
  ["scopes as a list", token(ec, { scope: ["claims:submit"] })],
  ["claims that are a list", signed(ec, header, encode([goodClaims]))],
  ["claims that are no JSON", signed(ec, header, encodeText("claims"))],
  ["a header that is no object", `${encode("ES256")}.${claims}.${signature}`],
  ["a header that is null", `${encode(null)}.${claims}.${signature}`],
  ["a changed claim", `${header}.${encode({ ...goodClaims, sub: "eve" })}.${signature}`],
  ["a changed header", `${encode({ alg: "ES256", kid: "ec", typ, x: 1 })}.${claims}.${signature}`],
  ["the last character cut off", good.slice(0, -1)],
  ["the signature cut off", `${header}.${claims}`],
  ["an empty signature", `${header}.${claims}.`],
  ["a signature of zeros", `${header}.${claims}.${noSignature}`],
  [
    "a signature in DER",
    `${header}.${claims}.${Buffer.from("3006020101020101", "hex").toString("base64url")}`,
  ],
  ["the same signature in other letters", good.slice(0, -1) + otherLast],
  ["padding", `${good}==`],
  ["base64 of the other alphabet", `${header}.${claims}.${Buffer.alloc(64, 255).toString("base64")}`],
  ["a part too many", `${good}.${signature}`],
  ["a JWE", `${encode({ alg: "dir", enc: "A256GCM", typ })}..${"A".repeat(16)}.${claims}.${"A".repeat(22)}`],
  ["a JWE that says ES256", `${header}..${"A".repeat(16)}.${claims}.${"A".repeat(22)}`],
  ["8,193 bytes", ofLength(ec, 8_193)],
  ["no token at all", "token"],
  ["dots", ".."],
  ["something after it", `${good} x`],
  ["a comma and another", `${good},${good}`],
];

test.each(refused)("%s: refused, in the answer that all get", async (_, text) => {
  expect(await ask([`Bearer ${text}`])).toEqual(challenged('Bearer error="invalid_token"'));
});

test("two authorization headers are refused, good as they are", async () => {
  const expected = challenged('Bearer error="invalid_token"');
  expect(await ask([`Bearer ${good}`, `Bearer ${good}`])).toEqual(expected);
  expect(await ask(["Basic YTpi", `Bearer ${good}`])).toEqual(expected);
});

test.each([
  ["nothing", [], undefined, undefined],
  ["Basic", ["Basic YTpi"], undefined, undefined],
  ["the token without a scheme", [good], undefined, undefined],
  ["the scheme without a token", ["Bearer"], undefined, undefined],
  ["another scheme that begins alike", [`BearerX ${good}`], undefined, undefined],
  ["the token in the query", [], `/graphql?access_token=${good}`, undefined],
  ["the token in the body", [], undefined, JSON.stringify({ query: "{ hello }", access_token: good })],
])("%s: no token was given, and the challenge says no more", async (_, authorization, path, body) => {
  expect(await ask(authorization, path, body)).toEqual(challenged("Bearer"));
});

test("one forged kid after the other reads the keys once, and nothing of a token is logged", async () => {
  await Promise.all(refused.map(([, text]) => ask([`Bearer ${text}`])));
  expect(publisher.reads()).toBe(1);
  expect(service.logged()).toBe("");
});
