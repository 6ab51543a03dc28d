import { Agent, request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { openAdmission } from "../../src/http/admission";
import { openRate } from "../../src/http/rate";
import type { HttpSeen } from "../../src/http/requestRecord";
import { expectFault, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

afterEach(stopSampleServices);

const hello = { query: "{ hello }" };
const slow = { query: "{ slow(ms: 400) }" };

describe("requests in flight", () => {
  test("are as many as the limit says; one more is told to come again, and the next one is served", async () => {
    const service = await startSampleService({ limits: { inFlight: 2 } });
    const served = [service.post(slow), service.post(slow)];
    await wait(150);
    const refused = await service.post(hello);
    expectFault(refused, 503, "UNAVAILABLE", "The service cannot answer now; send the same request again.");
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await Promise.all(served)).map(({ httpCode }) => httpCode)).toEqual([200, 200]);
    expect((await service.post(hello)).httpCode).toBe(200);
  });

  test("are counted where they are turned away, the last of them when the server stops", async () => {
    const seen: HttpSeen[] = [];
    const observe = (one: HttpSeen): void => void seen.push(one);
    const service = await startSampleService({ limits: { inFlight: 0 }, observe });
    for (let turn = 0; turn < 3; turn++) await service.post(hello);
    await service.stop();
    const turnedAway = seen.map((one) => (one.what === "turnedAway" ? one.requests : NaN));
    expect(turnedAway.reduce((sum, requests) => sum + requests, 0)).toBe(3);
  });

  test("keep nobody from asking how the service is", async () => {
    const service = await startSampleService({ limits: { inFlight: 0 } });
    expectFault(await service.post(hello), 503, "UNAVAILABLE");
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
  });

  test("count from the end of their bodies on, so that slow callers take no place", async () => {
    const service = await startSampleService({ limits: { inFlight: 1 } });
    const headers = { authorization: `Bearer ${service.token}`, "content-type": "application/json" };
    const slowly = request(`${service.url}/graphql`, { method: "POST", headers });
    slowly.write('{"query":');
    await wait(100);
    expect((await service.post(hello)).httpCode).toBe(200);
    const answered = new Promise((resolve) => slowly.once("response", resolve));
    slowly.end('"{ hello }"}');
    expect(await answered).toMatchObject({ statusCode: 200 });
  });
});

