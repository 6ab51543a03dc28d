import { randomUUID } from "node:crypto";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { signCheckpoint } from "../../src/ledger/checkpoint";
import { NoteSigner } from "../../src/ledger/signedNote";
import { notesIn } from "../../src/sealer/checkpointFolder";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import { Sealer, startSealer } from "../../src/sealer/sealer";
import { publishSigned, signNewestHead } from "../../src/sealer/signHead";
import { Database } from "../../src/store/dataSource";
import { endLogKey, storeLogKey } from "../../src/store/logKeys";
import { withTransaction } from "../../src/store/transaction";
import { claimRequest, claimSession } from "../cases/claims";
import { serviceOn, TestService } from "../cases/testService";
import { databaseUrl, dropDatabase, execute } from "../cluster/database";
import { keyFrom, logKey, origin, strangeKey } from "../ledger/logKeys";
import {
  connected,
  insertDecision,
  letPass,
  sealAll,
  SealedService,
  sealedService,
  sizeOf,
  until,
} from "./sealedLog";

/* What the sealer does where the database does not continue what was published. */

let service: SealedService;
let sealer: Sealer | undefined;

beforeEach(async () => {
  service = await sealedService();
  await store(service.url, 1, 3);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await sealer?.stop();
  sealer = undefined;
  await service.close();
});

async function store(url: string, from: number, to: number, member = "A"): Promise<void> {
  const client = await connected(url);
  await client.query("begin");
  for (let sequence = from; sequence <= to; sequence++) await insertDecision(client, member, sequence);
  await client.query("commit");
  await client.end();
}

function sign(database: Database = service.database) {
  return withTransaction(database, (queryable) => signNewestHead(queryable, service.setting));
}

async function sealAndPublish(): Promise<void> {
  await sealAll(service.database);
  expect(await sign()).toEqual({ kind: "signed" });
  expect(await publishSigned(service.database, service.setting)).toEqual({
    kind: "published",
    isComplete: true,
  });
}

async function publishedSizes(): Promise<bigint[]> {
  return (await notesIn(service.folder)).map(({ treeSize }) => treeSize);
}

async function signedSizes(database: Database): Promise<number[]> {
  const rows = await database.query<{ size: number }[]>(
    "select tree_size::int as size from audit_checkpoint order by tree_size",
  );
  return rows.map(({ size }) => size);
}

/** The same cluster, as it was: what a backup that is put back, or a standby that was behind, brings. */
async function copyOfDatabase(): Promise<TestService & { drop: () => Promise<void> }> {
  const { ESI_TEST_SERVER: server = "" } = process.env;
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await service.database.destroy();
  await execute(server, `create database ${name} template ${new URL(service.url).pathname.slice(1)}`);
  await service.database.initialize();
  const copy = await serviceOn(databaseUrl(server, name));
  return { ...copy, drop: async () => (await copy.close(), dropDatabase(server, name)) };
}

test("a database set back signs nothing, then or when it has grown again, and goes on deciding", async () => {
  await sealAndPublish();
  const older = await copyOfDatabase();
  try {
    await store(service.url, 4, 5);
    await sealAndPublish();
    expect(await sign(older.database)).toEqual({
      kind: "forked",
      reason: "the tree has become smaller than the published one of 5",
    });
    const [ruling] = await decideAndStore([claimRequest(claimSession("B", "2025-03-10"))], older);
    expect(ruling.kind).toBe("decided");
    await store(older.url, 4, 6);
    await sealAll(older.database);
    expect(await sizeOf(older.database)).toEqual({ entries: 7, leaves: 7 });
    expect(await sign(older.database)).toEqual({ kind: "forked", reason: "the tree of 5 has another root" });
    expect(await signedSizes(older.database)).toEqual([3]);
    expect(await publishedSizes()).toEqual([3n, 5n]);
  } finally {
    await older.drop();
  }
});

test("what was signed is not published beside a note of another root", async () => {
  await sealAll(service.database);
  expect(await sign()).toEqual({ kind: "signed" });
  await publishNote(2n, Buffer.alloc(32), logKey.signer);
  const reason = "the tree of 2 has another root";
  expect(await publishSigned(service.database, service.setting)).toEqual({ kind: "forked", reason });
  expect(await publishedSizes()).toEqual([2n]);
});

function publishNote(treeSize: bigint, rootHash: Buffer, signer: NoteSigner): Promise<void> {
  const note = signCheckpoint({ origin, treeSize, rootHash }, [signer]);
  return writeFile(join(service.folder, `${treeSize}.checkpoint`), note);
}

