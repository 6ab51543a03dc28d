import { migrate } from "../../src/store/migrate";
import { serviceOn } from "../cases/testService";
import { runBuilt, Used } from "./builtCommand";
import { benchCluster } from "./cluster";
import { decisionsOfFilledStore, fillStore } from "./filledStore";
import { Row } from "./table";

const workers = 2;

/** The built commands that go through the whole store, over 200,000 decisions of 25,000 members. */
export async function measureReplay(): Promise<Row[]> {
  const cluster = await benchCluster();
  const service = await serviceOn(cluster.url);
  try {
    await migrate(service.database);
    await fillStore(service);
    await service.database.query("vacuum analyze");
    const threads = ["--workers", String(workers)];
    const replay = await runBuilt(["replay", ...threads], cluster.url);
    const rebuild = await runBuilt(["rebuild-work-list", ...threads], cluster.url);
    const memory = Math.max(...[replay, rebuild].map(({ megabytes }) => megabytes));
    return [
      row(`replaying ${decisionsOfFilledStore.toLocaleString("en-US")} decisions`, replay, "≥ 20,000/s"),
      row("building the work list of as many anew", rebuild, "–"),
      { what: "memory of these, at most", measured: `${Math.round(memory)} MB`, aim: "constant" },
    ];
  } finally {
    await service.close();
    await cluster.close();
  }
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
