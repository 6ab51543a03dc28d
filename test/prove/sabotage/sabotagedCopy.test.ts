import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyDatabase, TestDatabase } from "../../cluster/database";
import { submissionsOf, submitTo } from "../../processes/claimedMember";
import { ServiceProcess, startServiceProcess, tokenFor } from "../../processes/serviceProcess";
import { Sabotage } from "./sabotage";
import { SabotagedCopy, sabotagedCopy } from "./sabotagedCopy";
import { control, sabotages } from "./sabotages";

let folder: string;
let database: TestDatabase;
let copy: SabotagedCopy;
let service: ServiceProcess;

async function start(sabotage: Sabotage | undefined): Promise<void> {
  if (!sabotage) throw new Error("there is no sabotage of this name");
  folder = await mkdtemp(join(tmpdir(), "esi-sabotaged-"));
  database = await emptyDatabase();
  copy = await sabotagedCopy(sabotage);
  const setting = { dataFolder: folder, databaseUrl: database.url, sources: copy.root };
  service = await startServiceProcess(setting);
}

afterEach(async () => {
  await service.kill("SIGKILL");
  await copy.remove();
  await database.drop();
  await rm(folder, { recursive: true });
  expect(existsSync(copy.root)).toBe(false);
});

/** What becomes of five claims for one region in five months of a year. */
async function dispositions(): Promise<(string | undefined)[]> {
  const token = await tokenFor(folder);
  const [{ session }] = submissionsOf("SABOTAGED-1", 1);
  const decided = [];
  for (const month of [1, 2, 3, 4, 5]) {
    const about = { claimNumber: `C-${month}`, dateOfService: `2025-0${month}-10` };
    const input = { idempotencyKey: `key-${month}`, session: { ...session, ...about } };
    decided.push((await submitTo(service.address, token, input)).decision?.disposition);
  }
  return decided;
}

const four = ["APPROVED", "APPROVED", "APPROVED", "APPROVED"];

test("a copy in which nothing is changed makes its own schema, and decides as it should", async () => {
  await start(control);
  expect(await dispositions()).toEqual([...four, "DENIED"]);
});

test("a sabotaged copy starts as well, and decides wrongly", async () => {
  await start(sabotages.find(({ name }) => name === "fifth-session-allowed"));
  expect(await dispositions()).toEqual([...four, "APPROVED"]);
});
