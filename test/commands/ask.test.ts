import { questions } from "../../src/questions/questions";
import { billed, claimSession, exceptionTerms, historicalSession } from "../cases/claims";
import { claimRequest, importRequest, reviewRequest } from "../cases/claims";
import { declarePolicyException } from "../../src/cases/declarePolicyException";
import { Request } from "../../src/adjudication/request";
import { freshService, TestService } from "../cases/testService";
import { CommandRun, runCommand } from "./commandProcess";
import { decided, fillStore, members, tamper } from "./filledStore";

let service: TestService;

beforeAll(async () => {
  service = await freshService();
  await fillStore(service);
  await fillForQuestions();
}, 30_000);
afterAll(() => service.close());

/** Members for what `fillStore` has no answer to; an exception of its own holds for all others in Texas. */
async function fillForQuestions(): Promise<void> {
  const decide = (request: Request) => decided(request, service);
  const load = (member: string, date: string, ...lines: ReturnType<typeof billed>[]) =>
    decide(importRequest({ ...historicalSession(member, date), lines }));
  for (const month of ["01", "02", "03", "04", "05"])
    await load("ASKED-1", `2025-${month}-10`, billed("62323"));
  await load("ASKED-2", "2025-05-12", billed("62321"), billed("64483", { lineNumber: 2 }));
  await load("ASKED-3", "2025-05-12", billed("64484", { units: 2 }));
  await decide(
    claimRequest(
      claimSession("ASKED-3", "2025-05-12", {
        claimNumber: "=3",
        placeOfService: "22",
        claimType: "FACILITY",
        lines: [billed("64484")],
      }),
    ),
  );
  await load("ASKED-4", "2025-05-12", billed("64483"), billed("64484", { lineNumber: 2, units: 2 }));
  await declarePolicyException(exceptionTerms({ key: "FL", citation: "@Notice" }), "lawyer", service);
  await decide(claimRequest(claimSession("ASKED-5", "2025-05-12", { stateOfService: "FL" })));
  const { id } = await decide(claimRequest(claimSession("ASKED-5", "2025-06-12")));
  await decide(reviewRequest("ASKED-5", id));
}

async function ask(...args: string[]): Promise<CommandRun> {
  const setting = { dataFolder: "/nowhere", databaseUrl: service.url };
  const ended = await runCommand(["ask", ...args], setting);
  for (const secret of members) expect(ended.logged).not.toContain(secret);
  return ended;
}

/** For each question the members that are told, and of how many rows. */
const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "five-in-twelve-months": { "ASKED-1": 1, [members[1]]: 1 },
  "two-regions": { "ASKED-2": 1 },
  "excess-levels": { "ASKED-4": 1 },
  "add-ons-without-primary": { "ASKED-3": 1 },
  "claims-that-disagree": { "ASKED-3": 1 },
  "exceptions-and-reviews": { "ASKED-3": 1, "ASKED-5": 3, [members[0]]: 1, [members[1]]: 1 },
  reading: { [members[0]]: 1 },
  "denials-now-payable": { [members[0]]: 1 },
  "out-of-order": { [members[0]]: 2 },
};

test("every question is answered over the whole store", async () => {
  const told: Record<string, Record<string, number>> = {};
  const ofReading = (name: string) => (name === "reading" ? ["--reading", "I-04"] : []);
  for (const { name, columns } of questions) {
    const { exitStatus, written, logged } = await ask(name, "--format", "ndjson", ...ofReading(name));
    const rows = written
      .split("\n")
      .slice(0, -1)
      .map((line): Record<string, string> => JSON.parse(line));
    for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    expect([exitStatus, logged]).toEqual([0, `${rows.length} rows, 7 members asked\n`]);
    told[name] = {};
    for (const { memberId } of rows) told[name][memberId] = (told[name][memberId] ?? 0) + 1;
  }
  expect(told).toEqual(expected);
}, 120_000);

test("an answer is a table that no spreadsheet calculates with, of the dates of service asked about", async () => {
  const [all, none] = await Promise.all([
    ask("exceptions-and-reviews", "--from", "2025-05-12", "--to", "2025-05-12"),
    ask("two-regions", "--to", "2025-05-11"),
  ]);
  const [head, ...rows] = all.written.split("\r\n").slice(0, -1);
  expect(head).toBe(questions.find(({ name }) => name === "exceptions-and-reviews")?.columns.join(","));
  expect(rows.map((row) => row.split(",")[0])).toEqual(["ASKED-3", "ASKED-5"]);
  expect(rows[1]).toContain(",EXCEPTION,lawyer,'@Notice,");
  expect(none.written).toMatch(/^memberId,[A-Za-z,]+\r\n$/);
  expect(none).toMatchObject({ exitStatus: 0, logged: "0 rows, 7 members asked\n" });
}, 30_000);

const mistakes: [args: string[], message: string][] = [
  [[], "ask: name one of the questions"],
  [["reading"], "ask reading: --reading is missing"],
  [["out-of-order", "--reading", "I-05", "--from", "today"], "ask out-of-order takes no --reading"],
];

test("a call that means nothing is told what can be asked", async () => {
  const runs = await Promise.all(mistakes.map(([args]) => ask(...args)));
  for (const [place, { exitStatus, written, logged }] of runs.entries()) {
    expect(logged.startsWith(`${mistakes[place][1]}\n\nUsage: esi ask <question>`)).toBe(true);
    for (const { name } of questions) expect(logged).toContain(`\n  ${name}\n`);
    expect([exitStatus, written]).toEqual([1, ""]);
  }
}, 30_000);

test("a stream that cannot be read ends the answer, which would pass for one about all", async () => {
  const [{ id }] = await service.database.query<{ id: string }[]>(
    "select id from decision where member_id = $1 and member_sequence = 3",
    [members[1]],
  );
  await tamper(service, "update decision set record = $2 where id = $1", [id, "{"]);
  const { exitStatus, logged } = await ask("two-regions");
  expect(logged).toBe(`decision ${id} has a record that cannot be read: see what esi verify says of it\n`);
  expect(exitStatus).toBe(1);
}, 30_000);
