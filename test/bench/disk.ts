import { decideAndStore } from "../../src/cases/decideAndStore";
import { migrate } from "../../src/store/migrate";
import { billed, claimRequest, claimSession } from "../cases/claims";
import { serviceOn } from "../cases/testService";
import { benchCluster } from "./cluster";
import { perSecond, Row } from "./table";

const decisions = 200_000;
const batch = 100;
const decisionsOfAMember = 8;
const batchesAtOnce = 4;

/** What a decision takes on disk with all indexes, and how fast batches are stored in this process. */
export async function measureDisk(): Promise<Row[]> {
  const cluster = await benchCluster();
  const service = await serviceOn(cluster.url);
  try {
    await migrate(service.database);
    const start = performance.now();
    await Promise.all(Array.from({ length: batchesAtOnce }, (_, lane) => fillLane(lane)));
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

  async function fillLane(lane: number): Promise<void> {
    for (let first = lane * batch; first < decisions; first += batchesAtOnce * batch) {
      await decideAndStore(
        Array.from({ length: batch }, (_, place) => requestFor(first + place)),
        service,
      );
    }
  }
}

/** Every member has eight decisions a few weeks apart; some are denied, one in three claims has two lines. */
function requestFor(place: number) {
  const members = decisions / decisionsOfAMember;
  const visit = Math.floor(place / members);
  const date = `2025-${String(1 + visit).padStart(2, "0")}-${String(1 + (place % 28)).padStart(2, "0")}`;
  const lines =
    place % 3 === 0
      ? [
          billed("64483", { modifiers: ["50"], chargeAmount: "1250.00", diagnosisCodes: ["M54.16"] }),
          billed("64484", { lineNumber: 2 }),
        ]
      : [billed("62323", { chargeAmount: "900.00", diagnosisCodes: ["M54.16"] })];
  return claimRequest(claimSession(`B${String(place % members).padStart(9, "0")}`, date, { lines }));
}

function row(what: string, bytes: number, aim: string): Row {
  return { what, measured: `${Math.round(bytes).toLocaleString("en-US")} bytes`, aim };
}
