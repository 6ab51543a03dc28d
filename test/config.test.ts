import { parseConfig, type Environment } from "../src/config";

const faultsOf = (environment: Environment): string[] => parseConfig(environment, "/project").faults ?? [];

test("local mode needs nothing else", () => {
  expect(parseConfig({ ESI_MODE: "local" }, "/project").config).toEqual({
    mode: "local",
    host: "127.0.0.1",
    port: 4000,
    checkpointFolder: "/project/data/checkpoints",
    localFolder: "/project/data",
  });
});

test("every setting is read, and names of other programs are left alone", () => {
  const environment = {
    ESI_MODE: "local",
    PORT: "0",
    ESI_DATA_DIR: "/var/lib/esi",
    ESI_CHECKPOINT_DIR: "/mnt/checkpoints",
    DATABASE_URL: "postgres://postgres@/db?host=/tmp/socket",
    HOME: "/root",
  };
  expect(parseConfig(environment, "/project").config).toEqual({
    mode: "local",
    host: "127.0.0.1",
    port: 0,
    checkpointFolder: "/mnt/checkpoints",
    localFolder: "/var/lib/esi",
    databaseUrl: "postgres://postgres@/db?host=/tmp/socket",
  });
});

test("a relative folder starts from the project, wherever the program was started", () => {
  expect(parseConfig({ ESI_MODE: "local", ESI_DATA_DIR: "../kept" }, "/a/project").config?.localFolder).toBe(
    "/a/kept",
  );
});

test("a setting that is empty counts as absent", () => {
  const environment = { ESI_MODE: "local", PORT: "", ESI_DATA_DIR: "", DATABASE_URL: "" };
  expect(parseConfig(environment, "/project")).toEqual(parseConfig({ ESI_MODE: "local" }, "/project"));
});

test("production, the mode where none is set, says what it lacks and does not start", () => {
  expect(faultsOf({})).toEqual([
    expect.stringContaining("ESI_MODE=local, which npm start sets, is the only mode so far"),
    expect.stringContaining("DATABASE_URL: missing"),
  ]);
  expect(faultsOf({ DATABASE_URL: "postgres://u:p@h/d" })).toEqual([
    expect.stringMatching(/^ESI_MODE: not set/),
  ]);
});

test.each(["65535", "1", "0", "04000"])("port %s is taken", (PORT) => {
  expect(parseConfig({ ESI_MODE: "local", PORT }, "/project").config?.port).toBe(Number(PORT));
});

test.each(["65536", "-1", "4000 ", "0x10", "4e3", "http", "１"])("port %j is refused", (PORT) => {
  expect(faultsOf({ ESI_MODE: "local", PORT })).toEqual(["PORT: expected a whole number from 0 to 65535"]);
});

test("all faults are reported at once, and none repeats a value", () => {
  const canary = "hunter2";
  const environment = {
    ESI_MODE: canary,
    PORT: canary,
    DATABASE_URL: `mysql://root:${canary}@db/esi`,
    ESI_DATABASE_URL: canary,
    ESI_MODES: canary,
  };
  const faults = faultsOf(environment);
  expect(faults.map((fault) => fault.split(":")[0])).toEqual([
    "ESI_MODE",
    "PORT",
    "DATABASE_URL",
    "ESI_DATABASE_URL",
    "ESI_MODES",
  ]);
  expect(faults.join("\n")).not.toContain(canary);
});
