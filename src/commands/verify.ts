import { withConnection } from "../store/connection";
import { changedMembers } from "../store/sealedStreams";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { withProgress } from "./progress";
import { sentenceOf } from "./sentence";
import { add, newTally, Tally } from "./tally";
import { Call, couldNotRun, readCall } from "./verify/call";
import { addFindings, newFindings } from "./verify/finding";
import { Overdue } from "./verify/overdue";
import { rebase, refuseKnownCluster } from "./verify/rebase";
import { outcomeText, Verified } from "./verify/outcome";
import { verifyLog } from "./verify/verification";
import { VerifiedStreams } from "./verifyRange";
import { walkThrough } from "./walk";

/** Says what is wrong on the standard output, and with the exit status whether anything is. */
export async function verify(args: string[]): Promise<void> {
  const call = await readCall(args);
  try {
    await withDatabaseUrl(async (url, configuredFolder) => {
      await refuseOtherSchema(url);
      const checkpointFolder = call.checkpointFolder ?? configuredFolder;
      const verified = await verifyStore(url, { ...call, checkpointFolder });
      process.stdout.write(outcomeText(verified));
      process.exitCode = verified.findings.number > 0 ? 1 : 0;
    }, couldNotRun);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = couldNotRun;
  }
}

async function verifyStore(url: string, call: Call): Promise<Verified> {
  const start = performance.now();
  if (call.isRebase) await withConnection(url, refuseKnownCluster);
  const findings = newFindings();
  // In a cluster that the log does not know nothing can be sealed yet.
  const overdue = call.isRebase ? "isExpected" : "counts";
  let oldestUnsealedSeconds = 0;
  const onStreams = (streams: VerifiedStreams) => {
    addFindings(findings, streams.findings.first, streams.findings.number);
    oldestUnsealedSeconds = Math.max(oldestUnsealedSeconds, streams.oldestUnsealedSeconds);
  };
  const [log, { tally }] = await Promise.all([
    withConnection(url, (connection) => verifyLog(connection, call, overdue, findings)),
    withProgress("decisions", (onProgress) => walkStreams(url, { ...call, overdue }, onStreams, onProgress)),
  ]);
  const isGreen = findings.number === 0;
  const rebased = call.isRebase && isGreen ? await withConnection(url, rebase) : undefined;
  const seconds = (performance.now() - start) / 1_000;
  return { log, tally, findings, oldestUnsealedSeconds, rebased, from: call.from, seconds };
}

async function walkStreams(
  url: string,
  { overdue, from, workers }: Pick<Call, "from" | "workers"> & { readonly overdue: Overdue },
  onStreams: (streams: VerifiedStreams) => void,
  onProgress: (soFar: Tally) => void,
): Promise<Tally> {
  const sum = newTally();
  const onAnswer = (streams: VerifiedStreams) => {
    onStreams(streams);
    add(sum, streams.tally);
    onProgress(sum);
  };
  const setting = { url, task: { kind: "verify", overdue } } as const;
  if (from === undefined) await walkThrough(setting, workers, onAnswer);
  else await walkThrough(setting, workers, onAnswer, (connection) => changedMembers(connection, from));
  return sum;
}
