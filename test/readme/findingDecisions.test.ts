import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { runCommand } from "../commands/commandProcess";
import { ask, ServiceProcess, startServiceProcess, tokenFor } from "../processes/serviceProcess";
import { commandsOf, documentsOf, exportExamplesOf } from "./findingDecisions";
import { canRunShown, runShown } from "./shownCommands";

const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
const commands = commandsOf(readme);
const documents = documentsOf(readme);
const { takeApart, download } = exportExamplesOf(readme);

let database: TestDatabase;
let folder: string;
let service: ServiceProcess;
let token: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), "esi-finding-"));
  service = await startServiceProcess({ dataFolder: folder, databaseUrl: database.url, args: [] });
  token = await tokenFor(folder);
}, 60_000);

afterAll(async () => {
  await service.kill("SIGTERM");
  rmSync(folder, { recursive: true });
  await database.drop();
});

// Each command is a process of its own.
jest.setTimeout(60_000);

const run = (args: readonly string[]) => runCommand(args, { dataFolder: folder, databaseUrl: database.url });

test("the README answers twelve questions, nine of them by a command", () => {
  expect([commands.length, documents.length]).toEqual([10, 3]);
});

test.each(commands.map((command) => [command.join(" "), command] as const))(
  "esi %s runs on the demo population",
  async (_, command) => {
    const { exitStatus, written } = await run(command);
    const header = expect.stringMatching(/^[a-zA-Z]+(?:,[a-zA-Z]+)+$/);
    expect([exitStatus, written.split("\r\n")[0]]).toEqual([0, header]);
  },
);

test.each(documents.map((document) => [/query (\w+)/.exec(document)?.[1], document] as const))(
  "the query %s finds something in the demo population",
  async (_, document) => {
    const instants = { from: "2020-01-01T00:00:00Z", before: "2200-01-01T00:00:00Z" };
    const member = { id: "DEMO-FOUR-SESSIONS", then: new Date().toISOString(), on: "2025-12-01" };
    const variables = { ...instants, ...member, claimNumber: "CLAIM-1" };
    const named = [...document.matchAll(/\$(\w+):/g)].map(([, name]) => name);
    const given = Object.entries(variables).filter(([name]) => named.includes(name));
    const fields = await ask<object>(service.address, token, document, Object.fromEntries(given));
    expect(JSON.stringify(fields)).toMatch(/"id"|"used"/);
  },
);

(canRunShown() ? test : test.skip)("the export over HTTP is the one that the command makes", async () => {
  const { files } = runShown(download, {
    address: service.address,
    dataFolder: folder,
    databaseUrl: database.url,
  });
  const [, from = ""] = /"decidedFrom":"([^"]+)"/.exec(download) ?? [];
  const { written } = await run([
    "export",
    "--format",
    "csv",
    "--disposition",
    "DENIED",
    "--decided-from",
    from,
  ]);
  expect(files["denied.csv"]).toBe(written);
  expect(written.split("\r\n").length).toBeGreaterThan(2);
  const [header, ...accesses] = (files["accesses.csv"] ?? "").trimEnd().split("\r\n");
  expect(header).toMatch(/^at,requestId,subject,clientId,memberId,/);
  expect(accesses).toContainEqual(expect.stringMatching(/,DEMO-[A-Z-]+,\/export,.*,HOPERAT,/));
});

(canRunShown() ? test : test.skip)("both hashes of an exported line are found by openssl", async () => {
  const { written } = await run(["export", "--format", "ndjson"]);
  writeFileSync(join(folder, "decisions.ndjson"), written);
  const { stdout } = spawnSync("sh", ["-ec", takeApart], { cwd: folder, encoding: "utf8" });
  const { leafHash, leaf }: { leafHash: string; leaf: { body: string } } = JSON.parse(written.split("\n")[0]);
  expect(stdout).toBe(`${leafHash}\n${leaf.body}  -\n`);
});
