import { readdir, readFile } from "node:fs/promises";
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

const ending = ".checkpoint";

/** All checkpoints of a folder, the smallest tree first; none where there is no such folder. */
export async function notesIn(folder: string): Promise<PublishedNote[]> {
  const notes: PublishedNote[] = [];
  for (const treeSize of await publishedSizes(folder)) notes.push(await readNote(folder, treeSize));
  return notes;
}

/** The checkpoint of the largest tree. */
export async function newestNoteIn(folder: string): Promise<PublishedNote | undefined> {
  const newest = (await publishedSizes(folder)).at(-1);
  return newest === undefined ? undefined : readNote(folder, newest);
}

/** Adds a checkpoint to the folder; one that is there is never replaced. */
export async function publishNote(folder: string, treeSize: bigint, note: string): Promise<void> {
  await createOnce(fileOf(folder, treeSize), note);
}

/** The sizes of the trees whose checkpoints are in the folder, in their order. */
export async function publishedSizes(folder: string): Promise<bigint[]> {
  const sizes = (await namesIn(folder)).flatMap((name) => {
    return name.endsWith(ending) ? (parseLogIndex(name.slice(0, -ending.length)) ?? []) : [];
  });
  return sizes.sort((one, other) => (one < other ? -1 : 1));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}

async function readNote(folder: string, treeSize: bigint): Promise<PublishedNote> {
  const file = fileOf(folder, treeSize);
  return { treeSize, file, note: await readFile(file, "utf8") };
}

function fileOf(folder: string, treeSize: bigint): string {
  return join(folder, `${logIndexText(treeSize)}${ending}`);
}
