import { guardedFolder } from "../cluster/guard";
import { startBuiltService } from "./builtService";
import { quantile, Row } from "./table";

const port = 4_917;
const warmStarts = 5;

/**
 * From the start of the program to the first request served: on an empty folder, and on one that was used
 * before.
 */
export async function measureStart(): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  try {
    const first = await timeToReady(folder.path);
    const warm: number[] = [];
    for (let round = 0; round < warmStarts; round++) warm.push(await timeToReady(folder.path));
    return [
      { what: "start to ready, empty folder", measured: `${Math.round(first)} ms`, aim: "–" },
      { what: "start to ready, warm", measured: `${Math.round(quantile(warm, 0.5))} ms`, aim: "≤ 1,000 ms" },
    ];
  } finally {
    await folder.remove();
  }
}

async function timeToReady(folder: string): Promise<number> {
  const service = await startBuiltService(folder, port);
  await service.close();
  return service.millisecondsToReady;
}
