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

/** Visits the ranges that it is sent and answers each, until it is ended. */
async function work({ url, task }: WorkerSetting): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("this program is a worker thread's");
  const visit = visitorOf(task, await openConnection(url));
  // A failure ends the thread, and so reaches the one that waits for its answer.
  port.on("message", (range) => void visit(range).then((answer) => port.postMessage(answer)));
}

function visitorOf(task: Task, connection: Connection): Visitor<unknown> {
  switch (task.kind) {
    case "replay":
      return replayVisitor(task, connection);
    case "verify":
      return verifyVisitor(connection, task);
    case "rebuild":
      return rebuildVisitor(connection);
  }
}

void work(workerData);
