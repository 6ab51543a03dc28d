import { migrate } from "../../src/store/migrate";
import { serviceOn } from "../cases/testService";
import { benchCluster } from "./cluster";
import { decisionsOfFilledStore as decisions, fillStore } from "./filledStore";
import { perSecond, Row } from "./table";

/** What a decision takes on disk with all indexes, and how fast batches are stored in this process. */
export async function measureDisk(): Promise<Row[]> {
  const cluster = await benchCluster();
  const service = await serviceOn(cluster.url);
  try {
    await migrate(service.database);
    const start = performance.now();
    await fillStore(service);
    const seconds = (performance.now() - start) / 1_000;
    const [{ total, heap, record }] = await service.database.query(`
      select pg_total_relation_size('decision') as total, pg_table_size('decision') as heap,
             (select avg(octet_length(record)) from decision) as record`);
    return [
      row("disk per decision with all indexes", Number(total) / decisions, "≤ 2,500 bytes"),
      row("of these in the table itself", Number(heap) / decisions, "–"),
      row("canonical record", Number(record), "about 1,000 bytes"),
      { what: "batches of 100 in process, 4 at once", measured: perSecond(decisions, seconds), aim: "–" },
    ];
  } finally {
    await service.close();
    await cluster.close();
  }
}

function row(what: string, bytes: number, aim: string): Row {
  return { what, measured: `${Math.round(bytes).toLocaleString("en-US")} bytes`, aim };
}
