import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Only its owner can read such a file. */
export const secretMode = 0o600;

/**
 * Makes a file, with its folder where that is absent. It appears whole or not at all, stays after a loss of
 * power, and is never replaced: false where it is there already.
 */
export async function createOnce(path: string, text: string, mode = secretMode): Promise<boolean> {
  const folder = dirname(path);
  await makeFolder(folder);
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    await writeDurably(draft, text, mode);
    const isMade = await linkOnce(draft, path);
    // Whoever came second goes on with the file of the first, so it has to stay for them as well.
    await syncFolder(folder);
    return isMade;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The text of a file; undefined where there is none. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Each new folder is durable only with the one that it is in. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first || made === dirname(made)) return;
  }
}

async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename would replace what is there. */
async function linkOnce(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** The name of a new file is durable only with its folder; Windows has no such call, and no need of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return systemCodeOf(error) === code;
}

/** Such as ENOENT; empty for what is no error of the system. */
export function systemCodeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
