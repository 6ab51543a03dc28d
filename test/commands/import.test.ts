import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { serviceOn } from "../cases/testService";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { Given, history, line } from "../graphql/claims";
import { serveOverHttp } from "../graphql/servedOverHttp";
import { answersTo, importDocument, UserError } from "../graphql/submitting";
import { spawnProgram } from "../processes/serviceProcess";
import { withConnection } from "../../src/store/connection";
import { CommandRun, numbersIn, runCommand } from "./commandProcess";

const secret = "SECRET4711";
/** Longer than one part of the file that is taken at once. */
const manyLines = 3_500;

let database: TestDatabase;
let folder: GuardedFolder;
beforeEach(async () => void ([database, folder] = [await freshDatabase(), await guardedFolder()]));
afterEach(async () => {
  await folder.remove();
  await database.drop();
});

const setting = () => ({ dataFolder: "/nowhere", databaseUrl: database.url });
const asClient = (file: string, ...options: string[]): string[] => [
  "import",
  file,
  "--client",
  "loader",
  ...options,
];

/** Runs it on the store. Nothing that a line holds may be shown. */
async function run(file: string, ...options: string[]): Promise<CommandRun> {
  const ended = await runCommand(asClient(file, ...options), setting());
  expect(ended.written + ended.logged).not.toContain(secret);
  return ended;
}

async function fileOf(lines: readonly (object | string | Buffer)[]): Promise<string> {
  const path = join(folder.path, "sessions.ndjson");
  const written = lines.map((text) =>
    Buffer.isBuffer(text) ? text : Buffer.from(typeof text === "string" ? text : JSON.stringify(text)),
  );
  await writeFile(path, Buffer.concat(written.flatMap((bytes) => [bytes, Buffer.from("\n")])));
  return path;
}

function session(place: number, given: Given = {}): object {
  const memberId = `${secret}-${place % 700}`;
  return history({ memberId, claimNumber: `C${place}`, idempotencyKey: `key-${place}`, ...given });
}

interface Refused {
  readonly line: number;
  readonly userErrors: UserError[];
  readonly input: unknown;
}

async function refusedIn(file: string): Promise<Refused[]> {
  const text = await readFile(file, "utf8");
  return text
    .split("\n")
    .slice(0, -1)
    .map((row): Refused => JSON.parse(row));
}

interface Stored {
  readonly member_id: string;
  readonly claims: string[];
  readonly sequences: number[];
}

function stored(): Promise<Stored[]> {
  return withConnection(database.url, (connection) =>
    connection.query<Stored[]>(
      `select member_id, array_agg(claim_number order by member_sequence) as claims,
              array_agg(member_sequence order by member_sequence) as sequences
         from decision group by member_id order by member_id collate "C"`,
    ),
  );
}

/** What a file of these sessions leaves: for each member its claims in the order of the file. */
function expectedOf(places: readonly number[]): Stored[] {
  const claims = new Map<string, string[]>();
  for (const place of places) {
    const memberId = `${secret}-${place % 700}`;
    claims.set(memberId, [...(claims.get(memberId) ?? []), `C${place}`]);
  }
  return [...claims]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([member_id, of]) => ({ member_id, claims: of, sequences: of.map((_, place) => place + 1) }));
}

const places = Array.from({ length: manyLines }, (_, place) => place);
const all = () => places.map((place) => session(place));

test("a file is loaded in its order, once for each key however often it is called", async () => {
  const file = await fileOf(all());
  const first = await run(file);
  expect(first.logged).toBe("");
  expect(numbersIn(first)).toEqual({
    lines: "3,500",
    imported: "3,500",
    "imported before": "0",
    refused: "0",
  });
  expect(first.exitStatus).toBe(0);
  const again = await run(file);
  expect(numbersIn(again)).toMatchObject({ imported: "0", "imported before": "3,500", refused: "0" });
  expect(again.exitStatus).toBe(0);
  expect(await stored()).toEqual(expectedOf(places));
}, 60_000);

