import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runVerifier } from "../../ledger/verifierFile";
import type { Evidence, ShownProof } from "../history";

/**
 * I10 again: the file that is given to people who trust nothing of ours accepts what they would download of
 * some decisions and members.
 */
export function isProven({ proofs, logKeys }: Evidence): string[] {
  const folder = mkdtempSync(join(tmpdir(), "esi-proofs-"));
  try {
    return proofs.flatMap((proof) => refusalOf(proof, logKeys, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function refusalOf({ of, id, reply }: ShownProof, logKeys: readonly string[], folder: string): string[] {
  writeFileSync(join(folder, "reply.json"), JSON.stringify(reply));
  const what =
    of === "decision" ? ["--reply", "reply.json", "--id"] : ["--completeness", "reply.json", "--member"];
  const keys = logKeys.flatMap((key) => ["--key", key]);
  const { exitStatus, logged } = runVerifier([...what, id, ...keys], folder);
  return exitStatus === 0 ? [] : [`the proof of ${of} ${id} is refused: ${logged.trim()}`];
}
