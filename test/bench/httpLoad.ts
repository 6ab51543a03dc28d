import { Agent, request } from "node:http";
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
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const body = bodyOf(sent++);
      const began = performance.now();
      const answer = await post(`${address}/graphql`, token, agent, body);
      latencies.push(performance.now() - began);
      if (!answer.includes('"userErrors":[]')) throw new Error(`unexpected answer: ${answer.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const taken = (performance.now() - start) / 1_000;
  agent.destroy();
  return {
    count: latencies.length,
    seconds: taken,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

function post(url: string, token: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: "POST", agent, headers }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => resolve(Buffer.concat(parts).toString("utf8")));
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
