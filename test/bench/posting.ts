import { Pool } from "undici";

export interface Answered {
  /** 0: there was no answer. */
  readonly httpCode: number;
  readonly retryAfter?: string;
  readonly text: string;
  readonly arrivedAt: number;
}

/** So many connections to a service, all of them open: Node takes few new ones while it is busy. */
export async function openConnections(address: string, connections: number): Promise<Pool> {
  const pool = new Pool(address, { connections, pipelining: 1 });
  const ask = async (): Promise<string> =>
    (await pool.request({ path: "/healthz", method: "GET" })).body.text();
  await Promise.all(Array.from({ length: connections }, ask));
  return pool;
}

/** Posts to /graphql as cheaply as can be: what the caller takes of the machine, the service does not have. */
export function post(pool: Pool, token: string, body: string): Promise<Answered> {
  const headers = ["authorization", `Bearer ${token}`, "content-type", "application/json"];
  return new Promise((resolve) => {
    let [httpCode, retryAfter] = [0, ""];
    const parts: Buffer[] = [];
    const end = (text: string): void =>
      resolve({ httpCode, ...(retryAfter && { retryAfter }), text, arrivedAt: performance.now() });
    pool.dispatch(
      { path: "/graphql", method: "POST", headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, code, answered) => {
          httpCode = code;
          retryAfter = String(answered["retry-after"] ?? "");
        },
        onResponseData: (_, part) => void parts.push(part),
        onResponseEnd: () => end(Buffer.concat(parts).toString("utf8")),
        onResponseError: (_, { message }) => {
          httpCode = 0;
          end(message);
        },
      },
    );
  });
}
