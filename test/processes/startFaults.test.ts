import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, Server } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, freshDatabase } from "../cluster/database";
import { runBare } from "../commands/commandProcess";
import { spawnBare } from "./serviceProcess";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "esi-faults-"));
});
afterEach(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitStatus: number | null;
  readonly told: string;
}

async function start(environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawnBare("src/main.ts", [], { ESI_MODE: "local", PORT: "0", ...environment });
  let told = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (bytes: Buffer) => (told += bytes.toString("utf8")));
  await once(child, "close");
  return { exitStatus: child.exitCode, told };
}

const secret = "hunter2";
const unusable: readonly (readonly [string, string])[] = [
  [`postgres://app:${secret}@127.0.0.1:1/esi`, "nobody listens there (ECONNREFUSED)"],
  [`postgres://app:${secret}@/esi?host=/nowhere`, "there is no such socket"],
  [`postgres://app:${secret}@127.0.0.1:99999/esi`, "its address is none"],
  [`postgres://app:${secret}%zz@127.0.0.1:1/esi`, "its address is none"],
];

test.each(unusable)(
  "a database that cannot be reached is told by its variable: %s",
  async (url, reason) => {
    const environment = { ESI_DATA_DIR: folder, DATABASE_URL: url };
    const [served, verified] = await Promise.all([
      start(environment),
      runBare(["verify"], { ESI_MODE: "local", ...environment }),
    ]);
    for (const told of [served.told, verified.logged]) {
      expect(told).toContain(`the database cannot be used: ${reason}`);
      expect(told).toMatch(/DATABASE_URL says where it is\n$/);
      expect(told).not.toContain(secret);
    }
    expect([served.exitStatus, verified.exitStatus]).toEqual([1, 2]);
  },
  60_000,
);

test("local mode refuses a database that holds another log, and does nothing to it", async () => {
  const database = await freshDatabase();
  await execute(
    database.url,
    "insert into audit_key values ('log.example.com/esi+00000000+AA==', 'checkpoint')",
  );
  const { exitStatus, told } = await start({ ESI_DATA_DIR: folder, DATABASE_URL: database.url });
  expect([exitStatus, told]).toEqual([1, expect.stringContaining("holds the log log.example.com/esi")]);
  const untouched = "do $$ begin if exists (select from decision) then raise 'filled'; end if; end $$";
  await execute(database.url, untouched);
  await database.drop();
}, 60_000);

test("a data folder that cannot be one is told by its variable, to the service and to a command", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const [served, replayed] = await Promise.all([
    start({ ESI_DATA_DIR: join(file, "data") }),
    runBare(["replay"], { ESI_MODE: "local", ESI_DATA_DIR: file }),
  ]);
  expect(served).toEqual({ exitStatus: 1, told: "ESI_DATA_DIR: the folder cannot be used (ENOTDIR)\n" });
  expect(replayed.logged).toBe("ESI_DATA_DIR: the folder cannot be used (EEXIST)\n");
}, 60_000);

test("the second signal does not wait for what the first one began", async () => {
  const silent = await silentServer();
  const { port } = silent.address() as AddressInfo;
  const DATABASE_URL = `postgres://app@127.0.0.1:${port}/esi`;
  const child = spawnBare("src/main.ts", [], {
    ...{ ESI_MODE: "local", PORT: "0", ESI_DATA_DIR: folder, DATABASE_URL },
  });
  await once(silent, "connection");
  child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(child.exitCode).toBeNull();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([1, null]);
  silent.close();
}, 60_000);

/** Takes connections and says nothing; it reads, and so sees them end. */
async function silentServer(): Promise<Server> {
  const server = createServer((socket) => socket.on("error", () => undefined).resume()).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  return server;
}
