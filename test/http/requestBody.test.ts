import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import {
  expectFault,
  receive,
  startSampleService,
  stopSampleServices,
  type Received,
  type SampleService,
} from "./sampleService";

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService();
});
afterAll(stopSampleServices);

const hello = { query: "{ hello }" };

test.each(["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])(
  "a body is taken as %s",
  async (type) => {
    expect((await service.post(hello, { "content-type": type })).httpCode).toBe(200);
  },
);

test.each([
  undefined,
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/jsonp",
  "application/graphql",
])("a body is not taken as %s", async (type) => {
  const bytes = new TextEncoder().encode(JSON.stringify(hello));
  expectFault(await service.post(bytes, { "content-type": type }), 415, "BAD_REQUEST", /application\/json/);
});

test("a body is not taken compressed", async () => {
  expectFault(await service.post(hello, { "content-encoding": "gzip" }), 415, "BAD_REQUEST");
});

const limit = 1_048_576;
const ofLength = (bytes: number): string => {
  const start = `{"query":"{ hello }","variables":{"spare":"`;
  return `${start}${"x".repeat(bytes - start.length - 3)}"}}`;
};

test("a body of 1 MiB is taken, one byte more is not", async () => {
  expect((await service.post(ofLength(limit))).httpCode).toBe(200);
  expectFault(await service.post(ofLength(limit + 1)), 413, "BAD_REQUEST", /longer than 1048576 bytes/);
});

test("a body of unknown length is bounded as well", async () => {
  expect((await postChunked(service, ofLength(limit))).httpCode).toBe(200);
  expectFault(await postChunked(service, ofLength(limit + 1)), 413, "BAD_REQUEST");
});

test.each([413, 401])("a caller that sends all before it reads still learns why: %i", async (httpCode) => {
  const token = httpCode === 413 ? service.token : "wrong";
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
  const length = 16 * limit;
  const socket = connect(service.port, "127.0.0.1");
  socket.pause();
  const everything = `${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.write(everything + "x".repeat(length), () => resolve());
  });
  socket.setEncoding("utf8").resume();
  const [answer] = await once(socket, "data");
  expect(answer).toMatch(`HTTP/1.1 ${httpCode} `);
  await once(socket, "close");
});

test.each([
  ["is not UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
  ["is not JSON", "{ hello }"],
  ["is not JSON", ""],
  ["must be a JSON object", "[]"],
  ["must be a JSON object", '[{"query":"{ hello }"}]'],
  ["must be a JSON object", "null"],
  ["must be a JSON object", '"{ hello }"'],
  ["has a member name twice", '{"query":"{ hello }","query":"{ whoAmI }"}'],
  ["nests deeper than 16 levels", `{"query":"{ hello }","variables":${"[".repeat(16)}${"]".repeat(16)}}`],
  ['"query" must be', "{}"],
  ['"query" must be', '{"query":""}'],
  ['"query" must be', '{"query":{"kind":"Document"}}'],
  ['"query" must be', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}'],
  ['"variables" must be', '{"query":"{ hello }","variables":"{}"}'],
  ['"variables" must be', '{"query":"{ hello }","variables":[]}'],
  ['"extensions" must be', '{"query":"{ hello }","extensions":"{}"}'],
  ['"operationName" must be', '{"query":"{ hello }","operationName":["x"]}'],
])("a body that %s gets 400 (case %#)", async (reason, body) => {
  const received = await service.post(body);
  expectFault(received, 400, "BAD_REQUEST");
  expect(received.errors[0]?.message).toContain(reason);
});

test("a body may say null where it has nothing to say", async () => {
  const body = { ...hello, variables: null, operationName: null, extensions: null };
  expect((await service.post(body)).httpCode).toBe(200);
});

function postChunked({ url, token }: SampleService, body: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const outgoing = request(`${url}/graphql`, { method: "POST", headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const given = new Headers({ "x-request-id": String(incoming.headers["x-request-id"]) });
        resolve(
          receive(new Response(Buffer.concat(chunks), { status: incoming.statusCode, headers: given })),
        );
      });
    });
    outgoing.on("error", reject);
    for (let at = 0; at < body.length; at += 100_000) outgoing.write(body.slice(at, at + 100_000));
    outgoing.end();
  });
}
