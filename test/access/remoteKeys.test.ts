import { setTimeout as delay } from "node:timers/promises";
import { type RequestListener } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { KeysUnavailable, remoteKeys } from "../../src/access/remoteKeys";
import { remoteTokenRules } from "../../src/access/remoteTokenRules";
import { type TokenRules, TokenRefused, verifyToken } from "../../src/access/verifyToken";
import {
  audience,
  ecKey,
  ed25519Key,
  issuerName,
  jwkOf,
  nowSeconds,
  rsaKey,
  type SigningKey,
  token,
} from "./forge";
import { answering, type KeyPublisher, keySet, startKeyPublisher } from "./keyPublisher";

/* The keys of an issuer on loopback, whose clock and moods the tests have in hand. */

const minute = 60;
const [first, second, third] = [ecKey("first", "ES256"), ed25519Key("second"), ecKey("third", "ES384")];

let publisher: KeyPublisher;
let seconds: number;
let failures: string[];
let rules: TokenRules;
beforeEach(async () => {
  publisher = await startKeyPublisher(first);
  seconds = 0;
  failures = [];
  rules = rulesAt(publisher.url);
});
afterEach(() => publisher.stop());

function rulesAt(keysUrl: string, timeoutMs = 5_000): TokenRules {
  const now = (): Date => new Date((nowSeconds + seconds) * 1_000);
  const onFailure = (code: string): void => void failures.push(code);
  const issuer = { issuer: issuerName, audience, keysUrl };
  const keysFor = remoteKeys({ url: new URL(keysUrl), now, onFailure, timeoutMs });
  return { ...remoteTokenRules(issuer, now, onFailure), keysFor };
}

/** What becomes of a fresh token: "accepted", "refused", or "unavailable" with the code of the failure. */
async function outcomeOf(key: SigningKey, header: object = {}): Promise<string> {
  const iat = nowSeconds + seconds;
  try {
    await verifyToken(token(key, { iat, exp: iat + 900 }, header), rules);
    return "accepted";
  } catch (error) {
    if (error instanceof TokenRefused) return "refused";
    if (error instanceof KeysUnavailable) return `unavailable: ${error.code}`;
    throw error;
  }
}

describe("an issuer that answers", () => {
  test("is asked once in ten minutes, however many ask at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => outcomeOf(first)));
    seconds = 10 * minute - 1;
    expect(await outcomeOf(first)).toBe("accepted");
    expect(publisher.reads()).toBe(1);
    seconds = 10 * minute;
    expect(await Promise.all([outcomeOf(first), outcomeOf(first)])).toEqual(["accepted", "accepted"]);
    expect(publisher.reads()).toBe(2);
  });

  test("changes its keys without a request refused, while the old key and the new one overlap", async () => {
    const outcomes: string[] = [];
    const rotation: [number, SigningKey[], SigningKey[]][] = [
      [0, [first], [first]],
      [minute, [first, second], [first, second]],
      [8 * minute, [first, second], [second, first]],
      [12 * minute, [second], [second]],
      [13 * minute, [second, third], [second, third, second]],
    ];
    for (const [moment, published, used] of rotation) {
      seconds = moment;
      publisher.publish(...published);
      for (const key of used) outcomes.push(await outcomeOf(key));
    }
    expect(outcomes).toEqual(Array(9).fill("accepted"));
    expect(failures).toEqual([]);
  });

  test("withdraws a key within ten minutes", async () => {
    await outcomeOf(first);
    publisher.publish(second);
    expect(await outcomeOf(first)).toBe("accepted");
    seconds = 10 * minute;
    expect(await outcomeOf(first)).toBe("refused");
  });

  test("is asked once in half a minute for a kid that is not there", async () => {
    await outcomeOf(first);
    const strangers = Array.from({ length: 50 }, (_, number) => ({ ...first, kid: `stranger-${number}` }));
    const stampede = async () => new Set(await Promise.all(strangers.map((key) => outcomeOf(key))));
    expect([await stampede(), publisher.reads()]).toEqual([new Set(["refused"]), 1]);
    seconds = 30;
    expect([await stampede(), publisher.reads()]).toEqual([new Set(["refused"]), 2]);
    seconds = 59;
    expect([await stampede(), publisher.reads()]).toEqual([new Set(["refused"]), 2]);
    expect(await outcomeOf(first)).toBe("accepted");
  });

  test("may publish keys twice, and others that are of no use", async () => {
    const [jwk, weak] = [jwkOf(first), rsaKey("weak", "RS256", 1_024)];
    const curve = { ...jwkOf(third), kid: "off", x: "AAAA" };
    publisher.answerWith(
      keySet(
        ...[
          null,
          7,
          "key",
          [],
          {},
          { kty: "oct", k: "c2VjcmV0", kid: "first" },
          { kty: "EC" },
          curve,
          jwk,
          jwk,
        ],
        ...[jwkOf(weak), { ...jwkOf(second), use: "enc" }, { ...jwkOf(third), kid: 7 }],
        { ...third.privateKey.export({ format: "jwk" }), kid: "published-secret" },
      ),
    );
    expect(await outcomeOf(first)).toBe("accepted");
    expect(await outcomeOf(first, { kid: undefined })).toBe("accepted");
    const others = [weak, second, third, { ...third, kid: "off" }, { ...third, kid: "published-secret" }];
    expect(await outcomeOf(third, { kid: undefined })).toBe("refused");
    for (const key of others) expect([key.kid, await outcomeOf(key)]).toEqual([key.kid, "refused"]);
  });

  test("may name two keys alike; either of them holds", async () => {
    const twin = { ...ecKey("first", "ES256") };
    publisher.publish(twin, first);
    expect([await outcomeOf(first), await outcomeOf(twin)]).toEqual(["accepted", "accepted"]);
    expect(await outcomeOf(ecKey("first", "ES256"))).toBe("refused");
  });

  test("is taken at its word about what a key is for", async () => {
    publisher.answerWith(keySet({ ...jwkOf(first), alg: "ES384" }, { ...jwkOf(second), key_ops: ["sign"] }));
    expect(await outcomeOf(first)).toBe("refused");
    expect(await outcomeOf(second)).toBe("refused");
  });
});

