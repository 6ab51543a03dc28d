import { Counter, Histogram, Registry } from "prom-client";
import { refusalCodes } from "../adjudication/refusal";
import { CaseSeen, ObserveCase } from "../cases/seen";
import { decisionDispositions, decisionKinds } from "../member/decision";
import { PolicyVersion, rulesOf } from "../policy/policyVersion";
import { among } from "./among";

const none = "none";

/** Counts what the use cases tell. */
export function countCases(registry: Registry, policyVersions: readonly PolicyVersion[]): ObserveCase {
  const countDecision = decisionCounters(registry, policyVersions);
  const registers = [registry];
  const refusals = new Counter({
    name: "esi_refusals_total",
    help: "Inputs refused, by code; a refusal stores nothing",
    labelNames: ["code"],
    registers,
  });
  refusalCodes.forEach((code) => refusals.inc({ code }, 0));
  const plain = (name: string, help: string) => new Counter({ name, help, registers });
  const replays = plain("esi_idempotent_replays_total", "Inputs answered with a decision stored before");
  const attempts = plain("esi_write_attempts_total", "Rounds of reading streams, deciding and storing");
  const conflicts = plain("esi_write_conflicts_total", "Streams that had another next link by then");
  const unknown = plain("esi_unknown_outcomes_total", "Connections lost while rows were sent");
  const times = timesOf(registry);
  return (seen: CaseSeen) => {
    if (seen.what === "decided") countDecision(seen);
    else if (seen.what === "refused") refusals.inc({ code: seen.code });
    else if (seen.what === "replayed") replays.inc();
    else if (seen.what === "attempted") attempts.inc();
    else if (seen.what === "conflicted") conflicts.inc(seen.streams);
    else if (seen.what === "outcomeUnknown") unknown.inc();
    else times[seen.what].observe(seen.milliseconds / 1_000);
  };
}

type Decided = Extract<CaseSeen, { what: "decided" }>;

function decisionCounters(registry: Registry, versions: readonly PolicyVersion[]): (seen: Decided) => void {
  const registers = [registry];
  const stored = new Counter({
    name: "esi_decisions_stored_total",
    help: "Decisions stored, each once",
    labelNames: ["kind", "disposition"],
    registers,
  });
  const byRule = new Counter({
    name: "esi_decisions_total",
    help: "Decisions stored, once for each rule that was not met or undetermined, or once with rule none",
    labelNames: ["kind", "disposition", "rule", "policy_version"],
    registers,
  });
  const kindOf = among(decisionKinds);
  const dispositionOf = among(decisionDispositions);
  const ruleOf = among([none, ...versions.flatMap((version) => rulesOf(version).map(({ rule }) => rule.id))]);
  const versionOf = among([none, ...versions.map(({ id }) => id)]);
  return ({ kind, disposition, failedRules, policyVersionId = none }) => {
    const what = { kind: kindOf(kind), disposition: dispositionOf(disposition) };
    stored.inc(what);
    for (const rule of failedRules.length > 0 ? failedRules : [none])
      byRule.inc({ ...what, rule: ruleOf(rule), policy_version: versionOf(policyVersionId) });
  };
}

/** Deciding takes microseconds, waiting for a hot member up to the deadline. */
function timesOf(registry: Registry): Record<"adjudicated" | "waited", Histogram> {
  const registers = [registry];
  return {
    adjudicated: new Histogram({
      name: "esi_adjudication_seconds",
      help: "Running the rules on one request, each time that it is decided",
      buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05],
      registers,
    }),
    waited: new Histogram({
      name: "esi_member_queue_wait_seconds",
      help: "From the arrival of requests to the head of their members' queues",
      buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8],
      registers,
    }),
  };
}