test("killed anywhere, and called again, it has loaded each session once", async () => {
  const file = await fileOf(all());
  for (const decisions of [1, 1_001]) {
    const child = spawnProgram("src/cli.ts", setting(), asClient(file));
    const exit = once(child, "exit");
    await untilStored(decisions);
    child.kill("SIGKILL");
    await exit;
  }
  const last = await run(file);
  expect(last.exitStatus).toBe(0);
  expect(numbersIn(last)).toMatchObject({ lines: "3,500", refused: "0" });
  expect(await stored()).toEqual(expectedOf(places));
}, 120_000);

test("it goes on where its connections to the database are lost", async () => {
  const file = await fileOf(all());
  const child = spawnProgram("src/cli.ts", setting(), asClient(file));
  const exit = once(child, "exit");
  for (const decisions of [1, 1_500]) {
    await untilStored(decisions);
    await withConnection(database.url, (connection) =>
      connection.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
      ),
    );
  }
  expect(await exit).toEqual([0, null]);
  expect(await stored()).toEqual(expectedOf(places));
}, 120_000);

function countStored(): Promise<number> {
  return withConnection(database.url, async (connection) => {
    const [{ count }] = await connection.query<{ count: number }[]>(
      "select count(*)::integer as count from decision",
    );
    return count;
  });
}

async function untilStored(decisions: number): Promise<void> {
  while ((await countStored()) < decisions) await delay(5);
}

const faulty: readonly [string, Given][] = [
  ["an empty key", { idempotencyKey: "" }],
  ["an empty member", { memberId: "" }],
  ["no date of the calendar", { dateOfService: "2025-02-29" }],
  ["no rendering provider", { renderingProviderNpi: undefined }],
  ["a provider whose check digit is wrong", { billingProviderNpi: "1500000008" }],
  ["an empty source", { sourceSystem: "" }],
  ["half of a surrogate pair", { sourceSystem: "a\ud800b" }],
  ["no line", { lines: [] }],
  ["51 lines", { lines: Array.from({ length: 51 }, (_, place) => line({ lineNumber: place + 1 })) }],
  ["two lines of one number", { lines: [line(), line()] }],
  ["no unit and a bad modifier", { lines: [line({ units: 0, modifiers: ["x"] })] }],
  ["a claim that is decided", { claimNumber: "C-good", idempotencyKey: "another" }],
  ["a key of another session", { claimNumber: "C-other", idempotencyKey: "key-good" }],
  ["a date of service to come", { dateOfService: "2199-01-01" }],
];

test("what the mutation refuses is refused alike, beside the line as it was", async () => {
  const given = { memberId: secret, claimNumber: "C-good", idempotencyKey: "key-good" };
  const inputs = [history(given), ...faulty.map(([, about]) => history({ memberId: secret, ...about }))];
  const served = await serveOverHttp();
  const answers = await answersTo(served, importDocument, inputs).finally(() => served.stop());
  const refusedFile = join(folder.path, "refused");
  const ended = await run(await fileOf(inputs), "--refused", refusedFile);
  expect(ended.exitStatus).toBe(2);
  expect(numbersIn(ended)).toMatchObject({ imported: "1", refused: String(faulty.length) });
  const refused = await refusedIn(refusedFile);
  const withoutIds = (errors: readonly UserError[]) =>
    errors.map(({ code, message, field }) => ({ code, message, field }));
  expect(refused.map(({ userErrors }) => withoutIds(userErrors))).toEqual(
    answers.slice(1).map(({ userErrors }) => withoutIds(userErrors)),
  );
  expect(refused.map(({ line: number }) => number)).toEqual(faulty.map((_, place) => place + 2));
  expect(JSON.stringify(refused.map(({ input }) => input))).toBe(JSON.stringify(inputs.slice(1)));
  expect((await stat(refusedFile)).mode & 0o777).toBe(0o600);
}, 60_000);

