import { openConnections, post } from "./posting";
import { quantile } from "./table";

export interface Load {
  readonly count: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends requests over so many kept connections, each waiting for its answer, until the time is over. */
export async function httpLoad(
  address: string,
  token: string,
  connections: number,
  seconds: number,
  bodyOf: (place: number) => string,
): Promise<Load> {
  const pool = await openConnections(address, connections);
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const body = bodyOf(sent++);
      const began = performance.now();
      const { text, arrivedAt } = await post(pool, token, body);
      latencies.push(arrivedAt - began);
      if (!text.includes('"userErrors":[]')) throw new Error(`unexpected answer: ${text.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const taken = (performance.now() - start) / 1_000;
  await pool.close();
  return {
    count: latencies.length,
    seconds: taken,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}
