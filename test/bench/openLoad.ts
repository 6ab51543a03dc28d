import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export interface OpenLoad {
  readonly address: string;
  /** Taken in turn: one client alone is held back by its rate. */
  readonly tokens: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  readonly bodyOf: (place: number) => string;
}

export interface Answered {
  /** 0: there was no answer. */
  readonly httpCode: number;
  readonly retryAfter?: string;
  readonly text: string;
  readonly milliseconds: number;
  /** Since the first request was sent. */
  readonly arrivedAt: number;
}

const mostConnections = 600;
const tickMs = 5;

/** Sends as many requests a second as it is told, whether or not those before are answered. */
export async function openLoad({
  address,
  tokens,
  perSecond,
  seconds,
  bodyOf,
}: OpenLoad): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: mostConnections });
  const answers: Promise<Answered>[] = [];
  const start = performance.now();
  for (let elapsed = 0; elapsed < seconds * 1_000; elapsed = performance.now() - start) {
    const due = Math.floor((elapsed / 1_000) * perSecond);
    while (answers.length < due) {
      const place = answers.length;
      answers.push(
        post(`${address}/graphql`, tokens[place % tokens.length] ?? "", agent, bodyOf(place), start),
      );
    }
    await wait(tickMs);
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return all;
}

function post(url: string, token: string, agent: Agent, body: string, start: number): Promise<Answered> {
  const began = performance.now();
  return new Promise((resolve) => {
    const times = (): Pick<Answered, "milliseconds" | "arrivedAt"> => {
      const now = performance.now();
      return { milliseconds: now - began, arrivedAt: now - start };
    };
    const fail = (error: Error): void => resolve({ httpCode: 0, text: error.message, ...times() });
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: "POST", agent, headers }, (incoming) => {
      const parts: Buffer[] = [];
      const { statusCode: httpCode = 0 } = incoming;
      const retryAfter = incoming.headers["retry-after"];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        resolve({ httpCode, retryAfter, text, ...times() });
      });
      incoming.on("error", fail);
    });
    outgoing.on("error", fail);
    outgoing.end(body);
  });
}
