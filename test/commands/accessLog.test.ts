import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshService, TestService } from "../cases/testService";
import { RecordedService, rowsOf, serveRecorded } from "../http/recordedService";
import { CommandRun, runCommand } from "./commandProcess";

let service: TestService;
let served: RecordedService;
let folder: string;

const many = 2_500;

/** More than two pages of one time, and two members whose names a spreadsheet or a shell could stumble over. */
beforeAll(async () => {
  [service, folder] = await Promise.all([freshService(), mkdtemp(join(tmpdir(), "access-log-"))]);
  await service.database.query(
    `insert into access_log
       (at, request_id, subject, client_id, member_id, operation, document_hash, purpose, decisions, outcome)
     select '2026-01-01T00:00:00Z'::timestamptz, 'r' || n % 7, '=1+1', 'client', 'M-' || n, 'member', sha256(''), 'HPAYMT', n,
            'ALLOWED'
       from generate_series(1, $1::integer) n
     union all
     select '2026-01-02T00:00:00.000005Z', 'r', 'bob', 'client', '@M', 'member,decisions', sha256(''), null, 0,
            'DENIED'`,
    [many],
  );
  served = await serveRecorded(service);
}, 30_000);
afterAll(async () => {
  await served.stop();
  await Promise.all([service.close(), rm(folder, { recursive: true })]);
});

const hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const last = {
  ...{
    at: "2026-01-02T00:00:00.000005Z",
    requestId: "r",
    subject: "bob",
    clientId: "client",
    memberId: "@M",
  },
  ...{ operation: "member,decisions", documentHash: hash, purpose: null, decisions: 0, outcome: "DENIED" },
};
const header = "at,requestId,subject,clientId,memberId,operation,documentHash,purpose,decisions,outcome";
const denied = `2026-01-02T00:00:00.000005Z,r,bob,client,'@M,"member,decisions",${hash},,0,DENIED`;

/** The file that the service sends, and the rows that sending it has written. */
async function sent(format: string, filter: object, requestId: string): Promise<string> {
  const headers = { "x-request-id": requestId };
  const { httpCode, text } = await served.post({ path: "/access-log", body: { format, filter }, headers });
  expect([httpCode, text === "" ? "" : text.slice(-1)]).toEqual([200, text === "" ? "" : "\n"]);
  return text;
}

/** The members of a file of lines. */
function membersIn(lines: string): string[] {
  return lines
    .trimEnd()
    .split("\n")
    .map((line): string => JSON.parse(line).memberId);
}

const before = { to: "2026-01-03T00:00:00Z" };

test("the log is sent as a file of lines, each row once, in the order of time", async () => {
  const text = await sent("ndjson", before, "all");
  const shown = membersIn(text);
  expect([shown.length, new Set(shown).size]).toEqual([many + 1, many + 1]);
  expect(JSON.parse(text.trimEnd().split("\n").at(-1) ?? "")).toEqual(last);
  expect(await rowsOf("all", service)).toHaveLength(many + 1);
});

test("as a table no cell is a formula", async () => {
  const table = await sent("csv", { from: "2026-01-01T23:00:00-01:00", ...before }, "table");
  expect(table).toBe(`${header}\r\n${denied}\r\n`);
  const about = await sent("csv", { memberId: "M-7", ...before }, "about");
  expect(about).toBe(
    `${header}\r\n2026-01-01T00:00:00.000000Z,r0,'=1+1,client,M-7,member,${hash},HPAYMT,7,ALLOWED\r\n`,
  );
});

test("a reading of the whole log ends, although it writes rows itself, and the next one tells of it", async () => {
  await sent("ndjson", { memberId: "NOBODY" }, "first");
  const lines = await sent("ndjson", { memberId: "NOBODY" }, "second");
  expect(JSON.parse(lines)).toMatchObject({
    ...{ requestId: "first", subject: "tester", operation: "/access-log", decisions: 0, outcome: "ALLOWED" },
  });
});

test("a filter that means nothing is told by its place", async () => {
  const wrong = [
    [{ memberId: "A B" }, "filter.memberId must be 1 to 64 visible ASCII characters"],
    [{ from: "today" }, "filter.from must be an RFC 3339 instant"],
    [{ from: before.to, ...before }, "filter.to must be later than from"],
    [{ since: 1 }, "filter must be an object with members of no other name than memberId, from, to"],
  ] as const;
  for (const [filter, message] of wrong) {
    const { httpCode, text } = await served.post({ path: "/access-log", body: { format: "csv", filter } });
    expect([httpCode, text]).toEqual([400, expect.stringContaining(message)]);
  }
});

function run(...args: string[]): Promise<CommandRun> {
  return runCommand(["access-log", ...args], { dataFolder: folder, databaseUrl: service.url });
}

test("the command writes the same, to standard output or a file", async () => {
  const [output, filter] = ["log.csv", "filter.json"].map((name) => join(folder, name));
  await writeFile(filter, JSON.stringify({ memberId: "M-7" }));
  const [lines, table] = await Promise.all([
    run("--format", "ndjson", "--to", "2026-01-03"),
    run("--format", "csv", "--output", output, "--filter", filter, "--to", "2026-01-03T00:00:00Z"),
  ]);
  expect(membersIn(lines.written)).toEqual(membersIn(await sent("ndjson", before, "compared")));
  expect([lines.exitStatus, lines.logged]).toEqual([0, "2,501 rows\n"]);
  expect(table).toEqual({ exitStatus: 0, written: "", logged: "1 rows\n" });
  expect(await readFile(output, "utf8")).toBe(await sent("csv", { memberId: "M-7", ...before }, "again"));
  expect((await stat(output)).mode & 0o777).toBe(0o600);
}, 30_000);

test("a call that means nothing is told what is wrong, never what was given", async () => {
  const filter = join(folder, "wrong.json");
  await writeFile(filter, JSON.stringify({ memberId: "SECRET M", from: "SECRET" }));
  const [format, both, time] = await Promise.all([
    run("--format", "xlsx"),
    run("--format", "csv", "--filter", filter),
    run("--format", "csv", "--from", "SECRET"),
  ]);
  expect(format.logged).toMatch(/^--format must be one of ndjson, csv\n\nUsage: esi access-log/);
  expect(both.logged).toMatch(
    /^memberId in the filter must be 1 to 64 .*\nfrom in the filter must be an RFC/,
  );
  expect(time.logged).toMatch(/^--from must be a date YYYY-MM-DD, or an RFC 3339/);
  for (const { exitStatus, written, logged } of [format, both, time]) {
    expect([exitStatus, written]).toEqual([1, ""]);
    expect(logged).not.toContain("SECRET");
  }
}, 30_000);
