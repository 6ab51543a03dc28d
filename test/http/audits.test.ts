import { auditServer, type AuditResult } from "graphql-http";
import { startSampleService, stopSampleServices } from "./sampleService";

/* The audits of GraphQL over HTTP. This service takes no GET: no link or image may make it do anything. */

let results: AuditResult[];
beforeAll(async () => {
  const { url, token } = await startSampleService();
  const authorization = `Bearer ${token}`;
  const fetchFn = (to: string, { headers, ...asked }: RequestInit = {}) =>
    fetch(to, { ...asked, headers: { ...Object.fromEntries(new Headers(headers)), authorization } });
  results = await auditServer({ url: `${url}/graphql`, fetchFn });
});
afterAll(stopSampleServices);

test.each([
  ["MUST", 13],
  ["SHOULD", 23],
])("every audit of what a server %s do passes", (level, count) => {
  const audits = results.filter(({ name }) => name.startsWith(level));
  expect(audits).toHaveLength(count);
  expect(audits.filter(({ status }) => status !== "ok")).toEqual([]);
});

test("of what a server MAY do only GET is missing", () => {
  const missing = results.filter(({ name, status }) => name.startsWith("MAY") && status !== "ok");
  expect(missing.map(({ id }) => id)).toEqual(["5A70", "D6D5", "6A70"]);
  expect(missing.filter(({ name }) => !name.includes("GET"))).toEqual([]);
});
