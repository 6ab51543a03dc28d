import fc from "fast-check";
import {
  countDecisions,
  DecisionFilter,
  Search,
  searchDecisions,
  SearchPage,
} from "../../src/cases/searchDecisions";
import { Decision } from "../../src/member/decision";
import { withTransaction } from "../../src/store/transaction";
import { freshService, TestService } from "../cases/testService";
import { fillMixed } from "./mixedStore";
import { filtersFor, naiveSearch } from "./naiveSearch";

let service: TestService;
let all: Decision[];

beforeAll(async () => {
  service = await freshService();
  all = await fillMixed(service, 600);
}, 60_000);
afterAll(() => service.close());

type List = Pick<Search, "filter" | "isNewestFirst">;

const ids = (decisions: readonly Decision[]) => decisions.map(({ id }) => id);

/** The whole list page by page, from its beginning or from its end; what pages say of their neighbours holds. */
async function walk(list: List, size: number, isFromEnd: boolean): Promise<string[]> {
  const walked: string[] = [];
  let place: Decision | undefined;
  let hasMore = true;
  while (hasMore) {
    const page: SearchPage = await searchDecisions(
      { ...list, size, isFromEnd, [isFromEnd ? "before" : "after"]: place },
      service,
    );
    const [onward, back] = isFromEnd ? [page.hasPrevious, page.hasNext] : [page.hasNext, page.hasPrevious];
    expect(await back()).toBe(place !== undefined);
    hasMore = await onward();
    expect(page.decisions.length).toBeLessThanOrEqual(size);
    if (hasMore) expect(page.decisions.length).toBe(size);
    if (isFromEnd) walked.unshift(...ids(page.decisions));
    else walked.push(...ids(page.decisions));
    place = page.decisions.at(isFromEnd ? 0 : -1);
  }
  return walked;
}

test("the store holds every kind and disposition", () => {
  expect(new Set(all.map(({ kind }) => kind)).size).toBe(4);
  expect(new Set(all.map(({ disposition }) => disposition)).size).toBe(6);
  expect(new Set(all.map(({ decidedAt }) => decidedAt)).size).toBeLessThan(all.length / 5);
});

test("a search finds what a look at every decision finds, page by page, from either end, in either order", async () => {
  await fc.assert(
    fc.asyncProperty(
      filtersFor(all),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(1, 3, 20, 100),
      async (filter, isNewestFirst, isFromEnd, size) => {
        const expected = ids(naiveSearch(all, filter, isNewestFirst));
        fc.pre(expected.length / size < 25);
        expect(await walk({ filter, isNewestFirst }, size, isFromEnd)).toEqual(expected);
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

test("a count is exact, and null where the database cannot tell in time", async () => {
  expect(await countDecisions({}, service)).toBe(all.length);
  const filter: DecisionFilter = { dispositions: ["DENIED"], effectiveOnly: true };
  expect(await countDecisions(filter, service)).toBe(naiveSearch(all, filter, true).length);
  await withTransaction(service.database, async ({ query }) => {
    await query("lock table decision in access exclusive mode");
    expect(await countDecisions({}, service)).toBeNull();
  });
  expect(await countDecisions({}, service)).toBe(all.length);
});
