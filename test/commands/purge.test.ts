import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { spawnProgram } from "../processes/serviceProcess";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { AgedStore, agedStore, decideFive, longAgo, seal, storedIds, today } from "../store/agedStore";
import { CommandRun, numbersIn, runCommand } from "./commandProcess";

const projectFolder = join(__dirname, "..", "..");
const runTypeScript = join(projectFolder, "test", "cluster", "runTypeScript.js");
const secret = "MEMBER-SECRET";
const basis = ["--basis", "Schedule R-12, section 4"];

let store: AgedStore;
let folder: GuardedFolder;
beforeEach(async () => {
  [store, folder] = [await agedStore(), await guardedFolder()];
});
afterEach(async () => {
  await store.close();
  await folder.remove();
});

/** Runs a command on the store. No output may name a member. */
async function run(...args: string[]): Promise<CommandRun> {
  return check(await runCommand(args, { dataFolder: "/nowhere", databaseUrl: store.url }));
}

function check(ended: CommandRun): CommandRun {
  expect(ended.written + ended.logged).not.toContain(secret);
  return ended;
}

const name = (place: number) => `${secret}-${place}`;

async function fileOf(...lines: string[]): Promise<string> {
  const path = join(folder.path, `members-${lines.length}`);
  await writeFile(path, lines.join("\n"));
  return path;
}

async function fill(members: number): Promise<void> {
  await store.setClock(longAgo);
  for (let place = 1; place <= members; place++) await decideFive(store, name(place));
  await seal(store);
  await store.setClock(today);
}

test("what is past its retention is told, then erased, and a legal hold keeps its member until it is lifted", async () => {
  await fill(3);
  await decideFive(store, name(1));
  await declareHold(name(2), true);
  const told = await run("purge", ...basis);
  expect(told.exitStatus).toBe(1);
  expect(numbersIn(told)).toEqual({
    ...{ "members to erase": "1", "decisions to erase": "5" },
    ...{ "stay under a legal hold": "1", "stay with younger decisions": "1" },
  });
  expect(told.written).toMatch(/\nNothing was erased: with --yes it is, for ever\.\n$/);
  expect(await storedIds(store)).toHaveLength(20);
  await store.database.query("analyze decision");
  expect(await isInStatistics(name(3))).toBe(true);
  const erased = await run("purge", ...basis, "--yes");
  expect(numbersIn(erased)).toMatchObject({ "members erased": "1", "decisions erased": "5" });
  expect(erased.exitStatus).toBe(1);
  expect(await storedIds(store)).toHaveLength(15);
  expect(await isInStatistics(name(3))).toBe(false);
  await declareHold(name(2), false);
  const last = await run("purge", ...basis, "--yes", "--years", "6");
  expect(numbersIn(last)).toMatchObject({ "members erased": "1", "stay with younger decisions": "1" });
  expect(last.exitStatus).toBe(0);
}, 60_000);

async function declareHold(memberId: string, isPlaced: boolean): Promise<void> {
  const statement = "insert into legal_hold (member_id, reference, is_placed) values ($1, 'DOCKET-1', $2)";
  await store.database.query(statement, [memberId, isPlaced]);
}

async function isInStatistics(memberId: string): Promise<boolean> {
  const [{ found }] = await store.database.query(
    "select bool_or(strpos(s::text, $1) > 0) as found from pg_stats s where tablename = 'decision'",
    [memberId],
  );
  return found;
}

test("of a file the members that stay are told by their lines", async () => {
  await fill(4);
  await decideFive(store, name(3));
  await declareHold(name(2), true);
  const lines = ["", name(2), name(1), name(3), `${name(9)}\r`, name(1)];
  const { exitStatus, written, logged } = await run(
    "purge",
    ...basis,
    "--yes",
    "--members",
    await fileOf(...lines),
  );
  expect(written).toBe(
    [
      "members erased               1",
      "decisions erased             5",
      "stay without decisions       1",
      "stay under a legal hold      1",
      "stay with younger decisions  1",
      "line 2 stays: under a legal hold",
      "line 4 stays: with younger decisions",
      "line 5 stays: without decisions\n",
    ].join("\n"),
  );
  expect([exitStatus, logged]).toEqual([1, ""]);
  expect(await storedIds(store)).toHaveLength(20);
}, 60_000);

test("a member whose decisions are not sealed stays, and members can come from the standard input", async () => {
  await fill(1);
  await store.setClock(longAgo);
  await decideFive(store, name(2));
  await store.setClock(today);
  const args = ["purge", ...basis, "--yes", "--members", "-"];
  const ended = check(await runWithInput(args, `\uFEFF${name(2)}\n${name(1)}\n`));
  expect(numbersIn(ended)).toEqual({
    ...{ "members erased": "1", "decisions erased": "5", "stay with decisions not sealed yet": "1" },
  });
  expect(ended.written).toContain("\nline 1 stays: with decisions not sealed yet\n");
}, 60_000);

