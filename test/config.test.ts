import { Client } from "pg";
import { parseConfig } from "../src/config";
import { Environment } from "../src/config/readSettings";
import { settings } from "../src/config/settings";

const faultsOf = (environment: Environment): readonly string[] =>
  parseConfig(environment, "/project").faults ?? [];

const production = {
  DATABASE_URL: "postgres://app:secret@db.example.com/esi?sslmode=verify-full",
  ESI_CHECKPOINT_DIR: "/mnt/checkpoints",
  ESI_TOKEN_ISSUER: "https://issuer.example.com/",
  ESI_TOKEN_AUDIENCE: "https://esi.example.com",
  ESI_TOKEN_KEYS_URL: "https://issuer.example.com/keys?kind=jwks",
  ESI_LOG_ORIGIN: "log.example.com/esi",
  ESI_LOG_KEY_FILE: "keys/log.pem",
  ESI_RECEIPT_KEY_FILE: "/run/receipt.pem",
};

test("local mode needs nothing else", () => {
  expect(parseConfig({ ESI_MODE: "local" }, "/project").config).toEqual({
    mode: "local",
    host: "127.0.0.1",
    port: 4000,
    checkpointFolder: "/project/data/checkpoints",
    localFolder: "/project/data",
    drainWaitMilliseconds: 0,
    poolSize: 10,
    itemsPerSecond: 0,
    logLevel: "info",
  });
});

test("every setting is read, and names of other programs are left alone", () => {
  const environment = {
    ESI_MODE: "local",
    PORT: "0",
    ESI_DATA_DIR: "/var/lib/esi",
    ESI_CHECKPOINT_DIR: "/mnt/checkpoints",
    DATABASE_URL: "postgres://postgres@/db?host=/tmp/socket",
    ESI_DRAIN_WAIT_MS: "1",
    ESI_POOL_SIZE: "2",
    ESI_ITEMS_PER_SECOND: "3",
    ESI_LOG_LEVEL: "debug",
    HOME: "/root",
  };
  expect(parseConfig(environment, "/project").config).toEqual({
    mode: "local",
    host: "127.0.0.1",
    port: 0,
    checkpointFolder: "/mnt/checkpoints",
    localFolder: "/var/lib/esi",
    databaseUrl: "postgres://postgres@/db?host=/tmp/socket",
    drainWaitMilliseconds: 1,
    poolSize: 2,
    itemsPerSecond: 3,
    logLevel: "debug",
  });
});

test("production is the mode where none is set, and takes what it is told", () => {
  expect(parseConfig(production, "/project").config).toEqual({
    mode: "production",
    host: "0.0.0.0",
    port: 4000,
    databaseUrl: production.DATABASE_URL,
    checkpointFolder: "/mnt/checkpoints",
    tokenIssuer: "https://issuer.example.com/",
    tokenAudience: "https://esi.example.com",
    tokenKeysUrl: "https://issuer.example.com/keys?kind=jwks",
    logOrigin: "log.example.com/esi",
    logKeyFile: "/project/keys/log.pem",
    receiptKeyFile: "/run/receipt.pem",
    drainWaitMilliseconds: 5_000,
    poolSize: 10,
    itemsPerSecond: 5_000,
    logLevel: "info",
  });
  const more = { ESI_HOST: "::1", ESI_LOG_NEXT_KEY_FILE: "next.pem", PORT: "80" };
  expect(parseConfig({ ...production, ...more }, "/project").config).toMatchObject({
    ...{ host: "::1", nextLogKeyFile: "/project/next.pem", port: 80 },
  });
});

test("a relative folder starts from the project, wherever the program was started", () => {
  expect(parseConfig({ ESI_MODE: "local", ESI_DATA_DIR: "../kept" }, "/a/project").config).toMatchObject({
    localFolder: "/a/kept",
    checkpointFolder: "/a/kept/checkpoints",
  });
});

