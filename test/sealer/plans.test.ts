import { readOldestWaiting, readWaiting } from "../../src/store/sealing";
import { Queryable } from "../../src/store/queryable";
import { withTransaction } from "../../src/store/transaction";
import { connected, insertDecision, sealAll, SealedService, sealedService } from "./sealedLog";

/* A pass costs as much beside millions of entries as beside none: it must not read all, nor sort all. */

let service: SealedService;

beforeAll(async () => {
  service = await sealedService();
  const client = await connected(service.url);
  await client.query("begin");
  for (let sequence = 1; sequence <= 300; sequence++) await insertDecision(client, "A", sequence);
  await client.query("commit");
  await sealAll(service.database);
  await client.query("analyze");
  for (let sequence = 301; sequence <= 310; sequence++) await insertDecision(client, "A", sequence);
  await client.end();
});
afterAll(() => service.close());

async function planOf(read: (queryable: Queryable) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await withTransaction(service.database, async (queryable) => {
    const explain = async (text: string, parameters?: unknown[]): Promise<void> => {
      if (!text.includes("from decision e")) return;
      const rows = await queryable.query<{ "QUERY PLAN": string }[]>(`explain ${text}`, parameters);
      plans.push(...rows.map((row) => row["QUERY PLAN"]));
    };
    await read({
      query: async (text, parameters) => {
        await explain(text, parameters);
        return queryable.query(text, parameters);
      },
    });
  });
  return plans.join("\n");
}

const readings = [
  ["the next entries", (queryable: Queryable) => readWaiting(queryable, "0", 4_096)],
  ["the oldest entry", readOldestWaiting],
] as const;

test.each(readings)("%s that waits is found by indexes alone, in their order", async (_, read) => {
  const plan = await planOf(read);
  expect(plan).toContain("Index Scan using decision_xact on decision");
  expect(plan).toMatch(/Index (?:Only )?Scan using audit_leaf_entry on audit_leaf/);
  expect(plan).not.toMatch(/Seq Scan|Bitmap|Hash|-> {2}Sort/);
});
