import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { escapeIdentifier } from "pg";
import { pino } from "pino";
import { startSealer } from "../../src/sealer/sealer";
import { withConnection } from "../../src/store/connection";
import { serviceOn } from "../cases/testService";
import { keysForTests, untilSealed } from "../sealer/sealedLog";
import { history } from "../graphql/claims";
import { GrantedRoles, newRoles } from "../store/grantedRoles";
import { CommandRun, numbersIn, runCommand, summaryIn } from "./commandProcess";
import { fillStore, members } from "./filledStore";

/* The commands, as the roles of a deployment call them, on what a service stored as its own role. */

let roles: GrantedRoles;
let folder: string;
let migrations: CommandRun[];

function runAs(role: string, ...args: string[]): Promise<CommandRun> {
  return runCommand(args, { dataFolder: folder, databaseUrl: roles.url(role) });
}
const migrateAs = (role: string): Promise<CommandRun> =>
  runAs(role, "migrate", "--app", roles.app, "--auditor", roles.auditor);

beforeAll(async () => {
  [roles, folder] = await Promise.all([newRoles(), mkdtemp(join(tmpdir(), "esi-roles-"))]);
  migrations = await Promise.all(Array.from({ length: 4 }, () => migrateAs(roles.owner)));
  await roles.execute(`alter role ${escapeIdentifier(roles.auditor)} set search_path = auditing`);
  const service = await serviceOn(roles.url(roles.app));
  await fillStore(service);
  const { database } = service;
  const log = pino({ level: "silent" });
  const sealer = await startSealer({ database, keys: keysForTests, checkpointFolder: folder, log });
  await withConnection(roles.url(), untilSealed).finally(sealer.stop);
  await service.close();
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await roles.drop();
}, 30_000);

test("four owners who migrate and grant at once succeed, and are told what is left to do", () => {
  const statement = "alter role current_user set search_path = auditing";
  const remedy = `let "${roles.auditor}" run once, as it is not ours to do: ${statement}\n`;
  expect(migrations).toEqual(migrations.map(() => ({ exitStatus: 0, written: "", logged: remedy })));
});

test("migrating and granting again changes nothing", async () => {
  const granted = (): Promise<object[]> =>
    withConnection(roles.url(), (connection) =>
      connection.query(
        "select oid::regclass::text as name, relacl::text[] from pg_class where relkind in ('r', 'v')",
      ),
    );
  const before = await granted();
  expect(await migrateAs(roles.owner)).toEqual({ exitStatus: 0, written: "", logged: "" });
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(sorted(await granted())).toEqual(sorted(before));
}, 30_000);

test("an auditor verifies, asks, exports and replays by the views alone", async () => {
  const output = join(folder, "exported");
  const [verified, replayed, asked, exported] = await Promise.all([
    runAs(roles.auditor, "verify", "--checkpoints", folder),
    runAs(roles.auditor, "replay"),
    runAs(roles.auditor, "ask", "denials-now-payable"),
    runAs(roles.auditor, "export", "--format", "ndjson", "--output", output),
  ]);
  expect(verified.logged).toBe("");
  expect(summaryIn(verified)).toMatchObject({
    ok: true,
    treeSize: "16",
    decisions: 15,
    unsealed: 0,
    candidates: 4,
  });
  expect(numbersIn(replayed)).toMatchObject({ decisions: "15", identical: "15" });
  expect(asked.written).toContain(members[0]);
  expect(exported.logged).toContain("15 decisions");
  for (const { exitStatus } of [verified, replayed, asked, exported]) expect(exitStatus).toBe(0);
}, 60_000);

const ownersWork: [string, string[], number][] = [
  ["migrate", ["migrate"], 1],
  ["rebuild-work-list", ["rebuild-work-list"], 1],
  ["log-keys retire", ["log-keys", "retire", "some key"], 1],
  ["legal-hold place", ["legal-hold", "place", "--reference", "D-1", "--members", "members"], 1],
  ["verify --rebase", ["verify", "--rebase"], 2],
];

test("what is the owner's is refused to the service's role, and it is told whose it is", async () => {
  const file = join(folder, "members");
  await writeFile(file, `${members[0]}\n`);
  const called = ownersWork.map(([, args]) => args.map((arg) => (arg === "members" ? file : arg)));
  const runs = await Promise.all(called.map((args) => runAs(roles.app, ...args)));
  expect(runs).toEqual(
    ownersWork.map(([work, , exitStatus]) => ({
      exitStatus,
      written: "",
      logged: `${work} is for the owner of the tables alone: let DATABASE_URL connect as "${roles.owner}"\n`,
    })),
  );
}, 60_000);

test("a file is imported by the service's role, and by no role that only reads", async () => {
  const importAs = async (role: string, memberId: string): Promise<CommandRun> => {
    const file = join(folder, memberId);
    await writeFile(file, `${JSON.stringify(history({ memberId }))}\n`);
    return runAs(role, "import", file, "--client", "roles");
  };
  const [byApp, byAuditor] = await Promise.all([importAs(roles.app, "M-A"), importAs(roles.auditor, "M-B")]);
  expect([byApp.exitStatus, numbersIn(byApp)]).toEqual([0, expect.objectContaining({ imported: "1" })]);
  expect([byAuditor.exitStatus, byAuditor.logged]).toEqual([1, expect.stringContaining("(42501)\n")]);
}, 60_000);

test("erasing is refused to the service's role, and what it cannot see it is told in a sentence", async () => {
  const [erasing, holds] = await Promise.all([
    runAs(roles.app, "purge", "--basis", "R-12", "--yes"),
    runAs(roles.app, "legal-hold", "list"),
  ]);
  const unseen =
    "the role of DATABASE_URL may not see or do what this needs: connect as the owner of the tables, or run " +
    "the command migrate first (42501)";
  expect([erasing, holds].map(({ exitStatus, logged }) => [exitStatus, logged])).toEqual([
    [1, "decisions are erased by the owner of the tables alone: connect as that role\n"],
    [1, `${unseen}\n`],
  ]);
}, 60_000);
