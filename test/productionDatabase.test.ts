import { setTimeout as delay } from "node:timers/promises";
import { openLog } from "../src/log";
import { openForProduction } from "../src/productionDatabase";
import { createDataSource, Database } from "../src/store/dataSource";
import { freshDatabase, TestDatabase } from "./cluster/database";
import { wireTo, Wire } from "./sealer/silentWire";

let database: TestDatabase;
let wire: Wire;
let opened: Database;

beforeEach(async () => {
  database = await freshDatabase();
  wire = await wireTo(database.url);
  opened = await createDataSource(wire.url).initialize();
});
afterEach(async () => {
  await wire.cut();
  await opened.destroy();
  await database.drop();
});

test("a database that falls silent while a start looks at it is given up, told, and looked at again", async () => {
  const lines: string[] = [];
  const stopping = new AbortController();
  wire.fallSilent();
  const opening = openForProduction(
    opened,
    openLog({ write: (line) => void lines.push(line) }),
    stopping.signal,
    async () => undefined,
  );
  for (let turn = 0; turn < 100 && lines.length === 0; turn++) await delay(100);
  expect(lines.join("")).toContain("not ready: the database cannot be used: ");
  stopping.abort();
  expect(await opening).toBe(false);
}, 30_000);
