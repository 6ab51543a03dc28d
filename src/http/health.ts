import { send, type Exchange } from "./exchange";
import type { Readiness } from "./readiness";

const mediaType = "application/json; charset=utf-8";

/** Says that the event loop turns, and nothing else. */
export function serveHealth(exchange: Exchange): void {
  send(exchange, { httpCode: 200, mediaType, body: '{"alive":true}' });
}

/** 200 where requests can be served, else 503 with the word for what is in the way. */
export async function serveReadiness(exchange: Exchange, ready: () => Promise<Readiness>): Promise<void> {
  const readiness = await ready();
  if (readiness === true) {
    send(exchange, { httpCode: 200, mediaType, body: '{"ready":true}' });
    return;
  }
  const body = JSON.stringify({ ready: false, failing: readiness });
  send(exchange, { httpCode: 503, mediaType, body, headers: { "retry-after": "1" } });
}

/** The numbers of the process, for whoever is let in to this address: they name nobody. */
export async function serveMetrics(exchange: Exchange, metrics: () => Promise<string>): Promise<void> {
  const textFormat = "text/plain; version=0.0.4; charset=utf-8";
  send(exchange, { httpCode: 200, mediaType: textFormat, body: await metrics() });
}
