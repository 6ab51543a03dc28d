import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { Connection, withConnection } from "../store/connection";
import { MemberRange, memberRanges } from "../store/everyStream";
import { add, newTally, Tally } from "./tally";
import { WorkerSetting } from "./walkWorker";

/** Enough to keep a worker busy for a while; few enough to be held in memory, and for a lock held shortly. */
const decisionsOfRange = 2_000;

/**
 * Takes every member's stream to a task. The work is spread over threads, each with a connection of its own;
 * in memory are only the streams that they are at. What others store meanwhile may be met or not.
 */
export async function walk(
  setting: WorkerSetting,
  workers: number,
  onProgress: (soFar: Tally) => void = () => undefined,
): Promise<Tally> {
  const sum = newTally();
  await walkThrough<Tally>(setting, workers, (tally) => {
    add(sum, tally);
    onProgress(sum);
  });
  return sum;
}

/** The same for a task that answers something else, or that concerns other ranges than all. */
export async function walkThrough<Answer>(
  setting: WorkerSetting,
  workers: number,
  onAnswer: (answer: Answer) => void,
  rangesOf: (connection: Connection) => AsyncIterable<MemberRange> = everyMember,
): Promise<void> {
  await withConnection(setting.url, async (connection) => {
    const ranges = rangesOf(connection);
    await Promise.all(Array.from({ length: workers }, () => workThrough(ranges, setting, onAnswer)));
  });
}

function everyMember(connection: Connection): AsyncIterable<MemberRange> {
  return memberRanges(connection, decisionsOfRange);
}

/** Lets a worker do one range after the other; all take theirs from the same source, as long as there are. */
async function workThrough<Answer>(
  ranges: AsyncIterable<MemberRange>,
  workerData: WorkerSetting,
  onAnswer: (answer: Answer) => void,
): Promise<void> {
  let worker: Worker | undefined;
  let answers: AsyncIterator<Answer[]> | undefined;
  const takeAnswer = async () => {
    const next = await answers?.next();
    onAnswer(next?.value[0]);
  };
  let unanswered = 0;
  try {
    for await (const range of ranges) {
      worker ??= new Worker(require.resolve("./walkWorker"), { workerData });
      answers ??= on(worker, "message");
      worker.postMessage(range);
      unanswered += 1;
      if (unanswered <= rangesAhead(workerData)) continue;
      await takeAnswer();
      unanswered -= 1;
    }
    for (; unanswered > 0; unanswered--) await takeAnswer();
  } finally {
    await worker?.terminate();
  }
}

/** How many ranges a worker has beside the one that it is at: reading takes it about as long as checking. */
function rangesAhead({ task }: WorkerSetting): number {
  return task.kind === "verify" ? 1 : 0;
}
