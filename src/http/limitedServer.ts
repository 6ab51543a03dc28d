import { createServer, type Server } from "node:http";
import { Server as TcpServer } from "node:net";
import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { requestMilliseconds } from "../deadline";
import { requestsPerConnection, usualItemsPerSecond, usualPoolSize } from "../usualLoad";

export const httpLimits = {
  bodyBytes: 262_144,
  largeBodyBytes: 1_048_576,
  answerBytes: 2_097_152,
  headerBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  connectionsCheckMs: 1_000,
  keepAliveMs: 65_000,
  /** So long may nothing move on a connection while an answer is under way. */
  stallMs: 60_000,
  connections: 1_000,
  requestsPerConnection: 1_000,
  readyMs: 500,
  drainMs: 10_000,
  exportStallMs: 120_000,
  exportMs: 3_600_000,
  deadlineMs: requestMilliseconds,
  inFlight: requestsPerConnection * usualPoolSize,
  loopDelayMs: 200,
  itemsPerSecond: usualItemsPerSecond,
};

/** A server that bounds what callers may send, and for how long. */
export function createLimitedServer(limits: typeof httpLimits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.connectionsCheckMs,
    keepAliveTimeout: limits.keepAliveMs,
    requireHostHeader: false, // Node's own answer has no body; ours is in server.ts
  });
  server.timeout = limits.stallMs;
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  return server;
}

/** So long a connection that was just accepted has for its request. */
const acceptedMs = 100;

/** Takes no more connections; those that are there may still bring the request that is on its way. */
export async function stopAccepting(server: Server): Promise<void> {
  // Right behind a look at the network: a connection that waited to be accepted would be reset.
  await setImmediate();
  // Unlike http's own close this leaves idle connections alone.
  TcpServer.prototype.close.call(server);
  await delay(acceptedMs);
}
