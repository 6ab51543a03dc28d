import { createDataSource } from "../../src/store/dataSource";
import { migrate } from "../../src/store/migrate";
import { isMigrated } from "../../src/store/schemaVersion";
import { freshDatabase, execute, TestDatabase } from "../cluster/database";

let database: TestDatabase;

beforeEach(async () => {
  database = await freshDatabase();
  await execute(database.url, "drop schema public, auditing cascade; create schema public");
});
afterEach(() => database.drop());

async function migrateAsOneProcess(): Promise<void> {
  const dataSource = await createDataSource(database.url).initialize();
  try {
    await migrate(dataSource);
    expect(await isMigrated(dataSource)).toBe(true);
  } finally {
    await dataSource.destroy();
  }
}

test("several processes that migrate an empty database at once all come up", async () => {
  await Promise.all(Array.from({ length: 6 }, migrateAsOneProcess));
});

test("migrating again changes nothing, and a database that is not migrated is told apart", async () => {
  const dataSource = await createDataSource(database.url).initialize();
  expect(await isMigrated(dataSource)).toBe(false);
  await dataSource.destroy();
  await migrateAsOneProcess();
  await migrateAsOneProcess();
});
