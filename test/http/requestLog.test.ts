import { setTimeout as delay } from "node:timers/promises";
import { databaseProxy } from "../cases/proxy";
import { freshService, serviceOn } from "../cases/testService";
import { rootFieldNames } from "../../src/graphql/schema";
import { errorKinds } from "../../src/http/errors";
import type { HttpSeen } from "../../src/http/requestRecord";
import { openLog } from "../../src/log";
import { history, submission } from "../graphql/claims";
import { serveOverHttp, ServedService } from "../graphql/servedOverHttp";
import { batchDocument, importDocument, submitDocument } from "../graphql/submitting";
import { until } from "../sealer/sealedLog";
import { textOfMetrics } from "../metrics/scrape";
import { startSampleService, stopSampleServices } from "./sampleService";

afterEach(stopSampleServices);

/* What the log of a process says of requests, and what nobody finds there. */

const mayBeLogged = [
  ...["level", "time", "msg", "requestId", "method", "path", "fields", "documentHash", "clientId"],
  ...["httpCode", "errorCodes", "milliseconds", "isCut", "attempts", "decided", "replayed", "refused"],
  ...["code", "errorName", "errorCode", "constraint", "table", "stack", "cause"],
];

interface Line {
  readonly [name: string]: unknown;
  readonly msg: string;
  readonly fields?: readonly string[];
  readonly errorCodes: readonly string[];
}

const linesOf = (logged: string): Line[] =>
  logged
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Every request's line is written when its answer has been sent. */
async function requestsOf(served: ServedService, count: number): Promise<Line[]> {
  for (let tries = 0; tries < 200; tries++) {
    const lines = served.logged() === "" ? [] : linesOf(served.logged());
    const requests = lines.filter(({ msg }) => msg === "request");
    if (requests.length >= count) return requests;
    await delay(10);
  }
  throw new Error("the requests were not logged");
}

describe("of a mixed run", () => {
  const canary = "CANARY-7731";
  const word = "CANARY7731";
  let served: ServedService;
  let broken: ServedService;
  let sent = 0;
  const send = async (service: ServedService, query: string, variables: object, path = ""): Promise<void> => {
    sent += 1;
    await fetch(`${service.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${Buffer.from(tokenText).toString("base64url")}`,
        "x-request-id": `${canary} !`,
        "x-purpose": canary,
        "user-agent": canary,
        cookie: `session=${canary}`,
      },
      body: JSON.stringify({ query, variables, operationName: /(?:query|mutation) (\w+)/.exec(query)?.[1] }),
    }).then((reply) => reply.text());
  };
  const tokenText = JSON.stringify({
    clientId: "portal",
    subject: canary,
    granted: ["claims:submit", "history:read", "history:import"],
  });
  const input = submission({ memberId: canary, claimNumber: canary }, canary);
  const named = (document: string) => document.replace("mutation (", `mutation ${word} (`);
  const memberOf = `query ${word}($${word}: ID!) { ${word}: member(id: $${word}) { ...${word} } }
    fragment ${word} on Member { id }`;

  beforeAll(async () => {
    const service = await freshService();
    const proxy = await databaseProxy(service.url);
    served = await serveOverHttp(service);
    broken = await serveOverHttp(await serviceOn(proxy.url));
    const inputs = [input, submission({ memberId: canary, lines: [] }, "other"), input];
    for (const each of [served, broken]) {
      if (each === broken) await proxy.close();
      await send(each, named(submitDocument), { input });
      await send(each, named(batchDocument), { inputs });
      await send(each, named(importDocument), {
        inputs: [history({ memberId: canary, claimNumber: canary })],
      });
      await send(each, memberOf, { [word]: canary });
      await send(each, `{ member(id: "${canary}") { id } }`, {});
      await send(each, `query ${word} { ${word} }`, {});
      await send(each, `query ${word} { member(id: "${canary}" `, {});
      await send(each, memberOf, { [word]: [canary] });
      await send(each, `mutation ${word} { reviewDecision(input: "${canary}") { replayed } }`, {});
      await send(each, `query ${word} { decision(id: "${canary}") { id } }`, {}, `?token=${canary}`);
      await send(each, memberOf, {}, `/${canary}`);
    }
    await requestsOf(served, sent / 2 - 1);
    await requestsOf(broken, sent / 2 - 1);
  }, 30_000);
  afterAll(async () => {
    await broken.stop();
    await served.stop();
  });

  test("every line has only names of the list, and nested ones those of a failure", () => {
    const namesOf = (line: object): string[] =>
      Object.entries(line).flatMap(([name, value]) => [name, ...(name === "cause" ? namesOf(value) : [])]);
    const lines = linesOf(served.logged() + broken.logged());
    const names = new Set(lines.flatMap(namesOf));
    expect([...names].filter((name) => !mayBeLogged.includes(name))).toEqual([]);
    expect(new Set(lines.map(({ msg }) => msg))).toEqual(new Set(["request", "request could not be served"]));
  });

  test("no line and no metric has a word of the caller's", async () => {
    const metrics = await Promise.all([textOfMetrics(served.url), textOfMetrics(broken.url)]);
    const written = [served.logged(), broken.logged(), ...metrics].join("");
    expect(written.match(/.{0,60}CANARY.{0,60}|.{0,60}Q0FOQVJZ.{0,60}/i)?.[0]).toBeUndefined();
    expect(written).not.toContain(Buffer.from(tokenText).toString("base64url").slice(0, 20));
  });

  test("there is one line for each request, in words of the schema and codes of the list", async () => {
    const requests = [...(await requestsOf(served, 0)), ...(await requestsOf(broken, 0))];
    expect(requests).toHaveLength(sent - 2);
    expect(new Set(requests.map(({ clientId }) => clientId))).toEqual(new Set(["portal"]));
    const fields = new Set(requests.flatMap((request) => request.fields ?? []));
    expect([...fields].filter((field) => !rootFieldNames().includes(field))).toEqual([]);
    const codes = new Set(requests.flatMap(({ errorCodes }) => errorCodes));
    expect([...codes].filter((code) => !Object.hasOwn(errorKinds, code))).toEqual([]);
    expect(codes.size).toBeGreaterThanOrEqual(5);
  });

  test("a line says what was asked, what came of it and how many rounds it took", async () => {
    const [single, batch, imported, member, , , unparsed] = await requestsOf(served, 0);
    expect(single).toMatchObject({ fields: ["submitClaimSession"], decided: 1, attempts: 1, httpCode: 200 });
    expect(batch).toMatchObject({ fields: ["submitClaimSessions"], replayed: 2, refused: 1, attempts: 1 });
    expect(imported).toMatchObject({ fields: ["importSessions"], method: "POST", path: "/graphql" });
    expect(member).toMatchObject({
      fields: ["member"],
      documentHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(member.milliseconds).toBeGreaterThan(0);
    expect(unparsed).toMatchObject({ errorCodes: ["GRAPHQL_PARSE_FAILED"], httpCode: 200, level: 30 });
    expect(Object.keys(unparsed)).not.toContain("documentHash");
    const [failed] = await requestsOf(broken, 0);
    expect(failed).toMatchObject({ errorCodes: ["UNAVAILABLE"], httpCode: 503, level: 30 });
  });
});

