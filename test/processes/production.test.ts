import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedPostgres, startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { runBare } from "../commands/commandProcess";
import { execute } from "../cluster/database";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { prepareProduction, ProductionSetting, untilReady, writeKey } from "./productionSetting";
import { ask, ServiceProcess, spawnBare, startProductionProcess } from "./serviceProcess";

/** Production as an operator runs it, on a PostgreSQL and with an issuer of the test's own. */
let folder: GuardedFolder;
let setting: ProductionSetting;
let server: EmbeddedPostgres;
let environment: Readonly<Record<string, string>>;
let running: ServiceProcess[];

beforeAll(async () => {
  folder = await guardedFolder();
  const keys = join(folder.path, "keys");
  await mkdir(keys);
  setting = await prepareProduction(keys);
  server = await startServer();
  await execute(server.url, "create role esi_app login");
  environment = { ...setting.environment, DATABASE_URL: urlOf("esi") };
  expect(await runBare(["migrate", "--app", "esi_app"], { DATABASE_URL: server.url })).toEqual(done);
}, 60_000);
beforeEach(() => {
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map(({ kill }) => kill("SIGKILL")));
});
afterAll(async () => {
  await setting.stop();
  await folder.remove();
});

const done = { exitStatus: 0, written: "", logged: "" };
/** The database as the role of the service sees it. */
const urlOf = (database: string) =>
  server.url.replace("postgres@", "esi_app@").replace("/esi?", `/${database}?`);
const startServer = () => startEmbeddedPostgres({ dataFolder: join(folder.path, "data") });

async function start(more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const service = await startProductionProcess({ ...environment, ...more });
  running.push(service);
  return service;
}

/** Of a start that fails. */
async function refusal(faulty: Readonly<Record<string, string>>): Promise<string> {
  const child = spawnBare("src/main.ts", [], faulty);
  let told = "";
  child.stderr?.on("data", (bytes: Buffer) => (told += bytes.toString("utf8")));
  child.stdout?.on("data", (bytes: Buffer) => (told += `written: ${bytes.toString("utf8")}`));
  await once(child, "close");
  expect(child.exitCode).toBe(1);
  return told;
}

