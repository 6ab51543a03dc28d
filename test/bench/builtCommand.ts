import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { inherited } from "./inherited";

const projectFolder = join(__dirname, "..", "..");

/** What a command took. */
export interface Used {
  readonly seconds: number;
  /** Of the program alone, in all its threads. */
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** Runs a built command to its end, and throws where that is not a good one. Its output is thrown away. */
export async function runBuilt(args: readonly string[], url: string): Promise<Used> {
  const start = performance.now();
  const program = ["--require", "./test/bench/resourceUsage.js", "dist/src/cli.js"];
  const child = spawn("node", [...program, ...args], {
    cwd: projectFolder,
    env: { ...inherited(), DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const pipe = child.stdio[3];
  if (!(pipe instanceof Readable)) throw new Error("expected a pipe");
  const [usage, [status]] = await Promise.all([text(pipe), once(child, "exit")]);
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(usage);
  return {
    seconds: (performance.now() - start) / 1_000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: maxRSS / 1_024,
  };
}