test("a caller who is refused keeps the connection", async () => {
  const service = await startSampleService({ limits: { inFlight: 1 } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const served = service.post(slow);
  await wait(150);
  const ports: (number | undefined)[] = [];
  const codes: (number | undefined)[] = [];
  for (let turn = 0; turn < 3; turn++) {
    if (turn === 2) await served;
    const { code, port } = await postBy(
      agent,
      service,
      JSON.stringify({ ...hello, pad: "x".repeat(200_000) }),
    );
    codes.push(code);
    ports.push(port);
  }
  expect(codes).toEqual([503, 503, 200]);
  expect(new Set(ports).size).toBe(1);
  agent.destroy();
});

function postBy(
  agent: Agent,
  { url, token }: SampleService,
  body: string,
): Promise<{ code?: number; port?: number }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const outgoing = request(`${url}/graphql`, { method: "POST", agent, headers }, (incoming) => {
      const { localPort: port } = incoming.socket;
      void textOf(incoming).then(() => resolve({ code: incoming.statusCode, port }), reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

test("one client may have three quarters of what is in flight, and not all of it", async () => {
  const admission = openAdmission({ inFlight: 4, loopDelayMs: 200 }, () => undefined);
  let leave = (): void => undefined;
  const gate = new Promise<void>((resolve) => (leave = resolve));
  const admit = (clientId: string) => admission.admit(clientId, () => gate);
  const admitted = [admit("client"), admit("client"), admit("client")];
  await expect(admit("client")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  admitted.push(admit("other"));
  await expect(admit("other")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  leave();
  await Promise.all(admitted);
  await admit("client");
  admission.close();
});

describe("a slow event loop", () => {
  const blockFor = (milliseconds: number): void => {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
  };

  test("refuses while requests are in flight, and no longer when it turns again", async () => {
    const admission = openAdmission({ inFlight: 10, loopDelayMs: 200 }, () => undefined);
    let leave = (): void => undefined;
    const inFlight = admission.admit("client", () => new Promise<void>((resolve) => (leave = resolve)));
    expect(admission.turnsAway()).toBe(false);
    // What counts is two windows of half a second, wherever they begin.
    for (let turn = 0; turn < 40 && admission.isOpen(); turn++) {
      blockFor(300);
      await wait(1);
    }
    expect(admission.turnsAway()).toBe(true);
    await expect(admission.admit("other", async () => "")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    leave();
    await inFlight;
    expect(admission.turnsAway()).toBe(false);
    admission.close();
  });
});

describe("the rate of a client", () => {
  test("lets two seconds' worth pass at once, one more not, and a new one each time the clock allows", () => {
    let now = 0;
    const rate = openRate(5, () => now);
    const arrive = () => rate.arrive("client");
    for (let turn = 0; turn < 10; turn++) arrive();
    expect(arrive).toThrow(
      expect.objectContaining({ code: "RATE_LIMITED", headers: { "retry-after": "1" } }),
    );
    expect(() => rate.arrive("other")).not.toThrow();
    now = 200;
    arrive();
    expect(arrive).toThrow();
    now = 60_000;
    for (let turn = 0; turn < 10; turn++) arrive();
    expect(arrive).toThrow();
  });

  test("counts what a request holds: a large one is served, and paid for by waiting", () => {
    let now = 0;
    const rate = openRate(10, () => now);
    rate.arrive("client");
    rate.charge("client", 99);
    expect(() => rate.arrive("client")).toThrow(
      expect.objectContaining({ code: "RATE_LIMITED", headers: { "retry-after": "9" } }),
    );
    now = 8_000;
    expect(() => rate.arrive("client")).toThrow();
    now = 8_100;
    expect(() => rate.arrive("client")).not.toThrow();
  });

  test("is told with 429 and when to come again, before the body is read", async () => {
    const service = await startSampleService({ limits: { itemsPerSecond: 0.5 } });
    expect((await service.post(hello)).httpCode).toBe(200);
    const refused = await service.post("{");
    expectFault(refused, 429, "RATE_LIMITED", "send the same request again later");
    expect(refused.errors[0]?.extensions.retryable).toBe(true);
    expect(refused.headers.get("retry-after")).toBe("2");
  });

  test.each([
    ["a variable", "mutation($of: [Boolean!]) { tick(of: $of) }", { of: [true, true, true] }],
    ["a literal", "mutation { ...f } fragment f on Mutation { tick(of: [true, true, true]) }", {}],
  ])("counts the inputs of a list in %s", async (_, query, variables) => {
    const service = await startSampleService({ limits: { itemsPerSecond: 2 } });
    const received = await service.post({ query, variables });
    expect(received.httpCode).toBe(200);
    expect(received.headers.get("x-inputs")).toBeNull();
    expect((await service.post(hello)).httpCode).toBe(200);
    expectFault(await service.post(hello), 429, "RATE_LIMITED");
  });
});

describe("a request that lasts", () => {
  test("is given up at its deadline, and the caller told to send it again", async () => {
    const service = await startSampleService({ limits: { deadlineMs: 100 } });
    const refused = await service.post({ query: "{ slow(ms: 3000) }" });
    expectFault(refused, 503, "UNAVAILABLE");
    expect((await service.post({ query: "{ slow(ms: 300) }" })).httpCode).toBe(200);
  });
});

describe("an answer", () => {
  const echo = (length: number) => ({
    query: "query($name: String) { hello(name: $name) }",
    variables: { name: "x".repeat(length) },
  });
  const around = '{"data":{"hello":"hello "}}\n'.length;

  test("of a query may have so many bytes, and no more", async () => {
    const service = await startSampleService({ limits: { answerBytes: 1_000 } });
    const longest = await service.post(echo(1_000 - around));
    expect([longest.httpCode, longest.text.length]).toEqual([200, 1_000]);
    const text = "The answer is longer than 1000 bytes: ask for fewer decisions, or for fewer fields.";
    expectFault(await service.post(echo(1_001 - around)), 400, "TOO_COMPLEX", text);
  });

  test("of a mutation is sent however long it is: what it tells is done", async () => {
    const service = await startSampleService({ limits: { answerBytes: 10 } });
    const received = await service.post({ query: "mutation { tick }" });
    expect(received).toMatchObject({ httpCode: 200, fields: { tick: "done" } });
  });
});
