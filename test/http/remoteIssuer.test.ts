import { remoteTokenRules } from "../../src/access/remoteTokenRules";
import { tokenVerifier } from "../../src/access/verifyToken";
import { audience, ecKey, ed25519Key, issuerName, nowSeconds, type SigningKey, token } from "../access/forge";
import { answering, type KeyPublisher, startKeyPublisher } from "../access/keyPublisher";
import { expectFault, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

const [first, second] = [ecKey("first", "ES256"), ed25519Key("second")];

let publisher: KeyPublisher;
let service: SampleService;
let seconds: number;
let failures: string[];
beforeEach(async () => {
  [seconds, failures] = [0, []];
  publisher = await startKeyPublisher(first);
  const now = (): Date => new Date((nowSeconds + seconds) * 1_000);
  const keysUrl = `${publisher.url}?tenant=CANARY7731`;
  const issuer = { issuer: issuerName, audience, keysUrl };
  const rules = remoteTokenRules(issuer, now, (code) => void failures.push(code));
  service = await startSampleService({ authenticate: tokenVerifier(rules) });
});
afterEach(async () => {
  await stopSampleServices();
  await publisher.stop();
});

let issued = 0;
const ask = (key: SigningKey) => {
  const iat = nowSeconds + seconds;
  const fresh = token(key, { iat, exp: iat + 900, jti: `CANARY7731-${(issued += 1)}` });
  return service.post({ query: "{ hello }" }, { authorization: `Bearer ${fresh}` });
};

test("a rotation of keys under way costs no request", async () => {
  const httpCodes: number[] = [];
  const load = async (key: SigningKey): Promise<void> => {
    const received = await Promise.all(Array.from({ length: 8 }, () => ask(key)));
    httpCodes.push(...received.map(({ httpCode }) => httpCode));
  };
  for (seconds = 0; seconds < 3_600; seconds += 120) {
    if (seconds === 600) publisher.publish(first, second);
    if (seconds === 1_800) publisher.publish(second);
    if (seconds < 1_200) await load(first);
    if (seconds >= 600) await load(second);
  }
  expect(httpCodes).toEqual(Array(8 * (10 + 25)).fill(200));
  expect(publisher.reads()).toBeLessThan(10);
  expect(failures).toEqual([]);
});

test("an outage of the issuer is survived for an hour, and then is nobody's fault but ours", async () => {
  expect((await ask(first)).httpCode).toBe(200);
  publisher.answerWith(answering(500, "CANARY7731"));
  seconds = 3_599;
  expect((await ask(first)).httpCode).toBe(200);
  seconds = 3_600;
  const received = await ask(first);
  expectFault(received, 503, "UNAVAILABLE");
  expect(received.errors[0]?.extensions.retryable).toBe(true);
  expect(received.headers.get("retry-after")).toBe("5");
  expect(received.headers.get("www-authenticate")).toBeNull();
  publisher.publish(first);
  seconds = 3_605;
  expect((await ask(first)).httpCode).toBe(200);
  expect(received.text + service.logged() + failures.join()).not.toContain("CANARY7731");
});

test("a token that is no token is refused while the issuer is out, as ever", async () => {
  publisher.answerWith(answering(500, ""));
  for (const authorization of [undefined, "Bearer token", "Basic YTpi"]) {
    expectFault(await service.post({ query: "{ hello }" }, { authorization }), 401, "UNAUTHENTICATED");
  }
  expect(publisher.reads()).toBe(0);
});
