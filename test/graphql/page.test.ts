import { faultOf, member } from "./asking";
import { line } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { submitAll } from "./submitting";

interface Page {
  nodes: { id: string; memberSequence: number }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

const PAGE = `query ($id: ID!, $first: Int, $after: String) {
  member(id: $id) { decisions(first: $first, after: $after) {
    nodes { id memberSequence } edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }
}`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("the decisions of a member", () => {
  const pageOf = async (variables: object): Promise<Page> =>
    (await member<{ decisions: Page }>(served, PAGE, { id: "PAGES", ...variables })).decisions;
  const sequences = ({ nodes }: Page): number[] => nodes.map(({ memberSequence }) => memberSequence);
  let ids: string[];
  beforeAll(async () => {
    ids = await submitAll(
      served,
      "PAGES",
      Array.from({ length: 25 }, () => ({ lines: [line({ procedureCode: "99213" })] })),
    );
    await submitAll(served, "ELSEWHERE", [{}]);
  });

  it("come newest first, 20 at a time unless another number is asked for", async () => {
    const first = await pageOf({});
    expect(sequences(first)).toEqual(Array.from({ length: 20 }, (_, place) => 25 - place));
    expect(first).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(await pageOf({ first: null, after: null })).toEqual(first);
    const rest = await pageOf({ after: first.pageInfo.endCursor });
    expect(sequences(rest)).toEqual([5, 4, 3, 2, 1]);
    expect(rest).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(rest.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 5).reverse());
    expect(rest.pageInfo).toMatchObject({
      startCursor: rest.edges[0].cursor,
      endCursor: rest.edges[4].cursor,
    });
  });

  it("are paged without a gap or a repetition, and a page behind the last is empty", async () => {
    const walked: number[] = [];
    let after: string | null = null;
    do {
      const page: Page = await pageOf({ first: 7, after });
      walked.push(...sequences(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(walked).toEqual(Array.from({ length: 25 }, (_, place) => 25 - place));
    const last = (await pageOf({ first: 100 })).pageInfo.endCursor;
    expect(await pageOf({ after: last })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  it("of a member of whom nothing is on file are none", async () => {
    expect(await pageOf({ id: "NOBODY" })).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false },
    });
  });

  it.each([-1, 0, 101, 2147483647])("are refused to a page of %d", async (first) => {
    expect(await faultOf(served, PAGE, { id: "PAGES", first })).toBe(
      "first must be a whole number from 1 to 100",
    );
  });

  it("are refused behind a cursor that is forged, cut short, changed or another member's", async () => {
    const { edges } = await pageOf({});
    const { cursor, node } = edges[3];
    const written = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
    const elsewhere = (await member<{ decisions: Page }>(served, PAGE, { id: "ELSEWHERE" })).decisions
      .edges[0].cursor;
    const forged = [
      "",
      "x",
      "\u0000",
      "CANARY7731".repeat(1000),
      cursor.slice(0, -1),
      `${cursor}=`,
      `${cursor} `,
      elsewhere,
      written(`member-decisions:1:22:${edges[4].node.id}`),
      written(`member-decisions:1:999999999:${node.id}`),
      written(`member-decisions:1:99999999999:${node.id}`),
      written(`member-decisions:2:22:${node.id}`),
      written(`decisions:1:22:${node.id}`),
    ];
    expect(cursor).toBe(written(`member-decisions:1:22:${node.id}`));
    for (const after of forged) {
      const message = await faultOf(served, PAGE, { id: "PAGES", after });
      expect([after, message]).toEqual([
        after,
        "after must be a cursor of an earlier page of this member's decisions",
      ]);
    }
  });
});
