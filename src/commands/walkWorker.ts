import "reflect-metadata";
import { parentPort, workerData } from "node:worker_threads";
import { Connection, openConnection } from "../store/connection";
import { rebuildVisitor } from "./rebuildRange";
import { replayVisitor } from "./replayRange";
import { Task, Visitor } from "./tasks";
import { verifyVisitor } from "./verifyRange";

/** What a worker thread is started with. */
export interface WorkerSetting {
  readonly url: string;
  readonly task: Task;
}

/** Visits the ranges that it is sent and answers each with a tally, until it is ended. */
async function work({ url, task }: WorkerSetting): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("this program is a worker thread's");
  const visit = visitorOf(task, await openConnection(url));
  // A failure ends the thread, and so reaches the one that waits for its answer.
  port.on("message", (range) => void visit(range).then((tally) => port.postMessage(tally)));
}

function visitorOf(task: Task, connection: Connection): Visitor {
  switch (task.kind) {
    case "replay":
      return replayVisitor(task, connection);
    case "verify":
      return verifyVisitor(connection);
    case "rebuild":
      return rebuildVisitor(connection);
  }
}

void work(workerData);
