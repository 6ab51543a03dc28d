import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { withConnection } from "../store/connection";
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
  const onTally = (tally: Tally) => {
    add(sum, tally);
    onProgress(sum);
  };
  await withConnection(setting.url, async (connection) => {
    const ranges = memberRanges(connection, decisionsOfRange);
    await Promise.all(Array.from({ length: workers }, () => workThrough(ranges, setting, onTally)));
  });
  return sum;
}

/** Lets a worker do one range after the other; all take theirs from the same source, as long as there are. */
async function workThrough(
  ranges: AsyncIterable<MemberRange>,
  workerData: WorkerSetting,
  onTally: (tally: Tally) => void,
): Promise<void> {
  let worker: Worker | undefined;
  try {
    for await (const range of ranges) {
      worker ??= new Worker(require.resolve("./walkWorker"), { workerData });
      worker.postMessage(range);
      const [tally]: Tally[] = await once(worker, "message");
      onTally(tally);
    }
  } finally {
    await worker?.terminate();
  }
}
