import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { claimRequest, claimSession } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { CommandRun, numbersIn, runCommand } from "./commandProcess";

const [one, other, unknown, never] = [1, 2, 3, 4].map((place) => `MEMBER-SECRET-${place}`);

let service: TestService;
let folder: GuardedFolder;
beforeAll(async () => {
  [service, folder] = [await freshService(), await guardedFolder()];
  const requests = [one, other].map((memberId) => claimRequest(claimSession(memberId, "2025-03-10")));
  await decideAndStore(requests, service);
});
afterAll(async () => {
  await service.close();
  await folder.remove();
});

async function run(...args: string[]): Promise<CommandRun> {
  const setting = { dataFolder: "/nowhere", databaseUrl: service.url };
  const ended = await runCommand(["legal-hold", ...args], setting);
  expect(ended.written + ended.logged).not.toContain("MEMBER-SECRET");
  return ended;
}

async function declare(action: string, reference: string, ...members: string[]): Promise<CommandRun> {
  const file = join(folder.path, `${action}-${members.length}`);
  await writeFile(file, members.map((memberId) => `${memberId}\n`).join(""));
  const ended = await run(action, "--reference", reference, "--members", file);
  expect([ended.exitStatus, ended.logged]).toEqual([0, ""]);
  return ended;
}

test("holds are placed once, listed by their matter, written out for who asks, and lifted", async () => {
  expect(numbersIn(await declare("place", "DOCKET-7", one, other))).toEqual({
    ...{ "members placed": "2", "held for it already": "0", "without decisions on file": "0" },
  });
  const again = await declare("place", "DOCKET-7", unknown, one);
  expect(numbersIn(again)).toEqual({
    ...{ "members placed": "1", "held for it already": "1", "without decisions on file": "1" },
  });
  expect(again.written).toMatch(/\nline 2: held for it already\n$/);
  await service.database.query(
    "insert into legal_hold (member_id, reference, is_placed) values ($1, 'Audit 2036 § 4', true)",
    [one],
  );
  expect((await run("list")).written).toMatch(
    /^since {21}members {2}reference\n20\S{21}Z {8}3 {2}DOCKET-7\n20\S{21}Z {8}1 {2}Audit 2036 § 4\n$/,
  );
  const output = join(folder.path, "held");
  const asked = ["list", "--members-of", "DOCKET-7", "--output", output];
  expect(numbersIn(await run(...asked))).toEqual({ "members written": "3" });
  expect(await readFile(output, "utf8")).toBe(`${one}\n${other}\n${unknown}\n`);
  expect((await stat(output)).mode & 0o777).toBe(0o600);
  expect(await run(...asked)).toMatchObject({ exitStatus: 1, written: "" });
  expect(numbersIn(await declare("lift", "DOCKET-7", one, other, unknown, never))).toMatchObject({
    ...{ "members lifted": "3", "not held for it": "1" },
  });
  const rows: object[] = await service.database.query("select from legal_hold");
  expect(rows).toHaveLength(7);
  expect((await run("list")).written).toMatch(/^since.*\n.*1 {2}Audit 2036 § 4\n$/);
}, 60_000);
