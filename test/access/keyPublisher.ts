import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { jwkOf, type SigningKey } from "./forge";

/** The place where an issuer publishes its keys, on loopback. */
export interface KeyPublisher {
  readonly url: string;
  /** How often it was asked. */
  readonly reads: () => number;
  readonly publish: (...keys: readonly SigningKey[]) => void;
  /** From now on this answers. */
  readonly answerWith: (listener: RequestListener) => void;
  readonly stop: () => Promise<void>;
}

export const answering =
  (httpCode: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, outgoing) =>
    void outgoing.writeHead(httpCode, headers).end(body);

export const keySet = (...keys: readonly unknown[]): RequestListener =>
  answering(200, JSON.stringify({ keys }));

export async function startKeyPublisher(...keys: readonly SigningKey[]): Promise<KeyPublisher> {
  let reads = 0;
  let listener = keySet(...keys.map(jwkOf));
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    reads += 1;
    listener(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys`,
    reads: () => reads,
    publish: (...published) => void (listener = keySet(...published.map(jwkOf))),
    answerWith: (next) => void (listener = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
