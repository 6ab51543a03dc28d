import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { Random, randomFrom } from "../bench/random";
import { Clients, clientNames } from "./clients";
import { doFaults, FaultsDone } from "./faults";
import type { Evidence, Row, SeenCheckpoint, SeenDecision, ShownProof } from "./history";
import { findingsOf } from "./judge/judge";
import {
  Auditor,
  decisionsOf,
  leavesOf,
  logKeysOf,
  newestCheckpoint,
  proofOf,
  rowsOf,
  Unreadable,
} from "./readBack";
import type { Setting } from "./setting";
import { Stage } from "./stage";

/** What a run has shown. */
export interface Proved {
  readonly evidence: Evidence;
  readonly findings: readonly string[];
  readonly faultsDone: FaultsDone;
}

const pollMilliseconds = 250;
const sealedWithinMilliseconds = 60_000;
/** So many decisions are drawn, whose proofs and whose members' are verified. */
const proofsOfRun = 6;
const mostOfPart = 200;
/** Answers about a moment before this one are final. */
const settledPastMilliseconds = 15_000;

/** Runs the service under load and faults, reads all back, and judges it. Throws where it cannot be judged. */
export async function proveOnce(setting: Setting): Promise<Proved> {
  const stage = await Stage.open(setting);
  try {
    const reached = { addresses: () => stage.addresses(), tokens: stage.tokens };
    const clients = new Clients(reached, setting);
    const checkpoints: SeenCheckpoint[] = [];
    let isOver = false;
    const working = clients.work();
    const watching = watchLog(stage, checkpoints, () => isOver);
    const rereading = rereadPast(clients, stage, () => isOver);
    const end = performance.now() + setting.seconds * 1_000;
    const random = randomFrom(`${setting.seed} faults`);
    const faultsDone = await doFaults(stage, {
      ...{ names: setting.faults, random },
      isOver: () => performance.now() >= end,
    });
    await delay(Math.max(0, end - performance.now()));
    clients.stop();
    await working;
    await clients.settle();
    isOver = true;
    await Promise.all([watching, rereading]);
    const evidence = await evidenceOf(stage, clients, checkpoints, setting);
    return { evidence, findings: findingsOf(evidence), faultsDone };
  } finally {
    await stage.close();
  }
}

async function evidenceOf(
  stage: Stage,
  { recorded }: Clients,
  checkpoints: SeenCheckpoint[],
  { seed, withHistory }: Setting,
): Promise<Evidence> {
  const auditor = auditorOf(stage);
  const rows = await rowsOf(stage.databaseUrl);
  const leaves = await sealedLeaves(auditor, rows.length, checkpoints);
  const proofs = await proofsOfSome(auditor, rows, randomFrom(`${seed} proofs`));
  const logKeys = await logKeysOf(auditor);
  const members = [...new Set(recorded.sendings.map(({ memberId }) => memberId))];
  const { decisions, unreadable } = await shownTo(auditor, members);
  const metrics = await Promise.all(
    stage.addresses().map(async (address) => (await fetch(`${address}/metrics`)).text()),
  );
  const output = new Map([
    ["services' output", stage.written()],
    ["database's log", await readFile(stage.databaseLog, "utf8")],
    ["metrics", metrics.join("\n")],
    ["refusals", recorded.refusals.join("\n")],
  ]);
  const { sendings, reads } = recorded;
  const log = { checkpoints, leaves, proofs, logKeys };
  return { sendings, reads, decisions, unreadable, rows, ...log, output, withHistory };
}

async function proofsOfSome(auditor: Auditor, rows: readonly Row[], random: Random): Promise<ShownProof[]> {
  const proofs: ShownProof[] = [];
  for (let drawn = 0; drawn < proofsOfRun && rows.length > 0; drawn++) {
    const { id, memberId } = rows[Math.floor(random() * rows.length)];
    proofs.push(await proofOf(auditor, "decision", id));
    // A longer list comes in parts.
    if (rows.filter((row) => row.memberId === memberId).length <= mostOfPart)
      proofs.push(await proofOf(auditor, "member", memberId));
  }
  return proofs;
}

async function shownTo(auditor: Auditor, members: readonly string[]) {
  const decisions = new Map<string, SeenDecision[]>();
  const unreadable: string[] = [];
  for (const memberId of members)
    try {
      decisions.set(memberId, await decisionsOf(auditor, memberId));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      unreadable.push(error.message);
    }
  return { decisions, unreadable };
}

function auditorOf(stage: Stage): Auditor {
  return { address: stage.addresses()[0], token: stage.tokens.get(clientNames[0]) ?? "" };
}

/** Waits until a checkpoint covers what is on file, a minute at most; then takes what there is. */
async function sealedLeaves(auditor: Auditor, decisions: number, checkpoints: SeenCheckpoint[]) {
  const end = performance.now() + sealedWithinMilliseconds;
  for (;;) {
    const checkpoint = await newestCheckpoint(auditor);
    if (checkpoint) checkpoints.push(checkpoint);
    if (Number(checkpoint?.treeSize ?? 0) >= decisions || performance.now() > end) return leavesOf(auditor);
    await delay(pollMilliseconds);
  }
}

async function watchLog(stage: Stage, checkpoints: SeenCheckpoint[], isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    const address = stage.addresses()[turn % stage.services];
    const checkpoint = await newestCheckpoint({ ...auditorOf(stage), address });
    if (checkpoint) checkpoints.push(checkpoint);
    await delay(pollMilliseconds);
  }
}

/** Asks again and again, for each of some moments, what was known of a member then. */
async function rereadPast(clients: Clients, stage: Stage, isOver: () => boolean): Promise<void> {
  const asked: { memberId: string; asKnownAt: string }[] = [];
  for (let turn = 0; !isOver(); turn++) {
    await delay(pollMilliseconds);
    const memberId = clients.recorded.sendings.at(-1)?.memberId;
    const asKnownAt = new Date(Date.now() - settledPastMilliseconds).toISOString();
    if (memberId && turn % 4 === 0) asked.push({ memberId, asKnownAt });
    const again = asked[turn % Math.max(asked.length, 1)];
    const address = stage.addresses()[turn % stage.services];
    if (again) await clients.readAs(clientNames[0], again.memberId, again.asKnownAt, address);
  }
}