const redirect: RequestListener = (_, outgoing) =>
  void outgoing.writeHead(302, { location: `${publisher.url}/elsewhere` }).end();
const tenKilobytes = "x".repeat(10_240);
const endless: RequestListener = (_, outgoing) => {
  outgoing.writeHead(200, { "content-type": "application/json" });
  const pour = (): void => {
    while (!outgoing.destroyed && outgoing.write(tenKilobytes));
  };
  outgoing.on("drain", pour);
  pour();
};
const cutOff: RequestListener = (_, outgoing) => {
  outgoing.writeHead(200, { "content-length": "1000" });
  outgoing.write('{"keys":');
  setTimeout(() => outgoing.destroy(), 20);
};
const never: RequestListener = () => undefined;
const dripping: RequestListener = (_, outgoing) => {
  const timer = setInterval(() => outgoing.write(" "), 20);
  outgoing.on("close", () => clearInterval(timer));
};

describe("an issuer that answers badly", () => {
  test.each<[string, string, RequestListener]>([
    ["HTML", "NOT_JSON", answering(200, "<html>CANARY7731</html>")],
    ["nothing", "NOT_JSON", answering(200, "")],
    ["something else", "NOT_A_KEY_SET", answering(200, '{"CANARY7731":[]}')],
    ["a list", "NOT_A_KEY_SET", answering(200, "[]")],
    ["null", "NOT_A_KEY_SET", answering(200, "null")],
    ["keys that are no list", "NOT_A_KEY_SET", answering(200, '{"keys":{"length":1}}')],
    ["no key", "NO_USABLE_KEY", keySet()],
    ["secrets alone", "NO_USABLE_KEY", keySet({ kty: "oct", k: "c2VjcmV0" })],
    ["65 keys", "TOO_MANY_KEYS", keySet(...Array(65).fill(jwkOf(first)))],
    ["500", "HTTP_500", answering(500, JSON.stringify({ keys: [jwkOf(first)] }))],
    ["404", "HTTP_404", answering(404, "CANARY7731")],
    ["the way to elsewhere", "HTTP_302", redirect],
    ["more than a megabyte, announced", "TOO_LARGE", answering(200, " ".repeat(1_048_577))],
    ["more than there is room for", "TOO_LARGE", endless],
    ["half an answer", "UNREACHABLE", cutOff],
  ])("%s: nobody is called bad for it, and the log gets a code", async (_, code, listener) => {
    publisher.answerWith(listener);
    expect(await outcomeOf(first)).toBe(`unavailable: ${code}`);
    expect(failures).toEqual([code]);
    expect(publisher.reads()).toBe(1);
  });

  test("a megabyte to the byte is read", async () => {
    const text = JSON.stringify({ keys: [jwkOf(first)] });
    publisher.answerWith(answering(200, text.padEnd(1_048_576)));
    expect(await outcomeOf(first)).toBe("accepted");
  });

  test.each([
    ["that never answers", never],
    ["that drips", dripping],
  ])("an issuer %s is given up after the time-out", async (_, listener) => {
    rules = rulesAt(publisher.url, 150);
    publisher.answerWith(listener);
    expect(await Promise.all([outcomeOf(first), outcomeOf(first)])).toEqual(
      Array(2).fill("unavailable: TIMED_OUT"),
    );
    expect(publisher.reads()).toBe(1);
  });
});

