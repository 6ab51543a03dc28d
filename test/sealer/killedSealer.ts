import "reflect-metadata";
import { once } from "node:events";
import fs from "node:fs/promises";
import { pino } from "pino";
import { openLogKeys } from "../../src/sealer/logKeys";
import { startSealer } from "../../src/sealer/sealer";
import { createDataSource, Database } from "../../src/store/dataSource";
import { origin } from "../ledger/logKeys";

/*
 * A sealer that kills itself: node ... killedSealer.ts <point> <database url> <folder of keys> <folder of
 * checkpoints> [<origin>]. It begins when anything comes on its input. What it does up to the point is what the service
 * does; only its driver and its files are watched.
 */

/** Where it dies: around the first statement that matches, or before the first use of a file. */
export const killPoints = {
  afterSelect: { after: /^\s*select source, entry_id/ },
  afterLeaves: { after: /insert into audit_leaf/ },
  beforeCommitOfGrowth: { after: /insert into audit_head/ },
  beforeSigning: { before: /insert into audit_checkpoint/ },
  beforeCommitOfSigning: { after: /insert into audit_checkpoint/ },
  afterCommitOfSigning: { after: /^COMMIT$/, awaited: /insert into audit_checkpoint/ },
  beforePublishing: { call: "open" },
  beforeNaming: { call: "link" },
  afterNaming: { callAfter: "link" },
  beforeTidying: { call: "rm" },
} as const;

export type KillPoint = keyof typeof killPoints;

interface Place {
  readonly before?: RegExp;
  readonly after?: RegExp;
  /** Only once such a statement was sent. */
  readonly awaited?: RegExp;
  readonly call?: "open" | "link" | "rm";
  readonly callAfter?: "link";
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function watchStatements(database: Database, { before, after, awaited }: Place): void {
  const create = database.createQueryRunner.bind(database);
  let isArmed = awaited === undefined;
  database.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner);
    const watched = async (text: string, ...rest: unknown[]): Promise<unknown> => {
      if (before?.test(text)) die();
      const result: unknown = await Reflect.apply(query, runner, [text, ...rest]);
      if (isArmed && after?.test(text)) die();
      isArmed ||= awaited?.test(text) ?? false;
      return result;
    };
    return Object.assign(runner, { query: watched });
  };
}

function watchFiles({ call, callAfter }: Place): void {
  const concernsNote = (path: unknown): boolean => String(path).includes(".checkpoint");
  for (const name of ["open", "link", "rm"] as const) {
    const act = fs[name];
    const watched = async (...args: unknown[]): Promise<unknown> => {
      if (call === name && concernsNote(args[0])) die();
      const result: unknown = await Reflect.apply(act, fs, args);
      if (callAfter === name && concernsNote(args[0])) die();
      return result;
    };
    Object.assign(fs, { [name]: watched });
  }
}

function isKillPoint(text: string): text is KillPoint {
  return Object.hasOwn(killPoints, text);
}

async function run([point = "", url = "", keyFolder = "", checkpointFolder = "", name = origin]: string[]) {
  if (!isKillPoint(point)) throw new Error(`no point ${point}`);
  const place: Place = killPoints[point];
  // Without a handler for the end of the input, the process ends with its parent.
  await once(process.stdin, "data");
  const keys = await openLogKeys(keyFolder, name);
  const database = await createDataSource(url).initialize();
  watchStatements(database, place);
  watchFiles(place);
  await startSealer({ database, keys, checkpointFolder, log: pino(pino.destination(2)) });
}

if (require.main === module) void run(process.argv.slice(2));
