import { Client } from "pg";
import { databaseUrl, freshDatabase } from "./database";

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test("databases made at once are apart from each other", async () => {
  const databases = await Promise.all(Array.from({ length: 8 }, freshDatabase));
  try {
    for (const { url } of databases) await ask(url, "create table mark (number int)");
    expect(new Set(databases.map(({ url }) => url)).size).toBe(8);
  } finally {
    await Promise.all(databases.map(({ drop }) => drop()));
  }
}, 30_000);

test("a database is made although somebody is connected to the template", async () => {
  const { ESI_TEST_SERVER: server = "", ESI_TEST_TEMPLATE: template = "" } = process.env;
  const visitor = new Client({ connectionString: databaseUrl(server, template) });
  await visitor.connect();
  setTimeout(() => void visitor.end(), 5_200); // PostgreSQL itself waits for 5 s
  const { url, drop } = await freshDatabase();
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  await drop();
}, 30_000);

test("a dropped database is gone even while somebody is connected to it", async () => {
  const { url, drop } = await freshDatabase();
  const visitor = new Client({ connectionString: url });
  visitor.on("error", () => undefined);
  await visitor.connect();
  await drop();
  await expect(ask(url, "select 1")).rejects.toMatchObject({ code: "3D000" });
}, 30_000);
