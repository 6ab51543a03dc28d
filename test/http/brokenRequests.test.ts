import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { openSocket, startSampleService, stopSampleServices } from "./sampleService";

afterEach(stopSampleServices);

const postJson = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

describe("headers", () => {
  /** A request whose path, header names and values are so many bytes together. */
  const ofLength = (bytes: number): string => {
    const fixed =
      "/healthz".length + "host".length + "x".length + "connection".length + "close".length + "spare".length;
    const spare = "x".repeat(bytes - fixed);
    return `GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\nspare: ${spare}\r\n\r\n`;
  };

  test("may have just under 16 KiB", async () => {
    const { sendRaw } = await startSampleService();
    expect(await sendRaw(ofLength(16_383))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendRaw(ofLength(16_384))).toMatch(/^HTTP\/1\.1 431 [^]*"BAD_REQUEST"[^]*$/);
  });
});

test.each([
  ["no HTTP", "hello\r\n\r\n"],
  [
    "a length and chunks at once",
    "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n",
  ],
  ["two lengths", "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc"],
  ["a NUL in a header", "GET /healthz HTTP/1.1\r\nhost: x\r\nx: CANARY7731\0\r\n\r\n"],
])("%s gets 400 in JSON and a closed connection", async (_, text) => {
  const { sendRaw, logged } = await startSampleService();
  const received = await sendRaw(text);
  expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nconnection: close\r\n/);
  const [head = "", body = ""] = received.split("\r\n\r\n");
  const id = /x-request-id: (.+)$/.exec(head)?.[1];
  const extensions = { code: "BAD_REQUEST", retryable: false, requestId: id };
  expect(JSON.parse(body)).toEqual({ errors: [{ message: "The request is not HTTP.", extensions }] });
  expect(received + logged()).not.toContain("CANARY7731");
});

test.each([0, 100])(
  "a body that breaks off in garbage after %i ms gets one answer, not two",
  async (afterMs) => {
    const service = await startSampleService();
    const socket = await openSocket(service.port);
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk));
    const closed = once(socket, "close");
    socket.write(`${postJson}transfer-encoding: chunked\r\n\r\n`);
    await wait(afterMs);
    socket.write("this is no chunk\r\n");
    await closed;
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual([afterMs === 0 ? expect.any(String) : "HTTP/1.1 401"]);
    expect((await service.post({ query: "{ hello }" })).httpCode).toBe(200);
    expect(service.logged()).toBe("");
  },
);

describe("a slow caller", () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 600, connectionsCheckMs: 50 };

  test.each([
    ["headers", "GET /healthz HTTP/1.1\r\nhost: x\r\n"],
    ["a body", `${postJson}content-length: 9\r\nauthorization: `],
  ])("that never finishes %s is told so and cut off", async (what, start) => {
    const { sendRaw, token } = await startSampleService({ limits });
    const startedAt = Date.now();
    const received = await sendRaw(what === "headers" ? start : `${start}Bearer ${token}\r\n\r\n{`);
    expect(received).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"BAD_REQUEST"/);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });
});