const strangeNotes: readonly (readonly [what: string, put: () => Promise<void>, reason: string])[] = [
  [
    "of another root",
    () => publishNote(2n, Buffer.alloc(32), logKey.signer),
    "the tree of 2 has another root",
  ],
  [
    "of a larger tree",
    () => publishNote(9n, Buffer.alloc(32), logKey.signer),
    "the tree has become smaller than the published one of 9",
  ],
  [
    "of a key that nobody knows",
    () => publishNote(2n, Buffer.alloc(32), strangeKey.signer),
    "the newest published checkpoint cannot be trusted: no signature is by a known key",
  ],
  [
    "of another size than its name says",
    async () => {
      await publishNote(2n, Buffer.alloc(32), logKey.signer);
      await cp(join(service.folder, "2.checkpoint"), join(service.folder, "3.checkpoint"));
    },
    "the newest published checkpoint cannot be trusted: it is of another size",
  ],
  [
    "that is none",
    () => writeFile(join(service.folder, "2.checkpoint"), "x"),
    "the newest published checkpoint cannot be trusted: the note has no empty line before its signatures",
  ],
];

test.each(strangeNotes)("beside a note %s nothing is signed", async (_, put, reason) => {
  await put();
  await sealAll(service.database);
  expect(await sign()).toEqual({ kind: "forked", reason });
  expect(await signedSizes(service.database)).toEqual([]);
});

test("a note of a key that has signed for the log and signs no more is believed", async () => {
  await sealAndPublish();
  await storeLogKey(service.database, verifierKeyText(logKey.signer.key), "checkpoint");
  await endLogKey(service.database, verifierKeyText(logKey.signer.key));
  await store(service.url, 4, 4);
  await sealAll(service.database);
  const keys = { ...service.setting.keys, checkpointSigners: [keyFrom(7).signer] };
  const signed = await withTransaction(service.database, (queryable) =>
    signNewestHead(queryable, { ...service.setting, keys }),
  );
  expect(signed).toEqual({ kind: "signed" });
});

test("a signed note that was changed in the database is not published", async () => {
  await sealAll(service.database);
  await sign();
  await service.database.query(`
    alter table audit_checkpoint disable trigger append_only;
    update audit_checkpoint set note = replace(note, E'\\n3\\n', E'\\n4\\n')`);
  expect(await publishSigned(service.database, service.setting)).toEqual({
    kind: "forked",
    reason: "what was signed of the tree of 3 has changed in the database",
  });
  expect(await publishedSizes()).toEqual([]);
});

test("the fork is told once a minute, and decisions are still sealed", async () => {
  await publishNote(9n, Buffer.alloc(32), logKey.signer);
  sealer = await startSealer(service.setting);
  await until(() => service.lines.length > 0);
  const [ruling] = await decideAndStore([claimRequest(claimSession("B", "2025-03-10"))], service);
  expect(ruling.kind).toBe("decided");
  await until(async () => (await sizeOf(service.database)).leaves === 4);
  await letAttemptsPass();
  const alarm = {
    level: 50,
    code: "FORK",
    reason: "the tree has become smaller than the published one of 9",
    msg: "the log in the database does not continue the published checkpoints: nothing more is signed",
  };
  expect(service.lines).toMatchObject([alarm]);
  letPass(61);
  await until(() => service.lines.length > 1);
  await letAttemptsPass();
  expect(service.lines).toMatchObject([alarm, alarm]);
  expect(await signedSizes(service.database)).toEqual([]);
}, 20_000);

/** The sealer would sign now, and a second later, and once more. */
async function letAttemptsPass(): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    letPass(2);
    await delay(300);
  }
}

test("a database that was restored into another cluster seals nothing, and tells it", async () => {
  await sealAndPublish();
  await service.database.query(`
    alter table audit_cluster disable trigger append_only;
    alter table audit_head disable trigger append_only;
    alter table audit_head drop constraint audit_head_cluster;
    update audit_cluster set cluster_id = cluster_id - 1;
    update audit_head set cluster_id = cluster_id - 1`);
  await store(service.url, 4, 4);
  sealer = await startSealer(service.setting);
  await until(() => service.lines.length > 0);
  await delay(300);
  expect(service.lines).toMatchObject([{ level: 50, code: "CLUSTER_CHANGED" }]);
  expect(await sizeOf(service.database)).toEqual({ entries: 4, leaves: 3 });
  expect(await publishedSizes()).toEqual([3n]);
});
