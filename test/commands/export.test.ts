import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { storeManyDecisions } from "../cases/manyDecisions";
import { freshService, TestService } from "../cases/testService";
import { claimNumberBeginning, FilledStore, fillStore, members, tamper } from "./filledStore";

const projectFolder = join(__dirname, "..", "..");
const many = 2_000;

let service: TestService;
let filled: FilledStore;
let large: TestService;
let folder: string;

beforeAll(async () => {
  [service, large] = await Promise.all([freshService(), freshService()]);
  filled = await fillStore(service);
  await storeManyDecisions(large, many);
}, 60_000);
afterAll(() => Promise.all([service.close(), large.close()]));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-"));
});
afterEach(() => rm(folder, { recursive: true }));

interface Run {
  readonly exitStatus: number | null;
  readonly written: string;
  readonly logged: string;
}

interface Call {
  readonly url?: string;
  readonly nodeOptions?: readonly string[];
  readonly input?: string;
}

function start(
  args: readonly string[],
  { url = service.url, nodeOptions = [], input = "" }: Call,
): ChildProcess {
  const runTypeScript = join(projectFolder, "test", "cluster", "runTypeScript.js");
  const program = ["--require", runTypeScript, "src/cli.ts", "export", ...args];
  const child = spawn(process.execPath, [...nodeOptions, ...program], {
    cwd: projectFolder,
    env: { PATH: process.env.PATH, DATABASE_URL: url },
    stdio: "pipe",
  });
  child.stdin?.end(input);
  return child;
}

async function run(args: readonly string[], call: Call = {}): Promise<Run> {
  const child = start(args, call);
  let [written, logged] = ["", ""];
  child.stdout?.on("data", (bytes: Buffer) => (written += bytes.toString("utf8")));
  child.stderr?.on("data", (bytes: Buffer) => (logged += bytes.toString("utf8")));
  await once(child, "close");
  for (const secret of [...members, claimNumberBeginning]) expect(logged).not.toContain(secret);
  return { exitStatus: child.exitCode, written, logged };
}

const idsIn = (text: string) =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line): string => JSON.parse(line).record.id);

test("decisions are written to standard output or a file, and how many on standard error", async () => {
  const file = join(folder, "all.csv");
  const [lines, table] = await Promise.all([
    run(["--format", "ndjson", "--member", members[0], "--disposition", "DENIED", "--kind", "ADJUDICATION"]),
    run(["--format", "csv", "--output", file]),
  ]);
  const denied = filled.decisions[0].filter(({ disposition }) => disposition === "DENIED");
  expect(idsIn(lines.written)).toEqual(denied.map(({ id }) => id));
  expect(lines).toMatchObject({
    exitStatus: 0,
    logged: `${denied.length} decisions, ${denied.length} rows\n`,
  });
  expect(table).toEqual({ exitStatus: 0, written: "", logged: "15 decisions, 16 rows\n" });
  const rows = (await readFile(file, "utf8")).split("\r\n");
  expect(rows).toHaveLength(1 + 16 + 1);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["all.csv"]);
}, 30_000);

test("a filter can come by standard input, so that no member id is on the command line", async () => {
  const input = JSON.stringify({ memberId: members[1], kinds: ["IMPORT"] });
  const { exitStatus, written } = await run(["--format", "ndjson", "--filter", "-"], { input });
  const imported = filled.decisions[1].filter(({ kind }) => kind === "IMPORT");
  expect(idsIn(written)).toEqual(imported.map(({ id }) => id));
  expect(exitStatus).toBe(0);
}, 30_000);

test("a call that means nothing is told what is wrong, never what was given, and writes nothing", async () => {
  const [secret] = members;
  const calls: [string[], string][] = [
    [["--format", "xlsx"], "--format must be one of ndjson, csv\n"],
    [["--format", "csv", "--decided-from", secret], "--decided-from must be a date YYYY-MM-DD, or an RFC"],
    [
      ["--format", "csv", "--failed-rule", "ESI-LEVEL", "--filter", "-"],
      "memberId in the filter must be 1 to 64 visible ASCII characters\n--failed-rule must be a list of 1 to 50",
    ],
  ];
  const input = JSON.stringify({ memberId: `${secret} x` });
  const runs = await Promise.all(calls.map(([args]) => run(args, { input })));
  for (const [place, { exitStatus, written, logged }] of runs.entries()) {
    expect(logged.slice(0, calls[place][1].length)).toBe(calls[place][1]);
    expect(logged).toContain("\n\nUsage: esi export");
    expect([exitStatus, written]).toEqual([1, ""]);
  }
}, 60_000);

test("a large store is exported in little memory, each decision once", async () => {
  const file = join(folder, "large.ndjson");
  const { exitStatus, logged } = await run(["--format", "ndjson", "--output", file], {
    url: large.url,
    nodeOptions: ["--max-old-space-size=56"],
  });
  expect([exitStatus, logged]).toEqual([0, "2,000 decisions, 2,000 rows\n"]);
  const written = await readFile(file, "utf8");
  expect(written.length).toBeGreaterThan(40 * 2 ** 20);
  // The copies are told apart by their columns alone; a line is a copy of the record and ends where it ends.
  expect(written.split("\n")).toHaveLength(many + 1);
}, 60_000);

/** The draft that an export writes to, once there is something in it. */
async function draftIn(place: string): Promise<string> {
  for (;;) {
    const draft = (await readdir(place)).find((name) => name.endsWith(".draft"));
    if (draft !== undefined && (await stat(join(place, draft))).size > 0) return draft;
    await delay(5);
  }
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "after %s no file is there that could pass for complete",
  async (signal) => {
    const file = join(folder, "large.csv");
    await writeFile(file, "what was exported before");
    const child = start(["--format", "csv", "--output", file], { url: large.url });
    let logged = "";
    child.stderr?.on("data", (bytes: Buffer) => (logged += bytes.toString("utf8")));
    await draftIn(folder);
    child.kill(signal);
    await once(child, "close");
    expect([child.exitCode, logged]).toEqual([1, "interrupted: what was written is not complete\n"]);
    expect(await readdir(folder)).toEqual(["large.csv"]);
    expect(await readFile(file, "utf8")).toBe("what was exported before");
  },
  30_000,
);

test("killed at once, it leaves a draft and no file of that name", async () => {
  const child = start(["--format", "ndjson", "--output", join(folder, "large.ndjson")], { url: large.url });
  const draft = await draftIn(folder);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await readdir(folder)).toEqual([draft]);
}, 30_000);

test("a reader who goes away ends the export, and the exit status says that it is not complete", async () => {
  const child = start(["--format", "ndjson"], { url: large.url });
  if (!child.stdout) throw new Error("no standard output");
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
}, 30_000);

test("a decision that was tampered with ends the export: it is named, and there is no file", async () => {
  const { id } = filled.decisions[1][6];
  await tamper(service, "update decision set record = $2 where id = $1", [id, "{\n}"]);
  const { exitStatus, logged } = await run(["--format", "ndjson", "--output", join(folder, "all.ndjson")]);
  expect(logged).toMatch(`decision ${id} is not stored as it was written`);
  expect(exitStatus).toBe(1);
  expect(await readdir(folder)).toEqual([]);
}, 30_000);
