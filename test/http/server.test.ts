import { setTimeout as wait } from "node:timers/promises";
import {
  expectFault,
  openSocket,
  receive,
  startSampleService,
  stopSampleServices,
  type SampleService,
} from "./sampleService";

afterEach(stopSampleServices);

const postJson = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

const get = async (service: SampleService, path: string, method = "GET") =>
  receive(await fetch(service.url + path, { method }));

describe("health", () => {
  test("is told without a token and without a look at the database", async () => {
    const passes = () => Promise.reject(new Error("no database"));
    const service = await startSampleService({ checks: [{ name: "database", passes }] });
    expect(await get(service, "/healthz")).toMatchObject({ httpCode: 200, text: '{"alive":true}' });
  });

  test("readiness is what the service says of itself, each time anew", async () => {
    let isReady = false;
    const service = await startSampleService({ checks: [{ name: "database", passes: async () => isReady }] });
    const received = await get(service, "/readyz");
    expect(received).toMatchObject({ httpCode: 503, text: '{"ready":false,"failing":"database"}' });
    expect(received.headers.get("retry-after")).toBe("1");
    isReady = true;
    expect(await get(service, "/readyz?why")).toMatchObject({ httpCode: 200, text: '{"ready":true}' });
  });

  const failing = async (): Promise<boolean> => {
    throw new Error("CANARY7731");
  };
  const throwing = (): Promise<boolean> => {
    throw new Error("CANARY7731");
  };
  test.each([failing, throwing, () => new Promise<boolean>(() => undefined)])(
    "readiness that fails or stays out counts as none, within half a second (case %#)",
    async (passes) => {
      const service = await startSampleService({ checks: [{ name: "sealer", passes }] });
      const startedAt = Date.now();
      const received = await get(service, "/readyz");
      expect(received).toMatchObject({ httpCode: 503, text: '{"ready":false,"failing":"sealer"}' });
      expect(Date.now() - startedAt).toBeLessThan(900);
    },
  );
});

test.each(["/", "/graphql/", "/explorer", "/metrics", "/healthz/x", "/%2e%2e/etc/passwd", "//graphql"])(
  "nothing is at %s",
  async (path) => {
    expectFault(await get(await startSampleService(), path), 404, "BAD_REQUEST");
  },
);

test.each(["/healthz", "/readyz"])("%s takes GET only", async (path) => {
  const received = await get(await startSampleService(), path, "POST");
  expectFault(received, 405, "BAD_REQUEST", "This path takes GET requests only.");
  expect(received.headers.get("allow")).toBe("GET");
});

test("a caller that hangs up in the middle of a body costs nothing but that", async () => {
  const service = await startSampleService();
  const head = `${postJson}authorization: Bearer ${service.token}\r\n`;
  const socket = await openSocket(service.port);
  socket.write(`${head}content-length: 100\r\n\r\n{"query`);
  await wait(50);
  socket.destroy();
  expect((await service.post({ query: "{ hello }" })).httpCode).toBe(200);
  expect(service.logged()).toBe("");
});

test("as many connections are held as the limit says, and no more", async () => {
  const { port } = await startSampleService({ limits: { connections: 2 } });
  const sockets = await Promise.all([openSocket(port), openSocket(port), openSocket(port)]);
  await wait(100);
  expect(sockets.filter((socket) => socket.destroyed || socket.readableEnded)).toHaveLength(1);
  for (const socket of sockets) socket.destroy();
});

test("a connection serves as many requests as the limit says", async () => {
  const { sendRaw } = await startSampleService({ limits: { requestsPerConnection: 2 } });
  const ask = "GET /healthz HTTP/1.1\r\nhost: x\r\n";
  const received = await sendRaw(`${ask}\r\n${ask}\r\n${ask}connection: close\r\n\r\n`);
  expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 503"]);
});

describe("stopping", () => {
  const slow = { query: "{ slow(ms: 400) }" };

  test("lets requests in flight finish and takes no new ones", async () => {
    const service = await startSampleService();
    const inFlight = Promise.all([service.post(slow), service.post(slow), service.post(slow)]);
    await wait(150);
    const startedAt = Date.now();
    const stopped = service.stop();
    await wait(50);
    await expect(service.post({ query: "{ hello }" })).rejects.toThrow();
    expect((await inFlight).map(({ fields }) => fields)).toEqual(Array(3).fill({ slow: "done" }));
    await stopped;
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });

  test("cuts off what outlasts the drain limit", async () => {
    const service = await startSampleService({ limits: { drainMs: 100 } });
    const inFlight = service.post({ query: "{ slow(ms: 2000) }" });
    const cut = expect(inFlight).rejects.toThrow();
    await wait(100);
    const startedAt = Date.now();
    await service.stop();
    await cut;
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });

  test("waits for no idle connection, and may be asked for twice", async () => {
    const service = await startSampleService();
    await service.post({ query: "{ hello }" });
    const idle = await openSocket(service.port);
    await Promise.all([service.stop(), service.stop()]);
    idle.destroy();
  });
});
