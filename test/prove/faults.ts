import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { localOrigin } from "../../src/sealer/logKeys";
import { Random } from "../bench/random";
import type { Mischief } from "../cases/proxy";
import { execute } from "../cluster/database";
import { killPoints } from "../sealer/killedSealer";
import type { FaultName } from "./setting";
import type { Stage } from "./stage";

/*
 * What is done to the processes of a run. Each fault is over, and healed, when its promise is fulfilled; "in
 * vain" where it turned out to be none.
 */

type Fault = (stage: Stage, random: Random) => Promise<void | "in vain">;

/** How often each was done, and how often of these in vain. */
export type FaultsDone = ReadonlyMap<FaultName, { readonly times: number; readonly inVain: number }>;

const frozenMilliseconds = 3_000;
const brokenMilliseconds = 800;
const sealerMilliseconds = 5_000;
const fullMilliseconds = 2_000;

const projectFolder = join(__dirname, "..", "..");
const runTypeScript = join(projectFolder, "test", "cluster", "runTypeScript.js");

export const faults: Readonly<Record<FaultName, Fault>> = {
  killService: (stage, random) => stage.restartService(placeOf(stage, random)),
  freezeService: freeze,
  killDatabase: (stage) => stage.restartDatabase(),
  killConnections,
  cutBeforeInsert: breaking("cutBeforeInsert"),
  swallowReplyToInsert: breaking("swallowReplyToInsert"),
  holdBackCommit: breaking("holdBackCommit"),
  delay: breaking("delay"),
  blackHole: breaking("blackHole"),
  killSealer,
  fillDisk,
};

/** One fault after the other, with short rests, until it is enough. */
export async function doFaults(
  stage: Stage,
  { names, random, isOver }: { names: readonly FaultName[]; random: Random; isOver: () => boolean },
): Promise<FaultsDone> {
  const done = new Map(names.map((name) => [name, { times: 0, inVain: 0 }]));
  // Each once before any comes again.
  let left = [...names];
  while (left.length > 0 && !isOver()) {
    await delay(100 + random() * 400);
    const [name] = left.splice(Math.floor(random() * left.length), 1);
    const isInVain = (await faults[name](stage, random)) === "in vain";
    const { times, inVain } = done.get(name) ?? { times: 0, inVain: 0 };
    done.set(name, { times: times + 1, inVain: inVain + (isInVain ? 1 : 0) });
    if (left.length === 0) left = [...names];
  }
  return done;
}

function placeOf(stage: Stage, random: Random): number {
  return Math.floor(random() * stage.services);
}

async function freeze(stage: Stage, random: Random): Promise<void> {
  const { child } = stage.service(placeOf(stage, random));
  child.kill("SIGSTOP");
  await delay(frozenMilliseconds);
  child.kill("SIGCONT");
}

/** Half of all connections of the services. */
async function killConnections(stage: Stage): Promise<void> {
  await execute(
    stage.databaseUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid() and pid % 2 = 0`,
  );
}

function breaking(mischief: Mischief): Fault {
  return async (stage, random) => {
    const wire = stage.wires[placeOf(stage, random)];
    wire.mischief = mischief;
    await delay(brokenMilliseconds);
    wire.mischief = "none";
  };
}

/** A sealer takes turns with those of the services and dies in the middle of one. */
async function killSealer(stage: Stage, random: Random): Promise<void | "in vain"> {
  const points = Object.keys(killPoints);
  const point = points[Math.floor(random() * points.length)];
  const { databaseUrl, keyFolder, checkpointFolder } = stage;
  const program = join(projectFolder, "test", "sealer", "killedSealer.ts");
  const args = [program, point, databaseUrl, keyFolder, checkpointFolder, localOrigin];
  const child = spawn(process.execPath, ["--require", runTypeScript, ...args], {
    cwd: projectFolder,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const exit = once(child, "exit");
  child.stdin.write("begin\n");
  await Promise.race([exit, delay(sealerMilliseconds)]);
  const hasKilledItself = child.signalCode === "SIGKILL";
  child.kill("SIGKILL");
  await exit;
  return hasKilledItself ? undefined : "in vain";
}

/** The database's disk, which is a small one of its own for that, takes nothing more for a while. */
async function fillDisk(stage: Stage): Promise<void | "in vain"> {
  const ballast = join(stage.dataFolder, "ballast");
  const { bavail, bsize } = await statfs(stage.dataFolder);
  await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOSPC") throw error;
  });
  const isFull = (await statfs(stage.dataFolder)).bavail === 0;
  await delay(fullMilliseconds);
  await rm(ballast);
  await stage.reviveDatabase();
  return isFull ? undefined : "in vain";
}
