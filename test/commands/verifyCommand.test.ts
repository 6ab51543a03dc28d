import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedMembers } from "../../src/store/sealedStreams";
import { withConnection } from "../../src/store/connection";
import { AttackedStore, attackedStore, copyOf, drop, victim } from "./attackedStore";
import { asOtherClaim, attack, forge, rewrite } from "./attacks";
import { CommandRun, findingsIn, runCommand, summaryIn } from "./commandProcess";
import { claimNumberBeginning, members } from "./filledStore";
import { trustedKeys } from "./sealedStore";
import { verified } from "./verified";

let store: AttackedStore;
let copy: string;
let folder: string;
beforeAll(async () => {
  store = await attackedStore();
  folder = await mkdtemp(join(tmpdir(), "esi-verify-"));
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await store.remove();
});
beforeEach(async () => {
  copy = await copyOf(store.url);
});
afterEach(() => drop(copy));

/** No output may tell whose decisions these are. */
async function run(...args: string[]): Promise<CommandRun> {
  return runOn(copy, ...args);
}

async function runOn(databaseUrl: string, ...args: string[]): Promise<CommandRun> {
  const ended = await runCommand(["verify", ...args], { dataFolder: folder, databaseUrl });
  for (const secret of [...members, claimNumberBeginning, victim, "MEMBER-", "CROWD-"])
    expect(ended.written + ended.logged).not.toContain(secret);
  return ended;
}

