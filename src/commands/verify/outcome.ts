import { hashText } from "../../ledger/hashText";
import { countOf, Tally } from "../tally";
import { Findings, inLogOrder } from "./finding";
import { Rebased } from "./rebase";
import { VerifiedLog } from "./verification";

/** What a verification came to. */
export interface Verified {
  readonly log: VerifiedLog;
  /** Of the members' streams. */
  readonly tally: Tally;
  readonly oldestUnsealedSeconds: number;
  readonly findings: Findings;
  readonly from?: bigint;
  readonly rebased?: Rebased;
  readonly seconds: number;
}

/** Lines of JSON: a finding each, and at last the summary. */
export function outcomeText({ log, tally, findings, seconds, ...verified }: Verified): string {
  const oldest = Math.max(log.oldestUnsealedSeconds, verified.oldestUnsealedSeconds);
  const summary = {
    ok: findings.number === 0,
    treeSize: String(log.treeSize),
    root: hashText(log.rootHash),
    decisions: countOf(tally, "decisions"),
    unsealed: countOf(tally, "unsealed") + log.unsealed,
    oldestUnsealedSeconds: Math.round(Math.max(oldest, 0)),
    checkpoints: log.checkpoints,
    findings: findings.number,
    seconds: Math.round(seconds * 10) / 10,
    members: countOf(tally, "members"),
    candidates: countOf(tally, "candidates"),
    from: verified.from === undefined ? undefined : String(verified.from),
    keys: log.keys,
    keysFrom: log.keysFrom,
    rebased: verified.rebased,
  };
  return [...inLogOrder(findings.first), summary].map((line) => `${JSON.stringify(line)}\n`).join("");
}