test("a setting that is empty counts as absent", () => {
  const empty = Object.fromEntries(Object.values(settings).map(({ name }) => [name, ""]));
  const local = { ...empty, ESI_MODE: "local" };
  expect(parseConfig(local, "/project")).toEqual(parseConfig({ ESI_MODE: "local" }, "/project"));
  expect(parseConfig(empty, "/project")).toEqual(parseConfig({}, "/project"));
});

test("an unconfigured program says all that production lacks, and how local mode is had", () => {
  expect(faultsOf({}).map((fault) => fault.split(";")[0])).toEqual([
    "ESI_MODE: not set, which means production",
    ...[
      "DATABASE_URL: missing",
      "ESI_CHECKPOINT_DIR: missing",
      "ESI_TOKEN_ISSUER: missing",
      "ESI_TOKEN_AUDIENCE: missing",
      "ESI_TOKEN_KEYS_URL: missing",
      "ESI_LOG_ORIGIN: missing",
      "ESI_LOG_KEY_FILE: missing",
      "ESI_RECEIPT_KEY_FILE: missing",
    ],
  ]);
});

test.each(Object.keys(production))("production does not start without %s, and lacks nothing else", (name) => {
  const names = faultsOf({ ...production, [name]: undefined }).map((fault) => fault.split(":")[0]);
  expect(names).toEqual(["ESI_MODE", name]);
});

test("what has a meaning in one mode only is a fault in the other: it would be believed to hold", () => {
  const local = { ...production, ESI_MODE: "local", ESI_HOST: "0.0.0.0", ESI_LOG_NEXT_KEY_FILE: "next.pem" };
  expect(faultsOf(local)).toEqual(
    [
      ...["ESI_HOST", "ESI_TOKEN_ISSUER", "ESI_TOKEN_AUDIENCE", "ESI_TOKEN_KEYS_URL", "ESI_LOG_ORIGIN"],
      ...["ESI_LOG_KEY_FILE", "ESI_LOG_NEXT_KEY_FILE", "ESI_RECEIPT_KEY_FILE"],
    ].map((name) => `${name}: has no meaning in local mode`),
  );
  expect(faultsOf({ ...production, ESI_DATA_DIR: "data" })).toEqual([
    "ESI_DATA_DIR: has no meaning in production mode",
  ]);
});

test.each(["65535", "1", "0", "04000"])("port %s is taken", (PORT) => {
  expect(parseConfig({ ESI_MODE: "local", PORT }, "/project").config?.port).toBe(Number(PORT));
});

const wrong: readonly (readonly [string, string])[] = [
  ...["65536", "-1", "4000 ", "0x10", "4e3", "http", "１"].map((text) => ["PORT", text] as const),
  ["ESI_HOST", "0.0.0.0/0"],
  ["ESI_HOST", "a b"],
  ["DATABASE_URL", "mysql://root@127.0.0.1/esi"],
  ["DATABASE_URL", "postgres://a b@127.0.0.1/esi"],
  ["ESI_CHECKPOINT_DIR", "a\0b"],
  ["ESI_TOKEN_ISSUER", "http://issuer.example.com"],
  ["ESI_TOKEN_ISSUER", "issuer.example.com"],
  ["ESI_TOKEN_ISSUER", "https://user@issuer.example.com"],
  ["ESI_TOKEN_ISSUER", "https://issuer.example.com#there"],
  ["ESI_TOKEN_ISSUER", "https://local.invalid/issuer"],
  ["ESI_TOKEN_AUDIENCE", "two words"],
  ["ESI_TOKEN_AUDIENCE", "x".repeat(256)],
  ["ESI_TOKEN_KEYS_URL", "http://issuer.example.com/keys"],
  ["ESI_TOKEN_KEYS_URL", "http://127.0.0.1.example.com/keys"],
  ["ESI_TOKEN_KEYS_URL", "http://127.0.0.1@example.com/keys"],
  ["ESI_TOKEN_KEYS_URL", "http://localhost/keys"],
  ["ESI_TOKEN_KEYS_URL", "file:///etc/keys"],
  ["ESI_LOG_ORIGIN", "local.invalid/esi"],
  ["ESI_LOG_ORIGIN", "a.local.invalid"],
  ["ESI_LOG_ORIGIN", "https://log.example.com"],
  ["ESI_LOG_ORIGIN", "log.example.com/a+b"],
  ["ESI_LOG_ORIGIN", "esi"],
  ["ESI_DRAIN_WAIT_MS", "600001"],
  ["ESI_DRAIN_WAIT_MS", "5s"],
  ["ESI_POOL_SIZE", "1"],
  ["ESI_POOL_SIZE", "101"],
  ["ESI_ITEMS_PER_SECOND", "1000001"],
  ["ESI_LOG_LEVEL", "trace"],
  ["ESI_LOG_LEVEL", "INFO"],
];

