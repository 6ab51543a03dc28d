import { opendir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createOnce, hasCode } from "../durableFile";
import { logIndexText, parseLogIndex } from "../ledger/logIndex";

/** A checkpoint as it was published, unverified. */
export interface PublishedNote {
  readonly treeSize: bigint;
  /** Path of the file. */
  readonly file: string;
  readonly note: string;
}

/** A folder of checkpoints as the sealer knows it. */
export interface CheckpointFolder {
  /** The checkpoint of the largest tree that has been seen there, were it removed since. */
  readonly newestNote: () => Promise<PublishedNote | undefined>;
  /** The largest tree that the folder has a checkpoint of; 0 where it has none. */
  readonly newestSize: () => Promise<bigint>;
  /** Adds a checkpoint; one that is there is never replaced. */
  readonly publish: (treeSize: bigint, note: string) => Promise<void>;
}

const ending = ".checkpoint";
/** What is published is for others to read. */
const publicMode = 0o644;
const namesAtOnce = 1_000;
const notesAtOnce = 32;
/** No more than a hundredth of the time goes into reading names, however many there are. */
const trustFactor = 100;

/** All checkpoints of a folder, the smallest tree first; none where there is no such folder. */
export async function notesIn(folder: string): Promise<PublishedNote[]> {
  const sizes: bigint[] = [];
  for await (const treeSize of sizesIn(folder)) sizes.push(treeSize);
  sizes.sort((one, other) => (one < other ? -1 : 1));
  const notes: PublishedNote[] = [];
  for (let at = 0; at < sizes.length; at += notesAtOnce) {
    const some = sizes.slice(at, at + notesAtOnce);
    notes.push(...(await Promise.all(some.map((treeSize) => readNote(folder, treeSize)))));
  }
  return notes;
}

/**
 * Others may publish to the folder as well, so it is read again and again: the more is in it the less often,
 * for a log that is busy all day adds 86,400 files.
 */
export function openCheckpointFolder(path: string): CheckpointFolder {
  let newest: PublishedNote | undefined;
  let newestSize = 0n;
  let trustedUntil = -Infinity;
  const look = async (): Promise<void> => {
    const start = performance.now();
    if (start < trustedUntil) return;
    const size = await largestSizeIn(path);
    if (size > (newest?.treeSize ?? 0n)) newest = await readNote(path, size);
    newestSize = size;
    trustedUntil = performance.now() + trustFactor * (performance.now() - start);
  };
  return {
    newestNote: async () => (await look(), newest),
    newestSize: async () => (await look(), newestSize),
    publish: async (treeSize, note) => {
      await createOnce(fileOf(path, treeSize), note, publicMode);
      // It may have been there already, and say something else.
      if (treeSize > (newest?.treeSize ?? 0n)) newest = await readNote(path, treeSize);
      if (treeSize > newestSize) newestSize = treeSize;
    },
  };
}

async function largestSizeIn(folder: string): Promise<bigint> {
  let largest = 0n;
  for await (const treeSize of sizesIn(folder)) if (treeSize > largest) largest = treeSize;
  return largest;
}

/** The sizes of the trees whose checkpoints are in the folder, in any order. */
async function* sizesIn(folder: string): AsyncGenerator<bigint> {
  try {
    for await (const { name } of await opendir(folder, { bufferSize: namesAtOnce })) {
      const size = name.endsWith(ending) ? parseLogIndex(name.slice(0, -ending.length)) : undefined;
      if (size !== undefined) yield size;
    }
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

async function readNote(folder: string, treeSize: bigint): Promise<PublishedNote> {
  const file = fileOf(folder, treeSize);
  return { treeSize, file, note: await readFile(file, "utf8") };
}

function fileOf(folder: string, treeSize: bigint): string {
  return join(folder, `${logIndexText(treeSize)}${ending}`);
}
