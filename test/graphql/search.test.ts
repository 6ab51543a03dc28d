import { Decision } from "../../src/member/decision";
import { fillMixed } from "../store/mixedStore";
import { naiveSearch } from "../store/naiveSearch";
import { line } from "./claims";
import { idsOf, Page, search } from "./searching";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { decided } from "./submitting";

let served: ServedService;
let all: Decision[];
beforeAll(async () => {
  served = await serveOverHttp();
  all = await fillMixed(served.service, 200);
}, 30_000);
afterAll(() => served.stop());

const newestFirst = (): string[] => naiveSearch(all, {}, true).map(({ id }) => id);

describe("a search", () => {
  it("without arguments brings the 20 newest decisions and says how many there are", async () => {
    const page = await search(served);
    expect(idsOf(page)).toEqual(newestFirst().slice(0, 20));
    expect(page.edges.map(({ node }) => node.id)).toEqual(idsOf(page));
    expect(page.totalCount).toBe(all.length);
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: page.edges[0].cursor,
      endCursor: page.edges[19].cursor,
    });
    const nothing = { filter: null, orderBy: null, first: null, after: null, last: null, before: null };
    expect(await search(served, nothing)).toEqual(page);
  });

  it("reads from the end in the same order, and goes back from there", async () => {
    const end = await search(served, { last: 5 });
    expect(idsOf(end)).toEqual(newestFirst().slice(-5));
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await search(served, { last: 5, before: end.pageInfo.startCursor });
    expect(idsOf(before)).toEqual(newestFirst().slice(-10, -5));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it("between two cursors holds what is between them, counted from either end", async () => {
    const order = { orderBy: "DECIDED_AT_ASC" };
    const oldestFirst = newestFirst().reverse();
    const { edges } = await search(served, { ...order, first: 12 });
    const between = { ...order, after: edges[1].cursor, before: edges[9].cursor };
    const whole = await search(served, { ...between, first: 50 });
    expect(idsOf(whole)).toEqual(oldestFirst.slice(2, 9));
    expect(whole.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(idsOf(await search(served, { ...between, first: 3 }))).toEqual(oldestFirst.slice(2, 5));
    expect(idsOf(await search(served, { ...between, last: 3 }))).toEqual(oldestFirst.slice(6, 9));
    const crossed = await search(served, { ...order, after: edges[9].cursor, before: edges[1].cursor });
    expect(crossed).toMatchObject({ nodes: [], pageInfo: { startCursor: null, endCursor: null } });
  });

  it("takes every part of the filter, all at once", async () => {
    const sample = all.find(
      ({ kind, disposition, lines }) =>
        kind === "ADJUDICATION" &&
        disposition === "PARTIAL" &&
        lines.every(({ region }) => region === "LUMBAR_SACRAL"),
    );
    if (!sample) throw new Error("no partial approval of the lower back");
    const { session, lines } = sample;
    const adverse = lines.flatMap(({ findings }) => findings?.adverse ?? []);
    const filter = {
      memberId: sample.memberId,
      claimNumber: session.claimNumber,
      dispositions: ["PARTIAL", "DENIED", "PARTIAL"],
      kinds: ["REVIEW", "ADJUDICATION"],
      failedRules: [adverse[0].ruleId, "ESI-DUPLICATE"],
      region: lines[0].region,
      procedureCodes: [lines[0].procedureCode],
      providerNpi: session.billingProviderNpi,
      policyVersionId: sample.policyVersionId,
      decidedFrom: sample.decidedAt,
      decidedBefore: "2199-12-31T23:59:59+14:00",
      serviceFrom: session.dateOfService,
      serviceTo: session.dateOfService,
      effectiveOnly: false,
    };
    expect(idsOf(await search(served, { filter }))).toEqual([sample.id]);
    for (const other of [
      { memberId: "NOBODY" },
      { claimNumber: "NONE" },
      { dispositions: ["APPROVED"] },
      { kinds: ["VOID"] },
      { failedRules: ["ESI-ASC-BILATERAL"] },
      { region: "CERVICAL_THORACIC" },
      { procedureCodes: ["00000"] },
      { providerNpi: "1000000004" },
      { decidedFrom: "2199-12-31T00:00:00Z" },
      { decidedFrom: null, decidedBefore: sample.decidedAt },
      { serviceFrom: null, serviceTo: "1990-01-01" },
    ])
      expect(idsOf(await search(served, { filter: { ...filter, ...other } }))).toEqual([]);
  });

  it("counts, and looks beside the page, only where that is asked for", async () => {
    const queries = jest.spyOn(served.service.database, "createQueryRunner");
    const statementsFor = async (selection: string): Promise<number> => {
      queries.mockClear();
      await served.fields(`{ decisions(first: 3) { nodes { id } ${selection} } }`);
      const recordingTheAccess = 1;
      return queries.mock.calls.length - recordingTheAccess;
    };
    expect(await statementsFor("")).toBe(1);
    expect(await statementsFor("pageInfo { endCursor hasNextPage hasPreviousPage }")).toBe(1);
    expect(await statementsFor("totalCount")).toBe(2);
    queries.mockRestore();
  });
});

describe("pages of a search stay in step", () => {
  it("while decisions are made between them: none is left out and none shown twice", async () => {
    const before = newestFirst();
    for (const orderBy of ["DECIDED_AT_DESC", "DECIDED_AT_ASC"]) {
      const walked: string[] = [];
      let page: Page | undefined;
      for (let place = 0; !page || page.pageInfo.hasNextPage; place++) {
        page = await search(served, { orderBy, first: 70, after: page?.pageInfo.endCursor });
        walked.push(...idsOf(page));
        await decided(served, `LATE-${orderBy}`, {
          claimNumber: `L${place}`,
          lines: [line({ procedureCode: "99213" })],
        });
        if (place > 30) break;
      }
      expect(new Set(walked).size).toBe(walked.length);
      expect(before.filter((id) => !walked.includes(id))).toEqual([]);
    }
  });

  it("when the decision of the cursor no longer matches", async () => {
    const names = ["S1", "S2", "S3", "S4"];
    const lines = [line({ procedureCode: "99213" })];
    const dates = ["2025-05-12", "2025-05-13", "2025-05-14", "2025-05-15"];
    const ids: string[] = [];
    for (const [place, claimNumber] of names.entries())
      ids.push(await decided(served, "SUPERSEDED", { claimNumber, dateOfService: dates[place], lines }));
    const list = { filter: { memberId: "SUPERSEDED", effectiveOnly: true }, orderBy: "DECIDED_AT_ASC" };
    const first = await search(served, { ...list, first: 2 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    const after = first.pageInfo.endCursor;
    for (const [place, original] of [names[1], names[0]].entries()) {
      const about = { frequency: "VOID", originalClaimNumber: original, lines: [] };
      const dateOfService = dates[1 - place];
      ids.push(await decided(served, "SUPERSEDED", { claimNumber: `V${place}`, dateOfService, ...about }));
      const next = await search(served, { ...list, first: 2, after });
      expect(idsOf(next)).toEqual(ids.slice(2, 4));
      // Of what was before the cursor one decision was left at first, and then none.
      expect(next.pageInfo.hasPreviousPage).toBe(place === 0);
    }
    expect(idsOf(await search(served, { ...list, last: 2, before: after }))).toEqual([]);
  });
});
