import { Caller } from "../../src/access/caller";
import { remoteTokenRules } from "../../src/access/remoteTokenRules";
import { scopes } from "../../src/access/scopes";
import { tokenVerifier } from "../../src/access/verifyToken";
import {
  audience,
  ecKey,
  encode,
  issuerName,
  nowSeconds,
  ofLength,
  rsaKey,
  signedWithSecret,
  token,
} from "../access/forge";
import { KeyPublisher, startKeyPublisher } from "../access/keyPublisher";
import { tokenOf } from "../graphql/servedOverHttp";
import { canary, hostileBattery, Row } from "./battery";
import { head, sendRaw, toldOf } from "./rawHttp";

/* test/http/forgedTokens.test.ts holds many more tokens against the whole of the answer. */

const ec = ecKey("ec", "ES256");
const rsa = rsaKey("rsa", "RS256");
const stranger = ecKey("ec", "ES256");
const healthy = [tokenOf(), tokenOf({ clientId: "healthy" })];

let publisher: KeyPublisher;
let verify: (text: string) => Promise<Caller>;
beforeAll(async () => {
  publisher = await startKeyPublisher(ec, rsa);
  const issuer = { issuer: issuerName, audience, keysUrl: publisher.url };
  verify = tokenVerifier(
    remoteTokenRules(
      issuer,
      () => new Date(nowSeconds * 1_000),
      () => undefined,
    ),
  );
});
afterAll(() => publisher.stop());

/** Every token but those of the healthy client is looked at as in production. */
const authenticate = async (text: string): Promise<Caller> =>
  healthy.includes(text)
    ? { clientId: "healthy", subject: "healthy", scopes: new Set(scopes) }
    : verify(text);

const { group, port, post } = hostileBattery({ authenticate });

const asked = { query: "{ policyVersions { id } }" };
const accepted = '200 {"policyVersions":[{"id":"molina-esi@2021-12-12"}]}';
const refused = "401 UNAUTHENTICATED";

/** A token that is good but for what is told of it; it has room for something that no log may hold. */
const forged = (claims: object = {}, header: object = {}, key = ec): string =>
  token(key, { sub: canary, ...claims }, header);
const sent = (what: string, text: string, expected = refused): Row => [
  what,
  () => post(asked, { authorization: `Bearer ${text}` }),
  expected,
];
const good = forged();
const [, claims = "", signature = ""] = good.split(".");
const publicPem = String(rsa.publicKey.export({ type: "spki", format: "pem" }));

group(46, "tokens that are forged, odd or not for this service", [
  sent("good", good, accepted),
  sent("of 8 KB", ofLength(ec, 8_192), accepted),
  sent("of 8 KB and a byte", ofLength(ec, 8_193)),
  sent("alg none", `${encode({ alg: "none", typ: "at+jwt" })}.${claims}.`),
  sent("alg none, signed", `${encode({ alg: "none", typ: "at+jwt" })}.${claims}.${signature}`),
  sent("HS256 with the public key", signedWithSecret(publicPem, { kid: "rsa" })),
  sent("a path for a kid", forged({}, { kid: "../../../../dev/null" })),
  sent("SQL for a kid", forged({}, { kid: `${canary}' or '1'='1` })),
  sent("another audience", forged({ aud: "https://other.test" })),
  sent("another issuer", forged({ iss: `https://${canary}.test` })),
  sent("another typ", forged({}, { typ: "JWT" })),
  sent("expiry as text", forged({ exp: String(nowSeconds + 900) })),
  sent("an unknown critical extension", forged({}, { crit: ["exp2"], exp2: 1 })),
  sent(
    "a key that it brings along",
    forged({}, { jwk: stranger.publicKey.export({ format: "jwk" }) }, stranger),
  ),
  sent("jku", forged({}, { jku: "http://127.0.0.1:1/keys" }, stranger)),
  sent("x5u", forged({}, { x5u: "http://127.0.0.1:1/chain" }, stranger)),
  sent("expired by 29 s", forged({ iat: nowSeconds - 900, exp: nowSeconds - 29 }), accepted),
  sent("expired by 31 s", forged({ iat: nowSeconds - 900, exp: nowSeconds - 31 })),
  ["two headers, each good", async () => toldOf(await sendRaw(port(), [twice()])), refused],
]);

function twice(): string {
  const body = JSON.stringify(asked);
  const lines = ["connection: close", `content-length: ${body.length}`, `authorization: Bearer ${good}`];
  return head(...lines).replace(/authorization: .*/, `authorization: Bearer ${good}`) + body;
}
