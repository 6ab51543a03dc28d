import { exportedPages } from "../../src/store/exportedDecisions";
import { withStatementLimit } from "../../src/store/transaction";
import { claimRequest, claimSession } from "../cases/claims";
import { storeManyDecisions } from "../cases/manyDecisions";
import { freshService, TestService } from "../cases/testService";
import { decided } from "../commands/filledStore";

let service: TestService;
beforeAll(async () => {
  service = await freshService();
  await storeManyDecisions(service, 400, 1);
}, 30_000);
afterAll(() => service.close());

test("pages hold each decision once, in order, also where all are of one moment and the last page is full", async () => {
  const ids: string[] = [];
  const sizes: number[] = [];
  for await (const page of exportedPages(service.database, {})) {
    ids.push(...page.map(({ id }) => id));
    sizes.push(page.length);
  }
  const stored = await service.database.query<{ id: string }[]>(
    "select id from decision order by decided_at, id",
  );
  expect(ids).toEqual(stored.map(({ id }) => id));
  expect(sizes).toEqual([200, 200]);
});

test("what is decided while pages are read comes in none of them", async () => {
  const found: string[] = [];
  let late = "";
  for await (const page of exportedPages(service.database, { kinds: ["ADJUDICATION"] })) {
    if (late === "") late = (await decided(claimRequest(claimSession("LATE", "2025-05-12")), service)).id;
    found.push(...page.map(({ id }) => id));
  }
  expect(found).toHaveLength(400);
  expect(found).not.toContain(late);
});

test("a claim that is voided while pages are read is still the one that it was", async () => {
  const { session } = await decided(claimRequest(claimSession("VOIDED", "2025-05-12")), service);
  const { claimNumber: originalClaimNumber, dateOfService } = session;
  const about = {
    frequency: "VOID",
    originalClaimNumber,
    originalDateOfService: dateOfService,
    lines: [],
  } as const;
  const isEffective: boolean[] = [];
  let isVoided = false;
  const pages = exportedPages(
    {
      query: async <T>(text: string, parameters?: unknown[]) => {
        const rows = await service.database.query<T>(text, parameters);
        if (!isVoided) await decided(claimRequest(claimSession("VOIDED", dateOfService, about)), service);
        isVoided = true;
        return rows;
      },
    },
    { memberId: "VOIDED", effectiveOnly: true },
  );
  for await (const page of pages) isEffective.push(...page.map((exported) => exported.isEffective));
  expect(isEffective).toEqual([true]);
});

test("a patient reading may take longer than others, and leaves its connection as it was", async () => {
  const limit = "select current_setting('statement_timeout') as limit";
  const patient = withStatementLimit(service.database, 60_000);
  expect(await patient.query(limit)).toEqual([{ limit: "1min" }]);
  for (let turn = 0; turn < 10; turn++)
    expect(await service.database.query(limit)).toEqual([{ limit: "5s" }]);
});
