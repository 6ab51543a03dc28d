import { availableParallelism } from "node:os";
import { meaningOf } from "./commandLine";

export const workersOption = { workers: { type: "string" } } as const;
export const workersUsage = [
  "  --workers <count>  threads that share the work, each with a connection of its own; by default as\n",
  "                     many as there are cores\n",
].join("");

const mostWorkers = 64;

export function workersOf({ workers }: { readonly workers?: string }, usage: string, exitStatus = 1): number {
  const expected = `--workers must be a whole number from 1 to ${mostWorkers}`;
  return meaningOf(workers, parseWorkers, expected, usage, exitStatus) ?? defaultWorkers();
}

export function defaultWorkers(): number {
  return Math.min(availableParallelism(), mostWorkers);
}

function parseWorkers(text: string): number | undefined {
  const count = /^[0-9]{1,2}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= mostWorkers ? count : undefined;
}
