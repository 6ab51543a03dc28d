import { freshService, TestService } from "../cases/testService";
import { CommandRun, findingsIn, numbersIn, runCommand, summaryIn } from "./commandProcess";
import { claimNumberBeginning, FilledStore, fillStore, forgetWorkList, members, tamper } from "./filledStore";

let service: TestService;
let filled: FilledStore;

beforeEach(async () => {
  service = await freshService();
  filled = await fillStore(service);
}, 30_000);
afterEach(() => service.close());

const dataFolder = "/nowhere";
const secrets = [...members, claimNumberBeginning];

/** Runs a command on the filled store. No output may tell whose decisions these are. */
async function run(...args: string[]): Promise<CommandRun> {
  const ended = await runCommand(args, { dataFolder, databaseUrl: service.url });
  for (const secret of secrets) expect(ended.written + ended.logged).not.toContain(secret);
  return ended;
}

test("a store that is in order is replayed and verified by threads, and said to be so", async () => {
  const [replayed, verified] = await Promise.all([run("replay", "--workers", "2"), run("verify")]);
  expect(replayed.logged).toBe("");
  expect(replayed.written).toMatch(/^rate +[0-9,]+\/s$/m);
  expect(numbersIn(replayed)).toEqual({
    decisions: "15",
    identical: "15",
    differing: "0",
    "not replayed": "0",
  });
  expect(replayed.exitStatus).toBe(0);
  expect(summaryIn(verified)).toMatchObject({
    ok: true,
    members: 2,
    decisions: 15,
    candidates: 4,
    unsealed: 16,
  });
  expect(verified.exitStatus).toBe(0);
}, 60_000);

test("a decision that a superuser changed is named by its id and the place, and the command fails", async () => {
  const { id } = filled.decisions[0][7];
  const change = `update decision set record = replace(record, '"unitsAllowed":1', '"unitsAllowed":0')`;
  await tamper(service, `${change} where id = $1`, [id]);
  const replayed = await run("replay");
  expect(replayed.written).toContain(`\n${id}: lines[0].unitsAllowed\n`);
  expect(numbersIn(replayed)).toMatchObject({ identical: "14", differing: "1" });
  expect(replayed.exitStatus).toBe(1);
}, 60_000);

test("decisions of an engine that this program does not carry make the replay fail, and the version is told", async () => {
  const change = `update decision set record = replace(record, '"engineVersion":"1', '"engineVersion":"7')`;
  await tamper(service, `${change} where id = $1`, [filled.decisions[0][7].id]);
  const { exitStatus, written, ...rest } = await run("replay");
  expect(numbersIn({ exitStatus, written, ...rest })).toMatchObject({ identical: "14", "not replayed": "1" });
  expect(written).toMatch(/^1 by engine 7\.[0-9.]+, which this program does not carry$/m);
  expect(exitStatus).toBe(1);
}, 60_000);

test("a work list with wrong rows is told apart, built anew, and then in order", async () => {
  await service.database.query("delete from readjudication_candidate where member_id = $1", [members[0]]);
  const wrong = await run("verify");
  expect(findingsIn(wrong)).toEqual([
    {
      kind: "WORK_LIST_MISMATCH",
      leafIndex: null,
      id: filled.decisions[0][4].id,
      detail: "missing on the work list",
    },
  ]);
  expect(wrong.exitStatus).toBe(1);
  const built = await run("rebuild-work-list");
  expect(numbersIn(built)).toEqual({ members: "2", candidates: "4" });
  expect(built.exitStatus).toBe(0);
  expect((await run("verify")).exitStatus).toBe(0);
}, 60_000);

test("decisions stored by a version before the work list are put on it when the schema is migrated", async () => {
  await forgetWorkList(service);
  expect(await run("migrate")).toEqual({ exitStatus: 0, written: "", logged: "" });
  expect(await service.database.query("select members, candidates from work_list_build")).toEqual([
    { members: 2, candidates: 4 },
  ]);
  await run("migrate");
  expect(await service.database.query("select from work_list_build")).toHaveLength(1);
  expect((await run("verify")).exitStatus).toBe(0);
}, 60_000);

test("what is asked for is replayed, and an empty answer is told as such", async () => {
  const [first] = filled.decisions;
  const runs = await Promise.all([
    run("replay", "--from", first[1].decidedAt, "--to", first[1].decidedAt),
    run("replay", "--from", "2199-01-01"),
    run("replay", "--to", "2199-01-01T00:00:00+14:00", "--sample", "1.0", "--workers", "1"),
  ]);
  for (const { written } of runs.slice(0, 2))
    expect(written).toBe("There is no such decision: nothing was replayed.\n");
  expect(numbersIn(runs[2])).toMatchObject({ decisions: "15", identical: "15" });
  expect(runs.map(({ exitStatus }) => exitStatus)).toEqual([0, 0, 0]);
}, 60_000);

const mistakes: [string[], string][] = [
  [["replay", "--from", "2026-02-30"], "--from must be a date YYYY-MM-DD, or an RFC 3339 instant"],
  [["replay", "--to", "2026-01-01T00:00:00"], "--to must be a date YYYY-MM-DD, or an RFC 3339 instant"],
  [["replay", "--sample", "0.0"], "--sample must be a share above 0 and up to 1"],
  [["rebuild-work-list", "--workers", "65"], "--workers must be a whole number from 1 to 64"],
  [["verify", "everything"], "There is a word that belongs to no option"],
  [["rebuild"], "no such command: rebuild"],
];

test("a call that means nothing is told what is wrong and what can be called, and does nothing", async () => {
  const runs = await Promise.all(mistakes.map(([args]) => run(...args)));
  for (const [place, { exitStatus, written, logged }] of runs.entries()) {
    const [args, message] = mistakes[place];
    expect(logged.slice(0, message.length)).toBe(message);
    expect(logged).toContain(`\n\nUsage: esi ${args[0] === "rebuild" ? "<command>" : args[0]}`);
    expect([exitStatus, written]).toEqual([args[0] === "verify" ? 2 : 1, ""]);
  }
}, 120_000);

test("each command on the store says what it does", async () => {
  const names = ["migrate", "replay", "verify", "rebuild-work-list"];
  const runs = await Promise.all(names.map((name) => run(name, "--help")));
  for (const [place, { exitStatus, written, logged }] of runs.entries()) {
    expect(written.startsWith(`Usage: esi ${names[place]}`)).toBe(true);
    expect([exitStatus, logged]).toEqual([0, ""]);
  }
}, 60_000);

test("a database of another schema is not read", async () => {
  await service.database.query("drop schema public cascade; create schema public");
  const names = ["replay", "verify", "rebuild-work-list"];
  const runs = await Promise.all(names.map((name) => run(name)));
  for (const [place, { exitStatus, logged }] of runs.entries()) {
    expect(logged).toBe(
      "the schema of the database is not that of this program: run the command migrate first\n",
    );
    expect(exitStatus).toBe(names[place] === "verify" ? 2 : 1);
  }
}, 60_000);