describe("an outage of the issuer", () => {
  test("is survived for an hour with the keys last read, and ends with the next reading", async () => {
    expect(await outcomeOf(first)).toBe("accepted");
    publisher.answerWith(answering(503, "CANARY7731"));
    for (const minutes of [1, 10, 11, 30, 59]) {
      seconds = minutes * minute;
      expect([minutes, await outcomeOf(first)]).toEqual([minutes, "accepted"]);
    }
    // The attempt of the last minute, for which nobody waited, must be over.
    await delay(300);
    seconds = 60 * minute;
    expect(await outcomeOf(first)).toBe("unavailable: HTTP_503");
    publisher.publish(first);
    expect(await outcomeOf(first)).toBe("unavailable: HTTP_503");
    seconds = 60 * minute + 5;
    expect(await outcomeOf(first)).toBe("accepted");
    expect(new Set(failures)).toEqual(new Set(["HTTP_503"]));
  });

  test("keeps nobody waiting while there are keys, but for the first", async () => {
    rules = rulesAt(publisher.url, 300);
    await outcomeOf(first);
    publisher.answerWith(never);
    seconds = 10 * minute;
    expect(await outcomeOf(first)).toBe("accepted");
    expect(failures).toEqual(["TIMED_OUT"]);
    seconds = 11 * minute;
    expect(await outcomeOf(first)).toBe("accepted");
    expect(failures).toEqual(["TIMED_OUT"]);
    while (failures.length === 1) await wait(20);
    expect(publisher.reads()).toBe(3);
  });

  test("leaves open whether a token of an unknown key is good", async () => {
    await outcomeOf(first);
    publisher.answerWith(answering(500, ""));
    seconds = 30;
    expect(await outcomeOf(second)).toBe("unavailable: HTTP_500");
    publisher.publish(first, second);
    seconds = 60;
    expect(await outcomeOf(second)).toBe("accepted");
  });

  test("at the start is not called the caller's fault, and the issuer is asked every five seconds", async () => {
    await publisher.stop();
    expect(await outcomeOf(first)).toBe("unavailable: UNREACHABLE");
    seconds = 4;
    await Promise.all(Array.from({ length: 50 }, () => outcomeOf(first)));
    expect(failures).toEqual(["UNREACHABLE"]);
    seconds = 5;
    await Promise.all(Array.from({ length: 50 }, () => outcomeOf(first)));
    expect(failures).toEqual(["UNREACHABLE", "UNREACHABLE"]);
  });

  test("does not make a forged header a matter of keys", async () => {
    publisher.answerWith(never);
    expect(await outcomeOf({ ...first, alg: "ES256" }, { alg: "HS256" })).toBe("refused");
    expect(await outcomeOf(first, { jku: publisher.url })).toBe("refused");
    expect(publisher.reads()).toBe(0);
  });
});

test("a clock set back does not keep keys for longer", async () => {
  seconds = 3 * 60 * minute;
  await outcomeOf(first);
  publisher.publish(second);
  seconds = 0;
  expect(await outcomeOf(first)).toBe("refused");
});

describe("the address of the keys", () => {
  const rulesFor = (keysUrl: string) => () =>
    remoteTokenRules({ issuer: issuerName, audience, keysUrl }, () => new Date(), fail);
  const fail = (): never => {
    throw new Error("no key is read here");
  };

  test.each(["https://issuer.test/keys", "https://issuer.test:8443/keys?tenant=7"])("%s is taken", (url) => {
    expect(rulesFor(url)).not.toThrow();
  });

  test.each([
    "http://issuer.test/keys",
    "file:///etc/passwd",
    "data:application/json,{}",
    "https://user:CANARY7731@issuer.test/keys",
    "https://issuer.test/keys#CANARY7731",
    "CANARY7731",
    "",
  ])("%s is not, and not repeated", (url) => {
    expect(rulesFor(url)).toThrow(/^the address of the issuer's keys must be https/);
    expect(rulesFor(url)).not.toThrow(/CANARY7731/);
  });

  test("may be http on loopback alone", () => {
    for (const host of ["127.0.0.1:1", "[::1]:1"]) expect(rulesFor(`http://${host}/`)).not.toThrow();
    for (const host of ["issuer.test", "localhost", "127.0.0.1.issuer.test", "10.0.0.1"]) {
      expect(rulesFor(`http://${host}/`)).toThrow(/must be https/);
    }
  });
});
