import { RequestFault } from "./errors";
import { send, type Exchange } from "./exchange";

const mediaType = "application/json; charset=utf-8";

/** Says that the event loop turns, and nothing else. */
export function serveHealth(exchange: Exchange): void {
  send(exchange, { httpCode: 200, mediaType, body: '{"alive":true}' });
}

/** 200 where requests can be served, else 503; never later than the given time. */
export async function serveReadiness(
  exchange: Exchange,
  ready: () => Promise<boolean>,
  limitMs: number,
): Promise<void> {
  const isReady = await within(limitMs, ready);
  if (!isReady) throw new RequestFault("UNAVAILABLE");
  send(exchange, { httpCode: 200, mediaType, body: '{"ready":true}' });
}

function within(limitMs: number, ready: () => Promise<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    const settle = (isReady: boolean): void => {
      clearTimeout(timer);
      resolve(isReady);
    };
    Promise.resolve()
      .then(ready)
      .then(settle, () => settle(false));
  });
}
