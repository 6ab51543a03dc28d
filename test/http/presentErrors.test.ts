import { secret } from "./sampleSchema";
import { expectFault, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

let service: SampleService;
beforeEach(async () => {
  service = await startSampleService();
});
afterEach(stopSampleServices);

const query = "query Work($how: String!) { failing(how: $how) }";
const unexpected = "The service failed unexpectedly; its operator can find the cause by the request id.";

test("an unexpected error is masked, and logged without its message", async () => {
  const received = await service.post({ query, variables: { how: "database" } }, { "x-request-id": "id-1" });
  expect(received.httpCode).toBe(500);
  expect(received.errors).toEqual([
    {
      message: unexpected,
      extensions: { code: "INTERNAL_SERVER_ERROR", retryable: false, requestId: "id-1" },
      locations: [{ line: 1, column: 29 }],
      path: ["failing"],
    },
  ]);
  const line = JSON.parse(service.logged());
  expect(line).toMatchObject({
    level: 50,
    msg: "request failed",
    requestId: "id-1",
    code: "INTERNAL_SERVER_ERROR",
    errorName: "QueryFailedError",
    errorCode: "23505",
    constraint: "decision_pkey",
    table: "decision",
    cause: { errorName: "Error", errorCode: "08006" },
  });
  expect(line.stack[0]).toMatch(/^at .*sampleSchema\.ts/);
  expect(received.text + service.logged()).not.toContain(secret);
});

test.each(["text", "unknownCode"])("so is whatever else is thrown: %s", async (how) => {
  const received = await service.post({ query, variables: { how } });
  expect(received.errors[0]?.message).toBe(unexpected);
  expect(received.text + service.logged()).not.toContain(secret);
});

test.each([
  ["unavailable", 503, "UNAVAILABLE", true, "The service cannot answer now; send the same request again."],
  ["forbidden", 403, "FORBIDDEN", false, "The token lacks a scope that this operation needs."],
  ["badInput", 200, "BAD_USER_INPUT", false, "An argument or a variable is not valid."],
  ["tooMany", 200, "BAD_USER_INPUT", false, "inputs: at most 100"],
])("%s has an HTTP code and a text of its own", async (how, httpCode, code, retryable, message) => {
  for (const field of ["failing", "failingHard"]) {
    const received = await service.post({ query: `{ ${field}(how: "${how}") }` });
    expect(received.httpCode).toBe(httpCode);
    expect(received.errors).toMatchObject([{ message, extensions: { code, retryable } }]);
    expect(Object.keys(received.errors[0]?.extensions ?? {})).toEqual(["code", "retryable", "requestId"]);
    expect(received.headers.get("retry-after")).toBe(retryable ? "1" : null);
    expect(received.text + service.logged()).not.toContain(secret);
  }
});

test("what is ours to mend is logged, what is the caller's is not", async () => {
  await service.post({ query, variables: { how: "forbidden" } });
  await service.post({ query, variables: { how: "tooMany" } });
  expect(service.logged()).toBe("");
  await service.post({ query, variables: { how: "unavailable" } });
  expect(JSON.parse(service.logged())).toMatchObject({
    level: 40,
    code: "UNAVAILABLE",
  });
});

test("an error beside delivered fields leaves the answer its 200", async () => {
  const received = await service.post({ query: '{ hello failing(how: "unavailable") }' });
  expect([received.httpCode, received.fields]).toEqual([200, { hello: "hello world", failing: null }]);
  expect(received.errors.map((error) => error.extensions.code)).toEqual(["UNAVAILABLE"]);
});

test("of several errors the gravest gives the HTTP code", async () => {
  const failing = ["tooMany", "forbidden", "unavailable"].map((how) => `${how}: failing(how: "${how}")`);
  const received = await service.post({ query: `{ ${failing.join(" ")} }` });
  expect([received.httpCode, received.errors.length]).toEqual([503, 3]);
});

test("a context that cannot be made is masked like any failure", async () => {
  const contextOf = (): never => {
    throw new Error(secret);
  };
  const broken = await startSampleService({ contextOf });
  const received = await broken.post({ query: "{ hello }" });
  expectFault(received, 500, "INTERNAL_SERVER_ERROR");
  expect(received.text + broken.logged()).not.toContain(secret);
  expect(JSON.parse(broken.logged())).toMatchObject({ errorName: "Error", msg: "request failed" });
});
