import { setTimeout as delay } from "node:timers/promises";
import { Logger } from "pino";
import { Caller } from "./access/caller";
import { recordAccess } from "./cases/accessLog";
import { exportingAccessLog } from "./cases/exportAccessLog";
import { exporting } from "./cases/exportDecisions";
import { endingBy, observedBy, Service } from "./cases/service";
import { Config } from "./config";
import { contextFor } from "./graphql/context";
import { authorizeOperation } from "./graphql/operationScopes";
import { buildSchema } from "./graphql/schema";
import { ExplorerOperation } from "./http/explorerRoute";
import { Check } from "./http/readiness";
import { createHttpServer, HttpServer } from "./http/server";
import { requestsPerConnection } from "./usualLoad";
import { Watching } from "./watching";

/** A service that has begun to start. */
export interface StartingService {
  /** Settles when requests are served, with what to tell the person who started it. */
  readonly started: Promise<string>;
  /** Answers what is under way, then stops what was started. */
  readonly stop: () => Promise<void>;
}

export interface Serving {
  readonly service: Service;
  readonly authenticate: (token: string) => Promise<Caller>;
  /** What readiness takes beside the server itself. */
  readonly checks: readonly Check[];
  readonly watch: Watching;
  readonly config: Pick<Config, "mode" | "poolSize" | "itemsPerSecond">;
  readonly log: Logger;
  /** Absent: there is no explorer, and nobody can read the schema from the service. */
  readonly explorer?: { readonly operations: readonly ExplorerOperation[] };
}

/** The API over HTTP, the same in both modes. */
export function createApi(serving: Serving): Promise<HttpServer> {
  const { service, authenticate, checks, watch, config, log, explorer } = serving;
  const schema = buildSchema();
  return createHttpServer({
    ...{ schema, authenticate, checks, log, explorer },
    ...watch.http,
    authorize: authorizeOperation(schema),
    introspection: explorer !== undefined,
    contextOf: ({ caller, requestId, observe, deadline }) =>
      contextFor(endingBy(deadline, observedBy(service, observe)), caller, requestId),
    exporting: exporting(service),
    exportingAccessLog: exportingAccessLog(service),
    accessLog: {
      accessOf: ({ access }) => access,
      record: (access, context) => recordAccess(access, context?.service ?? service),
    },
    requiresPurpose: config.mode === "production",
    limits: {
      inFlight: requestsPerConnection * config.poolSize,
      itemsPerSecond: config.itemsPerSecond || Number.MAX_SAFE_INTEGER,
    },
  });
}

/** Listens; an address that cannot be used is told by the variable that gives it. */
export async function listen(http: HttpServer, port: number, host: string): Promise<number> {
  try {
    return (await http.listen(port, host)).port;
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
    throw portFaults[code] ? new Error(portFaults[code]) : error;
  }
}

const portFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: "PORT: another program listens on this port; set PORT to a free one",
  EACCES: "PORT: this user may not listen on it; set PORT to one from 1024 on",
  EADDRNOTAVAIL: "ESI_HOST: this machine has no such address",
  ENOTFOUND: "ESI_HOST: this machine has no such address",
};

/** The parts of a process in the order in which they stop last. */
export interface Parts {
  /** `prepare` is called when the process is told to stop, before the wait. */
  readonly add: (stop: () => Promise<void>, prepare?: () => void) => void;
  /** From now on nothing is ready; after the wait the parts stop, the newest one first. */
  readonly stop: (waitMilliseconds?: number) => Promise<void>;
}

export function startedParts(): Parts {
  const parts: { readonly stop: () => Promise<void>; readonly prepare?: () => void }[] = [];
  return {
    add: (stop, prepare) => void parts.push({ stop, prepare }),
    stop: async (waitMilliseconds = 0) => {
      for (const { prepare } of parts) prepare?.();
      await delay(waitMilliseconds);
      for (const { stop } of parts.splice(0).reverse()) await stop();
    },
  };
}
