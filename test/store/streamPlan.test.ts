import { withConnection } from "../../src/store/connection";
import { streamStatement } from "../../src/store/writePath";
import { freshDatabase } from "../cluster/database";

test("the plan that a connection keeps goes by the member's key, also where it was made for an empty table", async () => {
  const database = await freshDatabase();
  const plan = await withConnection(database.url, async (connection) => {
    await connection.query("set plan_cache_mode = force_generic_plan");
    await connection.query(`prepare stream (text[]) as ${streamStatement}`);
    const rows = await connection.query<{ "QUERY PLAN": string }[]>("explain execute stream (array['M1'])");
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
  await database.drop();
  expect(plan).toMatch(/using decision_pkey on decision/);
  expect(plan).not.toMatch(/Seq Scan on decision/);
});
