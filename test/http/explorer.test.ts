import { createContext, runInContext } from "node:vm";
import { startSampleService, stopSampleServices, type SampleService } from "./sampleService";

const operations = [
  {
    title: "Say hello",
    query: "query Hello($name: String) { hello(name: $name) }",
    variables: { name: "</script>" },
  },
  { title: "Who am I", query: "\n{ whoAmI }\n\n", variables: {} },
];

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService({ explorer: { operations } });
});
afterAll(stopSampleServices);

const load = async (path: string) => {
  const answer = await fetch(service.url + path);
  return { httpCode: answer.status, headers: answer.headers, text: await answer.text() };
};

const assetsOf = (page: string): string[] =>
  [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, at]) => at ?? "");

test("the page takes everything from this server and may run no script of its own", async () => {
  const { httpCode, headers, text } = await load("/explorer");
  expect([httpCode, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(assetsOf(text).filter((at) => !at.startsWith("/explorer/"))).toEqual(["data:,"]);
  expect(text).not.toMatch(/<script(?! src="\/explorer\/[a-z-]+\.js"><\/script>)/);
  const policy = headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'; script-src 'self'; ");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe/);
  expect(headers.get("referrer-policy")).toBe("no-referrer");
});

test("each file that the page names is there, with its type", async () => {
  const { text } = await load("/explorer");
  const files = assetsOf(text).filter((at) => at.startsWith("/"));
  expect(files.length).toBeGreaterThanOrEqual(7);
  for (const file of files) {
    const { httpCode, headers, text: content } = await load(file);
    const type = file.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    expect([file, httpCode, headers.get("content-type")]).toEqual([file, 200, type]);
    expect(content.length).toBeGreaterThan(20);
  }
});

test("no other file can be had through it", async () => {
  for (const path of [
    "/explorer/",
    "/explorer/package.json",
    "/explorer/../package.json",
    "/explorer/react.js/..",
  ]) {
    expect((await load(path)).httpCode).toBe(404);
  }
  expect((await fetch(`${service.url}/explorer`, { method: "POST" })).status).toBe(405);
});

interface Opened {
  url: string;
  token: string | undefined;
  tabs: { query: string; variables: string; headers: string }[];
  kept: unknown;
}

/** Runs the page's two scripts as a browser would, up to the point where they hand over to GraphiQL. */
async function openPage(hash: string): Promise<Opened> {
  const page = createContext({ hash, URLSearchParams });
  runInContext(
    `let url = "/explorer" + hash, opened;
     const location = { hash, pathname: "/explorer" };
     const history = { replaceState: (state, title, at) => { url = at; } };
     const document = { getElementById: () => ({}) };
     const GraphiQL = { createFetcher: (options) => options };
     const React = { createElement: (type, properties) => properties };
     const ReactDOM = { createRoot: () => ({ render: (properties) => { opened = properties; } }) };`,
    page,
  );
  runInContext((await load("/explorer/operations.js")).text, page);
  runInContext((await load("/explorer/explorer.js")).text, page);
  const told = `JSON.stringify({ url, token: opened.fetcher.headers.Authorization, tabs: opened.defaultTabs,
    kept: (opened.storage.setItem("a", 1), [opened.storage.getItem("a"), opened.storage.length]) })`;
  return JSON.parse(runInContext(told, page));
}

test("the operations given are ready to run", async () => {
  const { tabs } = await openPage("");
  expect(tabs.map(({ query }) => query)).toEqual([
    "# Say hello\nquery Hello($name: String) { hello(name: $name) }\n",
    "# Who am I\n{ whoAmI }\n",
  ]);
  expect(tabs.map(({ variables }) => JSON.parse(variables))).toEqual([{ name: "</script>" }, {}]);
});

test("the token is taken from the fragment, out of the address bar, and kept in memory only", async () => {
  const { url, token, tabs, kept } = await openPage("#token=a.b-c_d");
  expect([url, token]).toEqual(["/explorer", "Bearer a.b-c_d"]);
  expect(tabs.map(({ headers }) => JSON.parse(headers))).toEqual(
    Array(2).fill({ Authorization: "Bearer a.b-c_d" }),
  );
  expect(kept).toEqual(["1", 1]);
});

test("without a token the headers say how to get one", async () => {
  const { token, tabs } = await openPage("");
  expect(token).toBeUndefined();
  expect(tabs[0]?.headers).toMatch(/npm run --silent token -- claims:submit/);
});
