import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseLogIndex } from "../../ledger/logIndex";
import { parseVerifierKey } from "../../ledger/verifierKey";
import { fail, meaningOf, parse } from "../commandLine";
import { workersOf, workersOption, workersUsage } from "../workers";
import { GivenNote } from "./notes";

/** Exit status of a call that could not be carried out; 1 says that something was found. */
export const couldNotRun = 2;

export const usage = `Usage: esi verify [options]

Recomputes from the stored bytes all that can be: every decision against its columns, its leaf, its place in
its member's stream and in the log; the tree, its tiles and heads, and every checkpoint; exceptions, purges,
policy versions, and the work list. Each thing wrong is a line of JSON, the first one of the log first, and
the last line is a summary. Exit status 0 where nothing is wrong, 1 where anything is, 2 where it could not be
found out.

  --checkpoint <file>    compare with a checkpoint that was held elsewhere; can be repeated
  --checkpoints <folder> the checkpoint folder, where it is not that of the configuration
  --receipts <file>      look for the decisions that receipts promise, one receipt after the other; can be
                         repeated
  --key <key>            trust this verifier key of the log or of its receipts, or @ and a file with one a
                         line; can be repeated. Without it the keys that the database has are trusted, which
                         proves less
  --from <size>          only what is newer than the checkpoint of this tree size, which is trusted
  --rebase               as the owner, after a restore into another database cluster: where all is in order,
                         let the log go on there, beginning with what is not sealed
${workersUsage}`;

/** What the command was called with. */
export interface Call {
  readonly keys: readonly string[];
  readonly held: readonly GivenNote[];
  readonly checkpointFolder?: string;
  /** The texts of receipts, each with what it is called. */
  readonly receipts: readonly { readonly name: string; readonly note: string }[];
  readonly from?: bigint;
  readonly isRebase: boolean;
  readonly workers: number;
}

export async function readCall(args: string[]): Promise<Call> {
  const text = { type: "string" } as const;
  const texts = { type: "string", multiple: true } as const;
  const rebase = { type: "boolean" } as const;
  const outside = { key: texts, checkpoint: texts, receipts: texts, checkpoints: text } as const;
  const options = { ...outside, from: text, rebase, ...workersOption } as const;
  const { values } = parse({ args, options }, usage, couldNotRun);
  const { rebase: isRebase = false, checkpoints: checkpointFolder } = values;
  const from = meaningOf(values.from, parseSize, "--from must be a tree size above 0", usage, couldNotRun);
  if (checkpointFolder !== undefined && !existsSync(checkpointFolder))
    refuse("--checkpoints: there is no such folder");
  if (isRebase && from !== undefined) refuse("--rebase needs all to be verified: not together with --from");
  return {
    keys: (await Promise.all((values.key ?? []).map(readKeys))).flat(),
    held: await Promise.all((values.checkpoint ?? []).map(readHeld)),
    receipts: (await Promise.all((values.receipts ?? []).map(readReceipts))).flat(),
    ...{ checkpointFolder, from, isRebase, workers: workersOf(values, usage, couldNotRun) },
  };
}

function refuse(message: string): never {
  return fail(message, usage, couldNotRun);
}

function parseSize(text: string): bigint | undefined {
  return parseLogIndex(text) || undefined;
}

async function readKeys(option: string): Promise<string[]> {
  const lines = option.startsWith("@")
    ? (await readOrRefuse("--key", option.slice(1))).split("\n")
    : [option];
  const keys = lines.filter((line) => line !== "");
  for (const key of keys) {
    const parsed = parseVerifierKey(key);
    if ("fault" in parsed) refuse(`--key: ${parsed.fault}`);
  }
  return keys.length > 0 ? keys : refuse("--key: there is no key in the file");
}

async function readHeld(path: string): Promise<GivenNote> {
  return { name: `the held checkpoint ${nameOf(path)}`, note: await readOrRefuse("--checkpoint", path) };
}

async function readReceipts(path: string): Promise<{ name: string; note: string }[]> {
  const notes = (await readOrRefuse("--receipts", path)).split(/^(?=esi-receipt\/)/m);
  return notes.map((note, place) => ({ name: `receipt ${place + 1} of ${nameOf(path)}`, note }));
}

/** Of a path no more than the last name. */
function nameOf(path: string): string {
  return basename(path);
}

async function readOrRefuse(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return refuse(`${option}: the file cannot be read (${code})`);
  }
}
