import { collectDefaultMetrics, Registry } from "prom-client";
import { ObserveCase } from "../cases/seen";
import type { ObserveHttp } from "../http/requestRecord";
import { PolicyVersion } from "../policy/policyVersion";
import { ObserveSealer } from "../sealer/seen";
import { PoolUse } from "../store/poolUse";
import { countCases } from "./caseMetrics";
import { countRequests } from "./httpMetrics";
import { readPool } from "./poolMetrics";
import { countSealing } from "./sealerMetrics";

/** The closed lists that labels take their values from, and what is asked for at each scrape. */
export interface MetricsSetting {
  readonly policyVersions: readonly PolicyVersion[];
  /** The names of the root fields of the schema. */
  readonly operations: readonly string[];
  readonly pool: () => PoolUse;
}

/** The numbers of one service: what it tells goes in, Prometheus' text format comes out. */
export interface Metrics {
  readonly registry: Registry;
  readonly observeCase: ObserveCase;
  readonly observeHttp: ObserveHttp;
  readonly observeSealer: ObserveSealer;
  /** However many ask at once, the numbers are collected once. */
  readonly text: () => Promise<string>;
}

/** A registry of its own for each service; with Node's own metrics beside ours. */
export function createMetrics({ policyVersions, operations, pool }: MetricsSetting): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  readPool(registry, pool);
  let collecting: Promise<string> | undefined;
  return {
    registry,
    observeCase: countCases(registry, policyVersions),
    observeHttp: countRequests(registry, operations),
    observeSealer: countSealing(registry),
    text: () => (collecting ??= registry.metrics().finally(() => (collecting = undefined))),
  };
}
