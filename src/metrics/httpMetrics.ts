import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { errorKinds } from "../http/errors";
import { checkNames } from "../http/readiness";
import type { HttpSeen, ObserveHttp, RequestRecord } from "../http/requestRecord";
import { among } from "./among";

/** An operation that asks for several root fields would else count, and take its time, several times. */
const operationWords = ["export", "access-log", "introspection", "several", "invalid", "none"] as const;
const faultsOfDocuments: ReadonlySet<string> = new Set([
  ...["BAD_REQUEST", "BAD_USER_INPUT", "TOO_COMPLEX", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"],
]);

/** Counts what the server tells. */
export function countRequests(registry: Registry, operations: readonly string[]): ObserveHttp {
  const registers = [registry];
  const requests = new Counter({
    name: "esi_requests_total",
    help: "Requests by root field and gravest error code, OK without one, CUT where the caller was gone",
    labelNames: ["operation", "code"],
    registers,
  });
  const seconds = new Histogram({
    name: "esi_request_seconds",
    help: "From the head of a request to the last byte of its answer, by root field; none turned away",
    labelNames: ["operation"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const observeReadiness = readinessMetrics(registry);
  const knownOperation = among([...operations, ...operationWords]);
  const knownCode = among(["OK", "CUT", ...Object.keys(errorKinds)]);
  return (seen: HttpSeen) => {
    if (seen.what === "readiness") return observeReadiness(seen.failing);
    if (seen.what === "turnedAway")
      return requests.inc({ operation: "none", code: "UNAVAILABLE" }, seen.requests);
    const operation = knownOperation(operationOf(seen.request));
    requests.inc({ operation, code: knownCode(codeOf(seen.request)) });
    seconds.observe({ operation }, seen.request.milliseconds / 1_000);
  };
}

function operationOf({ path, fields, errorCodes: [code] }: RequestRecord): string {
  if (path !== "/graphql") return path.slice(1);
  if (fields === undefined) return code !== undefined && faultsOfDocuments.has(code) ? "invalid" : "none";
  const [field = "none", ...others] = fields;
  if (others.length > 0) return "several";
  return field.startsWith("__") ? "introspection" : field;
}

function codeOf({ errorCodes: [code], isCut }: RequestRecord): string {
  return code ?? (isCut ? "CUT" : "OK");
}

function readinessMetrics(registry: Registry): (failing: string | undefined) => void {
  const registers = [registry];
  const ready = new Gauge({
    name: "esi_readiness",
    help: "1 where GET /readyz last said ready, else 0; absent until it is asked",
    registers,
  });
  ready.remove();
  const failures = new Counter({
    name: "esi_readiness_failures_total",
    help: "Answers of GET /readyz that said not ready, by the check that did not pass",
    labelNames: ["check"],
    registers,
  });
  checkNames.forEach((check) => failures.inc({ check }, 0));
  return (failing) => {
    ready.set(failing === undefined ? 1 : 0);
    if (failing !== undefined) failures.inc({ check: failing });
  };
}
