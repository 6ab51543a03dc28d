import type { Logger } from "pino";
import { rootFieldNames } from "./graphql/schema";
import type { Check } from "./http/readiness";
import { type ObserveHttp, requestLog } from "./http/requestRecord";
import { createMetrics, Metrics } from "./metrics/metrics";
import { molinaEsiVersions } from "./policy/molinaEsi";
import type { Sealer } from "./sealer/sealer";
import { Database } from "./store/dataSource";
import { poolUse } from "./store/poolUse";
import { isMigrated } from "./store/schemaVersion";
import { isWritable } from "./store/writable";

/** What is told of a process's work goes to its metrics, and of its requests to its log too. */
export interface Watching extends Pick<Metrics, "observeCase" | "observeSealer"> {
  /** Settings of the HTTP server. */
  readonly http: { readonly observe: ObserveHttp; readonly metrics: () => Promise<string> };
}

export function watching(database: Database, log: Logger): Watching {
  const { observeCase, observeSealer, observeHttp, text } = createMetrics({
    policyVersions: molinaEsiVersions,
    operations: rootFieldNames(),
    pool: () => poolUse(database),
  });
  const logRequest = requestLog(log);
  const observe: ObserveHttp = (seen) => {
    observeHttp(seen);
    logRequest(seen);
  };
  return { observeCase, observeSealer, http: { observe, metrics: text } };
}

/**
 * What readiness takes of the parts beside the server. A schema that lacks nothing will never lack anything:
 * migrations go forward only, and this program may run beside a newer one.
 */
export function readinessChecks(database: Database, sealer: Pick<Sealer, "isAlive">): Check[] {
  let isComplete = false;
  return [
    { name: "database", passes: () => isWritable(database) },
    { name: "schema", passes: async () => (isComplete ||= await isMigrated(database)) },
    { name: "sealer", passes: sealer.isAlive },
  ];
}