async function fileOf(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test("all is verified against what was held, received and published, and told to be in order", async () => {
  const evidence = [
    ...["--checkpoints", store.checkpointFolder, "--workers", "2"],
    ...["--checkpoint", await fileOf("held", store.held[0])],
    ...["--receipts", await fileOf("receipts", store.receipts.join(""))],
  ];
  const [first, second] = await Promise.all([
    run(...evidence, "--key", `@${await fileOf("keys", `${trustedKeys.join("\n")}\n`)}`),
    run(...evidence),
  ]);
  expect(first.logged).toBe("");
  expect(summaryIn(first)).toEqual({
    ok: true,
    treeSize: "322",
    root: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    decisions: 318,
    unsealed: 0,
    oldestUnsealedSeconds: 0,
    checkpoints: 7,
    findings: 0,
    seconds: expect.any(Number),
    members: 103,
    candidates: 4,
    keys: trustedKeys,
    keysFrom: "arguments",
  });
  expect(summaryIn(second)).toMatchObject({ ok: true, keysFrom: "database" });
  expect([first, second].map(({ exitStatus }) => exitStatus)).toEqual([0, 0]);
}, 60_000);

test("what is wrong is told in the order of the log, and the command fails", async () => {
  await attack(copy, async (database) => {
    await database.query(
      `update decision set salt = decode(repeat('01', 16), 'hex') where member_id = '${victim}'`,
    );
    await database.query("update audit_tile set root = decode(repeat('01', 32), 'hex')");
  });
  const ended = await run("--checkpoints", store.checkpointFolder);
  const [one, two, three] = store.victims.map(({ id }) => id);
  const found = { kind: "BODY_MISMATCH", detail: "salt and record" };
  expect(findingsIn(ended)).toEqual([
    { kind: "TILE_MISMATCH", leafIndex: "0", id: null, detail: "tile 0/0: its root" },
    { ...found, leafIndex: "52", id: one },
    { ...found, leafIndex: "153", id: two },
    { ...found, leafIndex: "254", id: three },
  ]);
  expect(summaryIn(ended)).toMatchObject({ ok: false, findings: 4 });
  expect(ended.exitStatus).toBe(1);
}, 60_000);

test("what cannot be carried out is told apart from what is found", async () => {
  const unusable: [string[], string][] = [
    [["--from", "0"], "--from must be a tree size above 0"],
    [["--from", "300"], "--from: no checkpoint of 300 leaves by a trusted key is given or published"],
    [["--key", "nonsense"], "--key: a verifier key is"],
    [["--checkpoint", "/nowhere/note"], "--checkpoint: the file cannot be read (ENOENT)"],
    [["--checkpoints", "/nowhere"], "--checkpoints: there is no such folder"],
    [["--receipts", await fileOf("held", store.held[0])], "receipt 1 of held proves nothing"],
    [["--rebase", "--from", "305"], "--rebase needs all to be verified"],
    [["--rebase"], "the log knows this database cluster"],
    [["--workers", "0"], "--workers must be"],
  ];
  const runs = await Promise.all(unusable.map(([args]) => run(...args)));
  runs.forEach(({ exitStatus, written, logged }, place) => {
    expect([exitStatus, written]).toEqual([2, ""]);
    expect(logged.slice(0, unusable[place][1].length)).toBe(unusable[place][1]);
  });
}, 60_000);

/** What is found from a tree size on, in the log and in the streams that have changed since. */
async function foundFrom(size: bigint): Promise<string[]> {
  const { findings, streams } = await verified(copy, {
    checkpointFolder: store.checkpointFolder,
    from: size,
  });
  expect(streams.tally.counts.get("members")).toBeLessThan(10);
  return findings.map(({ kind, leafIndex }) => `${kind} ${leafIndex ?? "nowhere"}`);
}

test("from a trusted checkpoint on only what is newer is verified", async () => {
  expect(await foundFrom(305n)).toEqual([]);
  await attack(copy, async (database) => {
    await rewrite(database, store.victims[0], asOtherClaim);
    await database.query(
      "update audit_head set root = decode(repeat('01', 32), 'hex') where tree_size = 100",
    );
  });
  expect(await foundFrom(305n)).toEqual([]);
  await attack(copy, async (database) => {
    await database.query(`update decision set disposition = 'PENDED' where member_id = '${members[1]}'
                             and member_sequence = 2`);
    await database.query(
      "update audit_head set root = decode(repeat('01', 32), 'hex') where tree_size > 321",
    );
  });
  const found = await foundFrom(305n);
  expect(found.map((finding) => finding.split(" ")[0]).sort()).toEqual(["COLUMN_MISMATCH", "ROOT_MISMATCH"]);
  await withConnection(copy, async (connection) => {
    for await (const { members: changed = [] } of changedMembers(connection, 305n))
      expect([...changed].sort()).toEqual([...members]);
  });
});

test("a tree that does not lead to the trusted checkpoint is found", async () => {
  await attack(copy, (database) =>
    database.query(
      "update audit_leaf set leaf_hash = decode(repeat('01', 32), 'hex') where leaf_index = 300",
    ),
  );
  expect(await foundFrom(305n)).toContain("CHECKPOINT_MISMATCH 304");
});

const otherCluster = `
update audit_head set cluster_id = cluster_id + 1;
update audit_cluster set cluster_id = cluster_id + 1`;

test("in a new cluster the log goes on once all is verified, with what was not sealed in the order of time", async () => {
  const restored = await copyOf(store.olderUrl);
  await attack(restored, async (database) => {
    await database.query(otherCluster);
    for (const [place, minutes] of [30, 20, 10].entries())
      await forge(database, store.victims[0], {
        id: `01900000-0000-7000-8000-00000000000${3 - place}`,
        memberId: `MEMBER-${place}`,
        decidedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
      });
  });
  await fileOf("305.checkpoint", store.held[0]);
  const rebased = await runOn(restored, "--rebase", "--checkpoints", folder);
  expect(rebased.logged).toBe("");
  expect(summaryIn(rebased)).toMatchObject({
    ok: true,
    unsealed: 3,
    rebased: { sealed: 3, treeSize: "308" },
  });
  const again = await runOn(restored, "--checkpoints", folder);
  expect(findingsIn(again)).toEqual([]);
  expect(summaryIn(again)).toMatchObject({ ok: true, treeSize: "308", unsealed: 0 });
  expect((await runOn(restored, "--rebase")).exitStatus).toBe(2);
  await drop(restored);
}, 60_000);

test("a log that is not in order does not go on in a new cluster", async () => {
  await attack(copy, async (database) => {
    await database.query(otherCluster);
    await database.query("delete from audit_tile");
  });
  const refused = await run("--rebase", "--checkpoints", store.checkpointFolder);
  expect(summaryIn(refused)).toMatchObject({ ok: false, findings: 1 });
  expect(summaryIn(refused)).not.toHaveProperty("rebased");
  expect(refused.exitStatus).toBe(1);
  await withConnection(copy, async (database) => {
    expect(await database.query("select from audit_cluster")).toHaveLength(1);
  });
}, 60_000);