test("a session of the file is the same as that of the mutation, under the same key", async () => {
  const input = history({ memberId: secret, renderingProviderNpi: null, claimType: "FACILITY" });
  await run(await fileOf([input]));
  const service = await serviceOn(database.url);
  const served = await serveOverHttp(service);
  const reply = await served.fields<{ answers: { replayed: boolean }[] }>(
    importDocument,
    { inputs: [input] },
    { clientId: "loader" },
  );
  await served.stop();
  expect(reply.answers.map(({ replayed }) => replayed)).toEqual([true]);
}, 30_000);

const misread: readonly [object | string | Buffer, string][] = [
  [`${secret} {`, "INVALID_INPUT: the line is not JSON"],
  [`{"${secret}":1,"${secret}":1}`, "INVALID_INPUT: the line has a member name twice"],
  [`"${secret}"`, "INVALID_INPUT: the line must be an object of type HistoricalSessionInput"],
  [
    { ...history(), [secret]: 1 },
    "INVALID_INPUT: the line must be only fields of type HistoricalSessionInput, but its name number 10 is not one",
  ],
  [
    history({ claimType: secret }),
    "INVALID_INPUT claimType: claimType must be one of PROFESSIONAL, FACILITY",
  ],
  [
    history({ lines: [line(), { ...line(), units: secret }] }),
    "INVALID_INPUT lines.1.units: units must be a whole number of at most 32 bits",
  ],
  [
    history({ sourceSystem: undefined }),
    "INVALID_INPUT sourceSystem: sourceSystem must be a string, but it is missing",
  ],
  [Buffer.from(`{"${secret}":"\xff"}`, "latin1"), "INVALID_INPUT: the line must be UTF-8"],
];

test("a line that is no session is told by its number and what was expected, never by what it holds", async () => {
  const refusedFile = join(folder.path, "refused");
  const ended = await run(await fileOf(misread.map(([text]) => text)), "--refused", refusedFile);
  expect(ended.written.trimEnd().split("\n").slice(-misread.length)).toEqual(
    misread.map(([, reason], place) => `line ${place + 1}: ${reason}`),
  );
  expect(ended.exitStatus).toBe(2);
  const inputs = (await refusedIn(refusedFile)).map(({ input }) => input);
  expect(inputs[0]).toBe(misread[0][0]);
  expect(inputs.at(-1)).toBeNull();
  expect(await readFile(refusedFile, "utf8")).toContain(`"input":${String(misread[1][0])}}\n`);
}, 30_000);

test("more refused lines than a person reads are counted", async () => {
  const ended = await run(await fileOf(Array(1_030).fill("{")));
  expect(ended.written).toMatch(/line 20: INVALID_INPUT: the line is not JSON\nand 1,010 more\n$/);
}, 30_000);

test.each<[string, string[], RegExp]>([
  ["no file", ["import", "--client", "loader"], /^import: name one file/],
  ["two files", ["import", secret, secret, "--client", "loader"], /^import: name one file/],
  ["no client", ["import", "sessions"], /^--client must be 1 to 64 visible ASCII characters/],
  ["a client with a space", ["import", "sessions", "--client", "a b"], /^--client must be 1 to 64/],
  [
    "the file itself for what is refused",
    ["import", "s", "--client", "a", "--refused", "./s"],
    /^--refused must/,
  ],
  [
    "a file that is not there",
    ["import", "/nowhere/s", "--client", "a"],
    /there is no such file or folder \(ENOENT\)/,
  ],
])(
  "with %s it ends with what is wrong",
  async (_, args, told) => {
    const ended = await runCommand(args, setting());
    expect([ended.exitStatus, ended.logged]).toEqual([1, expect.stringMatching(told)]);
    expect(ended.logged).not.toContain(secret);
  },
  30_000,
);
