import { expectFault, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService();
});
afterAll(stopSampleServices);

const hello = { query: "{ hello }" };

test("a request with a token is answered, and the answer is not for keeping", async () => {
  const { httpCode, headers, fields } = await service.post(hello);
  expect([httpCode, fields]).toEqual([200, { hello: "hello world" }]);
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("no page of another origin is invited to read", async () => {
  const { headers } = await service.post(hello, { origin: "http://elsewhere.test" });
  expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

describe("the token", () => {
  test.each([
    ["absent", "Bearer", undefined],
    ["of another scheme", "Bearer", "Basic YTpi"],
    ["nothing but the scheme", "Bearer", "Bearer "],
    ["forged", 'Bearer error="invalid_token"', "Bearer eyJhbGciOiJub25lIn0.e30."],
    ["with something after it", 'Bearer error="invalid_token"', "Bearer a.b.c d"],
    ["longer than 8 KB", 'Bearer error="invalid_token"', `Bearer ${"x".repeat(8_193)}`],
  ])("%s: 401, and the challenge tells whether there was a token", async (_, challenge, authorization) => {
    const received = await service.post(hello, { authorization });
    expectFault(received, 401, "UNAUTHENTICATED", /^A valid bearer token is required\.$/);
    expect(received.headers.get("www-authenticate")).toBe(challenge);
  });

  test("may be introduced in any case", async () => {
    expect((await service.post(hello, { authorization: `bearer ${service.token}` })).httpCode).toBe(200);
  });

  test("given twice is refused", async () => {
    const line = `authorization: Bearer ${service.token}\r\n`;
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\n${line}${line}content-type: application/json\r\n`;
    expect(await service.sendRaw(`${head}connection: close\r\ncontent-length: 0\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 401 /,
    );
  });

  test("is checked before the body is read", async () => {
    const head =
      "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    const startedAt = Date.now();
    expect(await service.sendRaw(head)).toMatch(/^HTTP\/1.1 401 [^]*"UNAUTHENTICATED"/);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });

  test("that cannot be checked is our failure, not the caller's", async () => {
    const broken = await startSampleService({ authenticate: () => Promise.reject(new Error("CANARY7731")) });
    const received = await broken.post(hello);
    expectFault(received, 500, "INTERNAL_SERVER_ERROR");
    expect(received.text + broken.logged()).not.toContain("CANARY7731");
    expect(broken.logged()).toContain(received.headers.get("x-request-id"));
  });
});

test.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])("%s is not served", async (method) => {
  const answer = await fetch(`${service.url}/graphql?query={hello}`, { method });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
});

describe("the operation", () => {
  const two = { query: "query a { hello } query b { whoAmI }" };

  test.each([two, { ...two, operationName: "CANARY7731" }, { ...two, operationName: "" }])(
    "has to be clear: %j",
    async (body) => {
      const received = await service.post(body);
      expectFault(received, 400, "BAD_REQUEST", /no operation of that name/);
      expect(received.text).not.toContain("CANARY7731");
    },
  );

  test("is chosen by its name", async () => {
    expect((await service.post({ ...two, operationName: "a" })).fields).toEqual({ hello: "hello world" });
  });

  test("cannot be a subscription", async () => {
    const received = await service.post({ query: "subscription { hello }" });
    expectFault(received, 200, "GRAPHQL_VALIDATION_FAILED", /no subscription operations/);
  });

  test("cannot be named by a hash", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: "00" } };
    expectFault(await service.post({ ...hello, extensions }), 400, "BAD_REQUEST");
  });
});

describe("the media type of the answer", () => {
  const plain = "application/json; charset=utf-8";
  const strict = "application/graphql-response+json; charset=utf-8";

  test.each([
    ["*/*", plain],
    ["application/*;q=0.5", plain],
    ["application/json", plain],
    ["application/graphql-response+json", strict],
    ["application/graphql-response+json, application/json;q=0.9", strict],
    ["application/json, application/graphql-response+json; q=0.9", plain],
    ["text/html, application/graphql-response+json; charset=utf-8; q=0.1, */*;q=0", strict],
  ])("for %s is %s", async (accept, expected) => {
    expect((await service.post(hello, { accept })).headers.get("content-type")).toBe(expected);
  });

  test.each(["text/html", "application/json;q=0", "multipart/mixed"])("%s cannot be had", async (accept) => {
    expectFault(await service.post(hello, { accept }), 406, "BAD_REQUEST");
  });

  test.each([
    ["a document that does not parse", { query: "{" }],
    ["a document that does not fit the schema", { query: "{ nothing }" }],
    ["a variable that is not valid", { query: "query($ms: Int!) { slow(ms: $ms) }" }],
  ])("decides on the HTTP code for %s", async (_, body) => {
    expect((await service.post(body)).httpCode).toBe(200);
    expect((await service.post(body, { accept: "application/graphql-response+json" })).httpCode).toBe(400);
  });
});

describe("the request id", () => {
  test.each(["a", "A-Za-z0-9._-", "x".repeat(64)])("%s is the caller's", async (given) => {
    const { headers, fields } = await service.post({ query: "{ whoAmI }" }, { "x-request-id": given });
    expect([headers.get("x-request-id"), fields]).toEqual([given, { whoAmI: `local ${given}` }]);
  });

  test.each([undefined, "", "x".repeat(65), "a b", "a/b", "CANARY7731@", "ä"])(
    "%s is replaced",
    async (given) => {
      const { headers } = await service.post(hello, { "x-request-id": given });
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    },
  );
});
