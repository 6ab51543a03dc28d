import { generateKeyPairSync } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeyFile } from "../../src/access/keyFile";
import { readProductionKey } from "../../src/access/productionKeyFile";
import { readLogKeyFiles } from "../../src/sealer/productionLogKeys";
import { newKey, writeKey } from "../processes/productionSetting";

let folder: string;
const inFolder = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "esi-keys-"));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([0o600, 0o400])("a key that its owner alone can read is taken (%o)", async (mode) => {
  const { key } = await readProductionKey(await writeKey(inFolder("key.pem"), newKey(), mode));
  expect(key?.asymmetricKeyType).toBe("ed25519");
});

test.each([0o640, 0o604, 0o620, 0o602, 0o610])("a key that others can use is refused (%o)", async (mode) => {
  const path = await writeKey(inFolder("key.pem"));
  await chmod(path, mode);
  expect(await readProductionKey(path)).toEqual({ fault: expect.stringContaining("chmod 600") });
});

test("what is missing, empty, no key or a key of another kind is refused", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const rsa = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const half = publicKey.export({ type: "spki", format: "pem" }).toString();
  for (const text of ["", "canary", rsa, half]) {
    const { fault } = await readProductionKey(await writeKey(inFolder("key.pem"), text));
    expect(fault).toMatch(/^the file holds no Ed25519 private key in PEM/);
  }
  expect(await readProductionKey(inFolder("none.pem"))).toEqual({
    fault: "the file cannot be read (ENOENT)",
  });
  expect(await readProductionKey(folder)).toEqual({ fault: "the file cannot be read (EISDIR)" });
});

test("a key that local mode made is known by its mark, wherever it was copied to, and refused", async () => {
  await openKeyFile(inFolder("log-key.pem"), "");
  const text = await readFile(inFolder("log-key.pem"), "utf8");
  const copied = await writeKey(inFolder("copied.pem"), text);
  expect(await readProductionKey(copied)).toEqual({ fault: expect.stringContaining("local mode") });
});

test("a key without a mark in a data folder of local mode is refused, by way of a link too", async () => {
  const data = inFolder("data");
  await mkdir(join(data, "pg18"), { recursive: true });
  const older = await writeKey(join(data, "log-key.pem"));
  await symlink(older, inFolder("link.pem"));
  for (const path of [older, inFolder("link.pem")])
    expect(await readProductionKey(path)).toEqual({ fault: expect.stringContaining("local mode") });
  await rm(join(data, "pg18"), { recursive: true });
  expect((await readProductionKey(older)).fault).toBeUndefined();
  await writeFile(join(data, "token-key.pem"), "");
  expect((await readProductionKey(older)).fault).toContain("local mode");
});

test("the log's keys are taken together: two sign checkpoints while one takes the other's place", async () => {
  const [log, next, receipt] = await Promise.all(
    ["log", "next", "receipt"].map((name) => writeKey(inFolder(name))),
  );
  const files = {
    logKey: { name: "LOG", path: log },
    nextLogKey: { name: "NEXT", path: next },
    receiptKey: { name: "RECEIPT", path: receipt },
  };
  const { keys } = await readLogKeyFiles(files, "log.example.com");
  expect(keys?.checkpointSigners.map(({ key }) => key.name)).toEqual(["log.example.com", "log.example.com"]);
  expect(keys?.receiptSigner.key.name).toBe("log.example.com/receipts");
});

test("one key for two purposes is refused, beside every other fault", async () => {
  const path = await writeKey(inFolder("one.pem"));
  const files = {
    logKey: { name: "LOG", path },
    nextLogKey: { name: "NEXT", path: inFolder("none.pem") },
    receiptKey: { name: "RECEIPT", path },
  };
  expect(await readLogKeyFiles(files, "log.example.com")).toEqual({
    faults: ["LOG: another variable has this key", "NEXT: the file cannot be read (ENOENT)"],
  });
});
