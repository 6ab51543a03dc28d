import { createHash } from "node:crypto";
import { faultOf } from "./asking";
import { serveOverHttp, ServedService } from "./servedOverHttp";

let served: ServedService;

interface Entry {
  readonly at: string;
  readonly requestId: string;
  readonly operation: string;
}

interface Page {
  readonly nodes: readonly Entry[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: Record<"startCursor" | "endCursor", string | null> &
    Record<"hasNextPage" | "hasPreviousPage", boolean>;
}

const document = `query ($memberId: ID!, $from: DateTime, $to: DateTime, $first: Int, $after: String) {
  accessLog(memberId: $memberId, from: $from, to: $to, first: $first, after: $after) {
    nodes { at requestId subject clientId operation documentHash purpose decisions outcome }
    edges { cursor } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}`;

async function pageOf(variables: object): Promise<Page> {
  return (await served.fields<{ accessLog: Page }>(document, variables)).accessLog;
}

const reads = ({ nodes }: Page): string[] => nodes.map(({ requestId }) => requestId);

/** Some rows of one member: two of each second, and three of one microsecond. */
beforeAll(async () => {
  served = await serveOverHttp();
  await served.service.database.query(`
    insert into access_log
      (at, request_id, subject, client_id, member_id, operation, document_hash, purpose, decisions, outcome)
    select '2026-01-01T00:00:00Z'::timestamptz + (n / 2) * interval '1 second' + (n % 2) * interval '1 microsecond',
           'r' || n, 'anne', 'portal', 'READ', 'member', sha256('document'), 'TREATMENT', n, 'ALLOWED'
      from generate_series(0, 6) n
    union all
    select '2026-01-01T00:01:00.000001Z', 'same-' || n, 'bob', 'portal', 'READ', 'decisions', sha256('d'), null, 0,
           'DENIED'
      from generate_series(1, 3) n
    union all
    select '2026-01-01T00:00:01Z', 'other', 'anne', 'portal', 'OTHER', 'member', sha256('d'), null, 1, 'ALLOWED'`);
});
afterAll(() => served.stop());

const until = { memberId: "READ", to: "2026-01-02T00:00:00Z" };

test("an entry tells who read what, and what for", async () => {
  const { nodes, pageInfo } = await pageOf({ ...until, to: "2026-01-01T00:00:00.001Z", first: 1 });
  expect(nodes).toEqual([
    {
      ...{ at: "2026-01-01T00:00:00.000Z", requestId: "r1", subject: "anne", clientId: "portal" },
      ...{ operation: "member", purpose: "TREATMENT", decisions: 1, outcome: "ALLOWED" },
      documentHash: createHash("sha256").update("document").digest("base64"),
    },
  ]);
  expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
});

test("pages go on where the last one ended, newest first, each entry once", async () => {
  const whole = reads(await pageOf({ ...until, first: 100 }));
  expect(whole).toEqual(["same-3", "same-2", "same-1", "r6", "r5", "r4", "r3", "r2", "r1", "r0"]);
  for (const first of [1, 2, 3, 7]) {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await pageOf({ ...until, first, after });
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(page.edges.at(-1)?.cursor).toBe(page.pageInfo.endCursor);
      found.push(...reads(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(whole);
  }
});

test("a range of time begins with its first instant and ends before its last", async () => {
  const range = { from: "2026-01-01T01:00:01+01:00", to: "2026-01-01T00:00:02Z" };
  expect(reads(await pageOf({ memberId: "READ", ...range }))).toEqual(["r3", "r2"]);
  const empty = await pageOf({ memberId: "READ", from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" });
  expect([empty.nodes, empty.pageInfo.endCursor]).toEqual([[], null]);
});

test("to read it is logged, and the next reading shows that", async () => {
  await pageOf({ memberId: "WATCHED" });
  const { nodes } = await pageOf({ memberId: "WATCHED" });
  expect(nodes).toMatchObject([
    { operation: "accessLog", subject: "tester", decisions: 0, outcome: "ALLOWED" },
  ]);
  await served.ask(document, { memberId: "WATCHED" }, { scopes: ["decisions:read"] });
  const [newest] = (await pageOf({ memberId: "WATCHED", first: 1 })).nodes;
  expect(newest).toMatchObject({ operation: "accessLog", outcome: "DENIED" });
});

const faults: [sentence: string, variables: object, message: string][] = [
  ["a member's id", { memberId: "A B" }, "memberId must be 1 to 64 visible ASCII characters"],
  ["a time", { from: "today" }, "from must be an RFC 3339 instant"],
  ["the order of times", { from: until.to, to: until.to }, "to must be later than from"],
  ["a size", { first: 101 }, "first must be a whole number from 1 to 100"],
  ["a cursor", { after: "AAAA" }, "after must be a cursor of an earlier page of the same member and times"],
];

test.each(faults)("a fault of %s is told by its place", async (_, variables, message) => {
  const told = await faultOf(served, document, { memberId: "READ", ...variables });
  expect(told.slice(0, message.length)).toBe(message);
});

test("a cursor of another member's page, or of other times, is refused", async () => {
  const { endCursor: after } = (await pageOf({ ...until, first: 2 })).pageInfo;
  for (const others of [
    { memberId: "OTHER" },
    { to: "2026-01-03T00:00:00Z" },
    { from: "2026-01-01T00:00:00Z" },
  ])
    expect(await faultOf(served, document, { ...until, ...others, after })).toMatch("after must be a cursor");
});
