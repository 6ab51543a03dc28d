import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The file that is given to people who trust nothing of ours. */
export const verifierFile = join(__dirname, "..", "..", "verifier", "verify-proof.js");

interface Head {
  readonly size: bigint;
  readonly root: Buffer;
}

/** Its two checks of the tree. */
interface TreeChecks {
  isIncluded(index: bigint, leafHash: Buffer, path: readonly Buffer[], head: Head): boolean;
  isConsistent(first: Head, second: Head, path: readonly Buffer[]): boolean;
}

export const treeChecks: TreeChecks = require(verifierFile);

export interface VerifierRun {
  readonly exitStatus: number | null;
  readonly written: string;
  readonly logged: string;
}

/** Runs the file as a person does who has downloaded it. */
export function runVerifier(args: readonly string[], folder: string, file = verifierFile): VerifierRun {
  const run = spawnSync(process.execPath, [file, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: {},
  });
  return { exitStatus: run.status, written: run.stdout, logged: run.stderr };
}
