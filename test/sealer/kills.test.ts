import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifierOf } from "../../src/ledger/ed25519";
import { LogKeys, openLogKeys } from "../../src/sealer/logKeys";
import { startSealer } from "../../src/sealer/sealer";
import { origin } from "../ledger/logKeys";
import { KillPoint, killPoints } from "./killedSealer";
import {
  connected,
  expectSoundCheckpoints,
  expectSoundLog,
  insertDecision,
  SealedService,
  sealedService,
  sizeOf,
  untilSealed,
} from "./sealedLog";

/* A process of its own is killed at each point of its work; the log goes on as if it had not been. */

const projectFolder = join(__dirname, "..", "..");
const runTypeScript = join(projectFolder, "test", "cluster", "runTypeScript.js");
const entriesOfARound = 3;
const points = Object.keys(killPoints).filter((name): name is KillPoint => name in killPoints);

let service: SealedService;
let keyFolder: string;
let keys: LogKeys;
let children: Map<KillPoint, ChildProcess>;

beforeAll(async () => {
  service = await sealedService();
  keyFolder = await mkdtemp(join(tmpdir(), "esi-keys-"));
  keys = await openLogKeys(keyFolder, origin);
  children = new Map(points.map((point) => [point, startChild(point)]));
});
afterAll(async () => {
  children.forEach((child) => child.kill("SIGKILL"));
  await rm(keyFolder, { recursive: true });
  await service.close();
});

/** Most of its time a process is only starting, and that they can do together. */
function startChild(point: KillPoint): ChildProcess {
  const program = join(__dirname, "killedSealer.ts");
  const args = ["--require", runTypeScript, program, point, service.url, keyFolder, service.folder];
  return spawn(process.execPath, args, { cwd: projectFolder, stdio: ["pipe", "ignore", "inherit"] });
}

async function runUntilKilled(point: KillPoint): Promise<void> {
  const child = children.get(point);
  if (!child) throw new Error(point);
  const exit = once(child, "exit");
  child.stdin?.write("begin\n");
  const [, signal] = await exit;
  expect(signal).toBe("SIGKILL");
}

async function publishedFiles(): Promise<string[]> {
  return (await readdir(service.folder)).filter((name) => name.endsWith(".checkpoint"));
}

let stored = 0;

/** In one transaction, so that one pass seals all of them. */
async function store(count: number): Promise<void> {
  const client = await connected(service.url);
  await client.query("begin");
  for (let more = 0; more < count; more++) await insertDecision(client, "A", (stored += 1));
  await client.query("commit");
  await client.end();
}

/** What is in the database and in the folder when the process is dead. */
interface Found {
  readonly leaves: number;
  readonly signed: number;
  readonly published: number;
}

async function found(): Promise<Found> {
  const [{ signed }] = await service.database.query<{ signed: number }[]>(
    "select count(*)::int as signed from audit_checkpoint",
  );
  const { leaves } = await sizeOf(service.database);
  return { leaves, signed, published: (await publishedFiles()).length };
}

/** What is left of the round's work, beside what was there before it. */
const leftBehind: Readonly<Record<KillPoint, Found>> = {
  afterSelect: { leaves: 0, signed: 0, published: 0 },
  afterLeaves: { leaves: 0, signed: 0, published: 0 },
  beforeCommitOfGrowth: { leaves: 0, signed: 0, published: 0 },
  beforeSigning: { leaves: entriesOfARound, signed: 0, published: 0 },
  beforeCommitOfSigning: { leaves: entriesOfARound, signed: 0, published: 0 },
  afterCommitOfSigning: { leaves: entriesOfARound, signed: 1, published: 0 },
  beforePublishing: { leaves: entriesOfARound, signed: 1, published: 0 },
  beforeNaming: { leaves: entriesOfARound, signed: 1, published: 0 },
  afterNaming: { leaves: entriesOfARound, signed: 1, published: 1 },
  beforeTidying: { leaves: entriesOfARound, signed: 1, published: 1 },
};

test.each(points)(
  "killed %s, and started again",
  async (point) => {
    await store(entriesOfARound);
    const before = await found();
    await runUntilKilled(point);
    const after = await found();
    const { leaves, signed, published } = leftBehind[point];
    expect(after).toEqual({
      leaves: before.leaves + leaves,
      signed: before.signed + signed,
      published: before.published + published,
    });

    const sealer = await startSealer({ ...service.setting, keys });
    await untilSealed(service.database);
    await sealer.stop();
    expect(await sizeOf(service.database)).toEqual({ entries: stored, leaves: stored });
    const verifiers = keys.checkpointSigners.map(({ key }) => verifierOf(key));
    const sizes = await expectSoundCheckpoints(service, await expectSoundLog(service.database), verifiers);
    expect(sizes.at(-1)).toBe(stored);
    expect(new Set(sizes).size).toBe(sizes.length);
    expect(service.lines).toEqual([]);
  },
  30_000,
);