async function runWithInput(args: string[], input: string): Promise<CommandRun> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["--require", runTypeScript, "src/cli.ts", ...args], {
    cwd: projectFolder,
    env: { PATH, DATABASE_URL: store.url },
  });
  const [written, logged] = [child.stdout, child.stderr].map(text);
  child.stdin.end(input);
  await once(child, "close");
  return { exitStatus: child.exitCode, written: await written, logged: await logged };
}

test("who does not own the tables is told so, and can only ask what would be erased", async () => {
  await fill(1);
  const role = `reader_${store.newId().replaceAll("-", "")}`;
  await store.database.query(`
    create role ${role} login password 'reader';
    grant usage on schema public, test_clock to ${role};
    grant select on all tables in schema public, test_clock to ${role}`);
  try {
    const url = new URL(store.url);
    [url.username, url.password] = [role, "reader"];
    const setting = { dataFolder: "/nowhere", databaseUrl: url.href };
    const [asked, tried] = await Promise.all([
      runCommand(["purge", ...basis], setting),
      runCommand(["purge", ...basis, "--yes"], setting),
    ]);
    expect(numbersIn(check(asked))).toMatchObject({ "members to erase": "1" });
    expect(check(tried)).toEqual({
      exitStatus: 1,
      written: "",
      logged: "decisions are erased by the owner of the tables alone: connect as that role\n",
    });
    expect(await storedIds(store)).toHaveLength(5);
  } finally {
    await store.database.query(`drop owned by ${role}; drop role ${role}`);
  }
}, 60_000);

test("killed on the way, a purge has erased some members whole and left the others whole", async () => {
  await store.setClock(longAgo);
  await decideFive(store, name(1));
  await copyStream(300);
  await seal(store);
  await store.setClock(today);
  const setting = { dataFolder: "/nowhere", databaseUrl: store.url };
  const child = spawnProgram("src/cli.ts", setting, ["purge", ...basis, "--yes"]);
  const closed = once(child, "close");
  while ((await count("purge")) < 20 && child.exitCode === null) await delay(5);
  child.kill("SIGKILL");
  await closed;
  const purges = await count("purge");
  expect(purges).toBeLessThan(301);
  const members: { rows: number }[] = await store.database.query(
    "select count(*)::int as rows from decision group by member_id",
  );
  expect(new Set(members.map(({ rows }) => rows))).toEqual(new Set([5]));
  expect(members).toHaveLength(301 - purges);
  expect(await count("purged_decision")).toBe(purges * 5);
  expect(numbersIn(await run("purge", ...basis, "--yes"))).toMatchObject({
    "members erased": `${301 - purges}`,
  });
  expect(await storedIds(store)).toEqual([]);
}, 60_000);

async function count(table: string): Promise<number> {
  const [{ rows }] = await store.database.query(`select count(*)::int as rows from ${table}`);
  return rows;
}

/** Gives so many other members a stream of the same length; nothing here looks into the records. */
async function copyStream(members: number): Promise<void> {
  await store.database.query(
    `insert into decision (member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
            decided_at, client_id, idempotency_key, request_hash, regions, procedure_codes, failed_rules,
            provider_npis, record, salt, leaf)
     select member_id || '-' || place, member_sequence, gen_random_uuid(), kind, disposition, claim_number,
            date_of_service, decided_at, client_id, idempotency_key, request_hash, regions, procedure_codes,
            failed_rules, provider_npis, record, salt, leaf
       from decision, generate_series(1, $1) as place`,
    [members],
  );
}

const mistakes: [string[], string][] = [
  [["purge"], "--basis must be 1 to 500 characters"],
  [["purge", "--basis", " \u00a0"], "--basis must be 1 to 500 characters"],
  [["purge", ...basis, "--years", "5"], "--years must be a whole number from 6 to 100"],
  [["purge", ...basis, "--members", "FILE"], "--members: no id of a member, in line 2, 3"],
  [["legal-hold", "place", "--members", "FILE"], "place takes --reference and --members"],
];

test("a call that means nothing is told what is wrong and what can be called, and does nothing", async () => {
  const file = await fileOf(name(1), `${name(2)} ${name(3)}`, "é");
  const runs = await Promise.all(
    mistakes.map(([args]) => run(...args.map((arg) => (arg === "FILE" ? file : arg)))),
  );
  for (const [place, { exitStatus, written, logged }] of runs.entries()) {
    const [args, message] = mistakes[place];
    expect(logged.slice(0, message.length)).toBe(message);
    expect(logged).toContain(`\n\nUsage: esi ${args[0]}`);
    expect([exitStatus, written]).toEqual([2, ""]);
  }
}, 60_000);
