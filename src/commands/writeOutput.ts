import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export const outputOption = { output: { type: "string" } } as const;
export const outputUsage = [
  "  --output <file>           write to this file, which only its owner can read, and which appears when\n",
  "                            it is complete; without it to standard output\n",
].join("");

/**
 * Writes texts one after the other, as fast as they are taken, to a file or to standard output. A file
 * appears under its name when all is in it; where writing fails or is interrupted, it is as it was before.
 */
export async function writeOutput(texts: AsyncIterable<string>, file: string | undefined): Promise<void> {
  await untilInterrupted(async (signal) => {
    const source = Readable.from(texts);
    if (file === undefined) return pipeline(source, process.stdout, { signal, end: false });
    const draft = `${file}.${randomUUID()}.draft`;
    try {
      await pipeline(source, createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true }), { signal });
      await rename(draft, file);
    } finally {
      await rm(draft, { force: true });
    }
  });
}

/** Lets the work end orderly at the first signal to stop; the second one does not wait. */
async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.once(name, interrupt);
  try {
    await work(interruption.signal);
  } catch (error) {
    throw interruption.signal.aborted ? new Error("interrupted: what was written is not complete") : error;
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}