test.each(wrong)("%s=%j is refused, and not repeated", (name, text) => {
  const [fault, ...others] = faultsOf({ ...production, [name]: text });
  expect(fault).toMatch(new RegExp(`^${name}: expected `));
  expect(others).toEqual([]);
});

const guarded = [
  "postgres://u:p@db.example.com/esi?sslmode=verify-full",
  "postgresql://u:p@db.example.com:5433/esi?sslmode=verify-full&sslrootcert=/etc/ca.pem",
  "postgres://u:p@127.0.0.1/esi",
  "postgres://u:p@[::1]:5432/esi",
  "postgres://u:p@localhost/esi?application_name=x",
  "postgres://u@/esi?host=/run/postgresql",
  "postgres://u@%2Frun%2Fpostgresql/esi",
  "postgres://u:p@db.example.com/esi?host=127.0.0.1",
];

test.each(guarded)("production takes %s", (DATABASE_URL) => {
  expect(faultsOf({ ...production, DATABASE_URL })).toEqual([]);
});

test("the driver does with these addresses what the configuration takes them for", () => {
  for (const connectionString of guarded.filter((address) => !address.includes("sslrootcert"))) {
    const { host, ssl } = new Client({ connectionString });
    const isHere = /^(?:127\.0\.0\.1|::1|localhost|\/.*)$/.test(host);
    expect([connectionString, isHere || ssl]).toEqual([connectionString, isHere || {}]);
  }
});

const unguarded = [
  ...["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-ca", "?ssl=true"],
  ...["?sslmode=no-verify", "?sslmode=VERIFY-FULL", "?sslmode=", "?uselibpqcompat=true&sslmode=require"],
  ...["?sslmode=verify-full&sslmode=disable", "?host=127.0.0.1&host=db.example.com"],
].map((parameters) => `postgres://u:p@db.example.com/esi${parameters}`);
const elsewhere = [
  "postgres://u:p@127.0.0.1/esi?host=db.example.com",
  "postgres://u:p@127.0.0.1/esi?sslmode=require",
  "postgres:///esi",
  "postgres://u@/esi",
  "postgres://u:p@127.0.0.1.example.com/esi",
  "postgres://127.0.0.1@db.example.com/esi",
];

test.each([...unguarded, ...elsewhere])("production does not take %s, local mode does", (DATABASE_URL) => {
  expect(faultsOf({ ...production, DATABASE_URL })).toEqual([
    expect.stringMatching(/^DATABASE_URL: expected .*sslmode=verify-full/),
  ]);
  expect(faultsOf({ ESI_MODE: "local", DATABASE_URL })).toEqual([]);
});

test("all faults are reported at once, and none repeats a value", () => {
  const canary = "hunter2";
  const names = Object.values(settings).map(({ name }) => name);
  const wrongTexts = Object.fromEntries(names.map((name) => [name, `${canary}\0 `]));
  const faults = faultsOf({ ...wrongTexts, ESI_DATABASE_URL: canary, ESI_MODES: canary });
  expect(faults.map((fault) => fault.split(":")[0])).toEqual([...names, "ESI_DATABASE_URL", "ESI_MODES"]);
  expect(faults.join("\n")).not.toContain(canary);
});
