import { request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import type { Scope } from "../../src/access/scopes";
import { expectFault, startSampleService, stopSampleServices, type SampleSettings } from "./sampleService";

afterEach(stopSampleServices);

const asking = (...scopes: Scope[]): SampleSettings => ({
  authenticate: async () => ({ clientId: "client", subject: "subject", scopes: new Set(scopes) }),
});
const hello = { query: "{ hello }" };
const ofLength = (bytes: number): string => {
  const { length } = JSON.stringify({ ...hello, pad: "" });
  return JSON.stringify({ ...hello, pad: "x".repeat(bytes - length) });
};

test.each<[Scope, number]>([
  ["history:read", 262_144],
  ["audit:read", 262_144],
  ["claims:submit", 1_048_576],
  ["history:import", 1_048_576],
])("a body of a token for %s may have %i bytes", async (scope, most) => {
  const service = await startSampleService(asking(scope));
  expect((await service.post(ofLength(most))).httpCode).toBe(200);
  expectFault(await service.post(ofLength(most + 1)), 413, "BAD_REQUEST", `longer than ${most} bytes`);
});

test("a body that declares itself too long is not waited for", async () => {
  const { url, token } = await startSampleService(asking("history:read"));
  const headers = { authorization: `Bearer ${token}`, "content-length": 262_145 };
  const outgoing = request(`${url}/graphql`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
  });
  outgoing.on("error", () => undefined).flushHeaders();
  const text = await new Promise((resolve) =>
    outgoing.once("response", (incoming) => resolve(textOf(incoming))),
  );
  expect(text).toContain("longer than 262144 bytes");
  outgoing.destroy();
});

test("of the faults of a document ten are told, and that there are more", async () => {
  const service = await startSampleService();
  const strangers = (count: number): string =>
    `{ ${Array.from({ length: count }, (_, place) => `stranger${place}`).join(" ")} }`;
  expect((await service.post({ query: strangers(10) })).errors).toHaveLength(10);
  const { errors } = await service.post({ query: strangers(11) });
  expect(errors).toHaveLength(11);
  expect(errors.slice(0, 10).every(({ message }) => message.includes("stranger"))).toBe(true);
  expect(errors[10]?.message).toBe("Too many validation errors, error limit reached");
});