test("whatever else is handed to the log is left out, and a failure's own words below the top", () => {
  let written = "";
  const log = openLog({ write: (line: string) => void (written += line) });
  const cause = { errorName: "Error", detail: "CANARY", query: "CANARY", parameters: ["CANARY"] };
  Object.assign(cause, { cause: { errorName: "Error", message: "CANARY" } });
  log.error({ memberId: "CANARY", err: new Error("CANARY"), code: "UNAVAILABLE", cause }, "words");
  log.debug("not at this level");
  const { time, ...line } = JSON.parse(written);
  expect(line).toEqual({
    level: 50,
    code: "UNAVAILABLE",
    cause: { errorName: "Error", cause: { errorName: "Error" } },
    msg: "words",
  });
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test("a caller who is gone before the answer is recorded as cut, without a code", async () => {
  const seen: HttpSeen[] = [];
  let authorize = (): void => undefined;
  const begun = new Promise<void>((resolve) => (authorize = resolve));
  const service = await startSampleService({ authorize, observe: (one) => void seen.push(one) });
  const gone = new AbortController();
  const asking = fetch(`${service.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${service.token}` },
    body: JSON.stringify({ query: "{ slow(ms: 2000) }" }),
    signal: gone.signal,
  });
  const refused = expect(asking).rejects.toThrow();
  await begun;
  gone.abort();
  await refused;
  await until(() => seen.length > 0);
  const [{ request }] = seen.flatMap((one) => (one.what === "served" ? one : []));
  expect(request).toMatchObject({ path: "/graphql", fields: ["slow"], isCut: true, errorCodes: [] });
  expect(request.httpCode).toBeUndefined();
});

test.each([
  ["/export", "GET", [{ path: "/export", method: "GET", httpCode: 404, errorCodes: ["BAD_REQUEST"] }]],
  [
    "/graphql?x=CANARY",
    "PUT",
    [{ path: "/graphql", method: "PUT", httpCode: 405, errorCodes: ["BAD_REQUEST"] }],
  ],
  ["/healthz", "GET", []],
  ["/metrics", "GET", []],
  ["/CANARY", "GET", []],
])("%s by %s leaves the record it has to", async (path, method, expected) => {
  const seen: HttpSeen[] = [];
  const service = await startSampleService({ observe: (one) => void seen.push(one) });
  await fetch(service.url + path, { method }).then((reply) => reply.text());
  if (expected.length > 0) await until(() => seen.length > 0);
  expect(seen.map((one) => one.what === "served" && one.request)).toMatchObject(expected);
  expect(JSON.stringify(seen)).not.toContain("CANARY");
});
