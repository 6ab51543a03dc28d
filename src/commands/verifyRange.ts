import { setImmediate } from "node:timers/promises";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { Queryable } from "../store/queryable";
import { MemberChoice, readSealedStreams, SealedStream } from "../store/sealedStreams";
import { count, newTally, Tally } from "./tally";
import { addFindings, Findings, inLogOrder, LogFinding, newFindings } from "./verify/finding";
import { Overdue } from "./verify/overdue";
import { checkStream } from "./verify/streamCheck";

/** Checks every member's stream. */
export interface VerifyTask {
  readonly kind: "verify";
  readonly overdue: Overdue;
}

/** What came of some members' streams. */
export interface VerifiedStreams {
  readonly tally: Tally;
  readonly findings: Findings;
  readonly oldestUnsealedSeconds: number;
}

/**
 * Makes every check on each member's stream, and counts what is found. Asked for a second choice at once, it
 * lets the database look for that while it checks the first.
 */
export function verifyVisitor(
  database: Queryable,
  { overdue }: Pick<VerifyTask, "overdue">,
): (choice: MemberChoice) => Promise<VerifiedStreams> {
  let reading: Promise<unknown> = Promise.resolve();
  const readInTurn = (choice: MemberChoice) => {
    const streams = reading.then(() => readSealedStreams(database, choice));
    reading = streams;
    return streams;
  };
  return async (choice) => {
    const streams = await readInTurn(choice);
    // The next choice is asked for first.
    await setImmediate();
    const tally = newTally();
    const findings = newFindings();
    let oldestUnsealedSeconds = 0;
    for (const stream of streams) {
      const { decisions, listed } = stream;
      const unsealed = decisions.filter(({ sealed }) => !sealed);
      for (const { ageSeconds } of unsealed)
        oldestUnsealedSeconds = Math.max(oldestUnsealedSeconds, ageSeconds);
      if (decisions.length > 0) count(tally, "members");
      count(tally, "decisions", decisions.length);
      count(tally, "unsealed", unsealed.length);
      count(tally, "candidates", listed.length);
      addFindings(findings, findingsOf(stream, overdue));
    }
    return { tally, findings: { ...findings, first: inLogOrder(findings.first) }, oldestUnsealedSeconds };
  };
}

/** Records of another shape than ours stop a check; the message may hold what they say. */
function findingsOf(stream: SealedStream, overdue: Overdue): LogFinding[] {
  try {
    return checkStream(stream, molinaEsiVersions, overdue);
  } catch (error) {
    const name = error instanceof Error ? error.name : "failure";
    const { id = null, sealed } = stream.decisions.at(0) ?? {};
    const detail = `the stream that begins here cannot be checked (${name})`;
    return [{ kind: "COLUMN_MISMATCH", leafIndex: sealed?.leafIndex ?? null, id, detail }];
  }
}
