import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { migrate } from "../../src/store/migrate";
import { serviceOn } from "../cases/testService";
import { benchCluster } from "./cluster";
import { decisionsOfFilledStore, fillStore } from "./filledStore";
import { Row } from "./table";

const projectFolder = join(__dirname, "..", "..");
const workers = 2;

/** The built commands that go through the whole store, over 200,000 decisions of 25,000 members. */
export async function measureReplay(): Promise<Row[]> {
  const cluster = await benchCluster();
  const service = await serviceOn(cluster.url);
  try {
    await migrate(service.database);
    await fillStore(service);
    await service.database.query("vacuum analyze");
    const replay = await runBuilt("replay", cluster.url);
    const verify = await runBuilt("verify", cluster.url);
    const rebuild = await runBuilt("rebuild-work-list", cluster.url);
    const memory = Math.max(...[replay, verify, rebuild].map(({ megabytes }) => megabytes));
    return [
      row(`replaying ${decisionsOfFilledStore.toLocaleString("en-US")} decisions`, replay, "≥ 20,000/s"),
      row("verifying the work list of as many", verify, "≥ 20,000/s"),
      row("building the work list of as many anew", rebuild, "–"),
      { what: "memory of these, at most", measured: `${Math.round(memory)} MB`, aim: "constant" },
    ];
  } finally {
    await service.close();
    await cluster.close();
  }
}

interface Used {
  readonly seconds: number;
  /** Of the program alone, in all its threads. */
  readonly processorSeconds: number;
  readonly megabytes: number;
}

async function runBuilt(command: string, url: string): Promise<Used> {
  const start = performance.now();
  const program = ["--require", "./test/bench/resourceUsage.js", "dist/src/cli.js"];
  const child = spawn("node", [...program, command, "--workers", String(workers)], {
    cwd: projectFolder,
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const pipe = child.stdio[3];
  if (!(pipe instanceof Readable)) throw new Error("expected a pipe");
  const [usage, [status]] = await Promise.all([text(pipe), once(child, "exit")]);
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(usage);
  return {
    seconds: (performance.now() - start) / 1_000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: maxRSS / 1_024,
  };
}

function row(what: string, { seconds, processorSeconds }: Used, aim: string): Row {
  const rate = Math.round(decisionsOfFilledStore / seconds).toLocaleString("en-US");
  const each = Math.round((processorSeconds * 1e6) / decisionsOfFilledStore);
  return {
    what: `${what}, ${workers} threads`,
    measured: `${rate}/s, ${each} µs of processor time each`,
    aim,
  };
}
