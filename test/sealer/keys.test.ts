import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { verifierOf } from "../../src/ledger/ed25519";
import { planInclusion } from "../../src/ledger/merkle";
import { proofText } from "../../src/ledger/proof";
import { hashesOf, tilesOf } from "../../src/ledger/tiles";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import { notesIn } from "../../src/sealer/checkpointFolder";
import { LogKeys, openLogKeys } from "../../src/sealer/logKeys";
import { startSealer } from "../../src/sealer/sealer";
import { endLogKey, readLogKeys } from "../../src/store/logKeys";
import { readTiles } from "../../src/store/tiles";
import { claimRequest, claimSession } from "../cases/claims";
import { origin } from "../ledger/logKeys";
import { runVerifier } from "../ledger/verifierFile";
import {
  connected,
  expectSoundCheckpoints,
  expectSoundLog,
  SealedService,
  sealedService,
  until,
  untilSealed,
} from "./sealedLog";

let service: SealedService;
let folder: string;

beforeEach(async () => {
  service = await sealedService();
  folder = await mkdtemp(join(tmpdir(), "esi-keys-"));
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function decide(): Promise<void> {
  await decideAndStore([claimRequest(claimSession("A", "2025-03-10"))], service);
}

function newPem(): string {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function keyTexts({ checkpointSigners }: LogKeys): string[] {
  return checkpointSigners.map(({ key }) => verifierKeyText(key));
}

function allTexts(keys: LogKeys): string[] {
  return [...keyTexts(keys), verifierKeyText(keys.receiptSigner.key)];
}

/** A sealer at work until everything is sealed and published. */
async function sealWith(keys: LogKeys): Promise<void> {
  const sealer = await startSealer({ ...service.setting, keys });
  await untilSealed(service.database);
  await sealer.stop();
}

test("keys are made once, for their owner alone, and of several that race all take the same", async () => {
  const taken = await Promise.all([1, 2, 3, 4, 5, 6].map(() => openLogKeys(folder, origin)));
  expect(new Set(taken.map((keys) => allTexts(keys).join())).size).toBe(1);
  expect(await readdir(folder)).toEqual(["log-key.pem", "receipt-key.pem"]);
  for (const name of await readdir(folder)) {
    expect(((await stat(join(folder, name))).mode & 0o777).toString(8)).toBe("600");
  }
  expect(allTexts(await openLogKeys(folder, origin))).toEqual(allTexts(taken[0]));
  const [logKey, receiptKey] = allTexts(taken[0]);
  expect(logKey.split("+")[2]).not.toBe(receiptKey.split("+")[2]);
});

test("published checkpoints can be read by others, and are never replaced", async () => {
  await decide();
  await sealWith(await openLogKeys(folder, origin));
  const file = join(service.folder, "1.checkpoint");
  expect(((await stat(file)).mode & 0o044).toString(8)).toBe("44");
  const note = await readFile(file, "utf8");
  await service.database.query(
    "alter table audit_checkpoint disable trigger append_only; delete from audit_checkpoint",
  );
  await sealWith(await openLogKeys(folder, origin));
  expect(await readFile(file, "utf8")).toBe(note);
});

test("a key that is to take another's place signs beside it; each signature verifies by itself", async () => {
  await openLogKeys(folder, origin);
  await writeFile(join(folder, "log-key-next.pem"), newPem());
  const both = await openLogKeys(folder, origin);
  expect(both.checkpointSigners).toHaveLength(2);
  await decide();
  await sealWith(both);
  const [{ note }] = await notesIn(service.folder);
  expect(note.match(/^\u2014 /gm)).toHaveLength(2);
  const tree = await expectSoundLog(service.database);
  for (const { key } of both.checkpointSigners) {
    expect(await expectSoundCheckpoints(service, tree, [verifierOf(key)])).toEqual([1]);
    expect(await verifiedByFile(note, verifierKeyText(key))).toContain("VERIFIED");
  }
  // The old one goes.
  await rename(join(folder, "log-key-next.pem"), join(folder, "log-key.pem"));
  const after = await openLogKeys(folder, origin);
  expect(keyTexts(after)).toEqual([keyTexts(both)[1]]);
  await decide();
  await sealWith(after);
  expect((await notesIn(service.folder)).map(({ treeSize }) => treeSize)).toEqual([1n, 2n]);
  expect(service.lines).toEqual([]);
  expect((await readLogKeys(service.database)).map(({ verifierKey }) => verifierKey).sort()).toEqual(
    [...allTexts(both)].sort(),
  );
});

/** By the program that is handed out, with one key and nothing else of ours. */
async function verifiedByFile(note: string, verifierKey: string): Promise<string> {
  const plan = planInclusion(0n, 1n);
  const path = hashesOf(plan, await readTiles(service.database, tilesOf(plan)));
  const [{ leaf }] = await service.database.query<{ leaf: Buffer }[]>("select leaf from decision");
  await writeFile(join(folder, "p.tlog-proof"), proofText({ index: 0n, path, note }));
  await writeFile(join(folder, "leaf.json"), leaf);
  const args = ["--proof", "p.tlog-proof", "--leaf", "leaf.json", "--key", verifierKey];
  return runVerifier(args, folder).written;
}

test("a key that signs no more is refused at the start", async () => {
  const keys = await openLogKeys(folder, origin);
  await sealWith(keys);
  const [ended] = keyTexts(keys);
  expect(await endLogKey(service.database, ended)).toBe(true);
  await expect(startSealer({ ...service.setting, keys })).rejects.toThrow(`the key ${ended} signs no more`);
});

test("a key that is ended while a process has it signs nothing from then on, and that is told", async () => {
  const keys = await openLogKeys(folder, origin);
  const sealer = await startSealer({ ...service.setting, keys });
  await endLogKey(service.database, keyTexts(keys)[0]);
  await decide();
  expect(sealer.isAlive()).toBe(true);
  await until(() => service.lines.length > 0);
  expect(sealer.isAlive()).toBe(false);
  await sealer.stop();
  expect(service.lines).toMatchObject([{ level: 50, code: "KEYS_ENDED" }]);
  expect(await notesIn(service.folder)).toEqual([]);
});

test("a log of another origin is refused at the start, and nothing of the refused keys is kept", async () => {
  const keys = await openLogKeys(folder, origin);
  await sealWith(keys);
  const others = await openLogKeys(await mkdtemp(join(folder, "other-")), "other.example/esi");
  await expect(startSealer({ ...service.setting, keys: others })).rejects.toThrow(
    `the database holds the log ${origin}, and this program would sign for other.example/esi`,
  );
  expect((await readLogKeys(service.database)).map(({ verifierKey }) => verifierKey).sort()).toEqual(
    allTexts(keys).sort(),
  );
});

test("of two logs that would begin in one database at the same time, the second is refused", async () => {
  const first = await connected(service.url);
  await first.query("begin; select pg_advisory_xact_lock(7114, 3)");
  await first.query(
    "insert into audit_key (verifier_key, use) values ('other.example/esi+0+0', 'checkpoint')",
  );
  const second = startSealer({ ...service.setting, keys: await openLogKeys(folder, origin) });
  const outcome = expect(second).rejects.toThrow("the database holds the log other.example/esi");
  await delay(100);
  await first.query("commit");
  await first.end();
  await outcome;
  expect(await readLogKeys(service.database)).toHaveLength(1);
});

test("processes with other keys and folders share one log, and each folder gets all of it", async () => {
  const otherFolder = join(folder, "checkpoints");
  const [one, other] = await Promise.all(
    ["one", "other"].map((name) => openLogKeys(join(folder, name), origin)),
  );
  const otherSetting = { ...service.setting, keys: other, checkpointFolder: otherFolder };
  await decide();
  await sealWith(one);
  const sealer = await startSealer(otherSetting);
  await decide();
  await untilSealed(service.database);
  await sealer.stop();
  await decide();
  await sealWith(one);
  await (await startSealer(otherSetting)).stop();
  const tree = await expectSoundLog(service.database);
  const verifiers = [one, other].flatMap(({ checkpointSigners }) =>
    checkpointSigners.map(({ key }) => verifierOf(key)),
  );
  expect(await expectSoundCheckpoints(service, tree, verifiers)).toEqual([1, 2, 3]);
  expect(await expectSoundCheckpoints({ ...service, folder: otherFolder }, tree, verifiers)).toEqual([
    1, 2, 3,
  ]);
  expect(service.lines).toEqual([]);
});
