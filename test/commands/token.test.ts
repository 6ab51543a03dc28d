import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalIssuer } from "../../src/access/localIssuer";
import { verifyToken } from "../../src/access/verifyToken";
import { runCommand } from "./commandProcess";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "token-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a token is issued with the key that the service of the folder made", async () => {
  const issuer = await openLocalIssuer(folder, () => new Date());
  const run = await runCommand(["token", "audit:read", "--client", "portal"], { dataFolder: folder });
  expect([run.exitStatus, run.logged]).toEqual([0, ""]);
  expect(await verifyToken(run.written.trim(), issuer.tokenRules)).toEqual({
    clientId: "portal",
    subject: "local",
    scopes: new Set(["audit:read"]),
  });
});

test("where no service made a key none is made, and the folder is named", async () => {
  for (const dataFolder of [folder, join(folder, "mistyped")]) {
    const run = await runCommand(["token", "audit:read"], { dataFolder });
    expect([run.exitStatus, run.written]).toEqual([1, ""]);
    expect(run.logged).toBe(
      `ESI_DATA_DIR: ${dataFolder} holds no token key: npm start makes it, in the folder that it serves from\n`,
    );
  }
  expect(await readdir(folder)).toEqual([]);
});