const session = {
  memberId: "PRODUCTION-1",
  claimNumber: "C-1",
  claimType: "PROFESSIONAL",
  lineOfBusiness: "MEDICAID",
  dateOfService: "2025-03-10",
  stateOfService: "TX",
  placeOfService: "11",
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
  lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
};
const submit = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { disposition } userErrors { code } }
}`;

test("production decides for the tokens of its issuer, seals under its own name, and stops when it is told", async () => {
  const service = await start({ ESI_DRAIN_WAIT_MS: "400" });
  await untilReady(service.address);
  const token = setting.tokenFor("claims:submit audit:read");
  const input = { idempotencyKey: "production-1", session };
  expect(await ask(service.address, token, submit, { input })).toEqual({
    submitClaimSession: { decision: { disposition: "APPROVED" }, userErrors: [] },
  });
  const keys = await ask<{ auditKeys: { verifierKey: string }[] }>(
    ...([service.address, token, "{ auditKeys { verifierKey } }", {}] as const),
  );
  const names = keys.auditKeys.map(({ verifierKey }) => verifierKey.split("+")[0]);
  expect(names.sort()).toEqual(["log.example.com/esi", "log.example.com/esi/receipts"]);
  const ended = service.kill("SIGTERM");
  await untilReady(service.address, false);
  expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
  expect(await ended).toBe(0);
  expect(service.written()).toBe("");
  expect(service.logged()).not.toMatch(/eyJ|PRODUCTION-1|C-1/);
}, 60_000);

test("production shows neither explorer nor schema, and takes no token of local mode", async () => {
  const service = await start();
  await untilReady(service.address);
  for (const path of ["/", "/explorer", "/explorer/graphiql.js"])
    expect((await fetch(service.address + path)).status).toBe(404);
  const reading = ask(
    service.address,
    setting.tokenFor("audit:read"),
    "{ __schema { queryType { name } } }",
    {},
  );
  await expect(reading).rejects.toThrow();
  const minted = await runBare(["token", "audit:read"], environment);
  expect(minted).toEqual({
    ...{ exitStatus: 1, written: "" },
    logged: expect.stringContaining("ESI_MODE: not local; there is no such thing in production"),
  });
}, 60_000);

test("without its database production is alive and not ready, and ready within 3 s of it", async () => {
  await server.stop();
  const service = await start();
  await delay(2_500);
  const [health, ready] = await Promise.all(
    ["healthz", "readyz"].map((path) => fetch(`${service.address}/${path}`)),
  );
  expect([health.status, ready.status]).toEqual([200, 503]);
  const refused = await fetch(`${service.address}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${setting.tokenFor("audit:read")}`,
      "content-type": "application/json",
    },
    body: "{}",
  });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(service.logged().match(/not ready/g)?.length).toBeLessThanOrEqual(3);
  expect(service.logged()).toContain("there is no such socket");
  server = await startServer();
  expect(await untilReady(service.address)).toBeLessThan(3_000);
  expect(await service.kill("SIGTERM")).toBe(0);
}, 60_000);

test("production waits for a schema that others make, stops while it waits, and makes none itself", async () => {
  const DATABASE_URL = urlOf("unmigrated");
  const missing = await start({ DATABASE_URL });
  await delay(500);
  expect(missing.logged()).toContain("it has no database of this name (3D000)");
  expect(await missing.kill("SIGTERM")).toBe(0);
  const waiting = await start({ DATABASE_URL: urlOf("postgres") });
  await delay(500);
  expect(waiting.logged()).toContain("let its owner run esi migrate");
  expect((await fetch(`${waiting.address}/readyz`)).status).toBe(503);
  expect(await waiting.kill("SIGTERM")).toBe(0);
  const verified = await runBare(["verify"], { DATABASE_URL: urlOf("postgres") });
  expect(verified.logged).toContain("run the command migrate first");
}, 60_000);

test("a program without a configuration names all that it lacks, and nothing that it was given", async () => {
  const told = await refusal({
    DATABASE_URL: "postgres://app:hunter2@db.example.com/esi",
    ESI_LOG_KEY: "hunter2",
  });
  const names = [...told.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
  expect(names).toEqual([
    ...["ESI_MODE", "DATABASE_URL", "ESI_CHECKPOINT_DIR", "ESI_TOKEN_ISSUER", "ESI_TOKEN_AUDIENCE"],
    ...["ESI_TOKEN_KEYS_URL", "ESI_LOG_ORIGIN", "ESI_LOG_KEY_FILE", "ESI_RECEIPT_KEY_FILE", "ESI_LOG_KEY"],
  ]);
  expect(told).not.toContain("hunter2");
}, 60_000);

test("keys that are missing, open to others, of local mode or the same twice keep production from starting", async () => {
  const open = await writeKey(join(folder.path, "open.pem"), undefined, 0o640);
  const faulty = {
    ESI_LOG_KEY_FILE: open,
    ESI_LOG_NEXT_KEY_FILE: open,
    ESI_RECEIPT_KEY_FILE: "/nowhere.pem",
  };
  expect(await refusal({ ...environment, ...faulty })).toBe(`The configuration cannot be used:
  ESI_RECEIPT_KEY_FILE: the file cannot be read (ENOENT)
  ESI_LOG_KEY_FILE: others than its owner can read or change the file: chmod 600
  ESI_LOG_NEXT_KEY_FILE: others than its owner can read or change the file: chmod 600
`);
}, 60_000);

test("faults of key files are told together with those of the variables, each by its name", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const rsa = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const told = await refusal({
    ...{ ...environment, ESI_TOKEN_AUDIENCE: "", PORT: "http" },
    ESI_LOG_KEY_FILE: await writeKey(join(folder.path, "rsa.pem"), rsa),
    ESI_RECEIPT_KEY_FILE: "/nowhere.pem",
  });
  expect(told.split("\n").map((line) => line.trim().split(/[;:] /).slice(0, 2).join(": "))).toEqual([
    "The configuration cannot be used:",
    "ESI_MODE: not set, which means production",
    "PORT: expected a whole number from 0 to 65535",
    "ESI_TOKEN_AUDIENCE: missing",
    "ESI_RECEIPT_KEY_FILE: the file cannot be read (ENOENT)",
    "ESI_LOG_KEY_FILE: the file holds no Ed25519 private key in PEM",
    "",
  ]);
}, 60_000);

test("a schema of a newer program ends the start, which waiting would not help", async () => {
  await execute(server.url, "insert into schema_migration (timestamp, name) values (9, 'Newer9')");
  const told = await refusal({ ...environment, PORT: "0" });
  await execute(server.url, "delete from schema_migration where name = 'Newer9'");
  expect(told).toMatch(/\nthe schema of the database has Newer9 of a newer program: run that one\n$/);
}, 60_000);

test("as the owner of its tables production does not start, and tells what to do", async () => {
  const told = await refusal({ ...environment, PORT: "0", DATABASE_URL: server.url });
  expect(told).toContain('the role "postgres"');
  expect(told).toContain("esi migrate --app");
}, 60_000);

test("a log of another name in the database keeps production from starting, and the reason is told", async () => {
  const told = await refusal({ ...environment, PORT: "0", ESI_LOG_ORIGIN: "log.example.com/other" });
  expect(told).toMatch(/the database holds the log log.example.com\/esi, and this program would sign for/);
}, 60_000);
