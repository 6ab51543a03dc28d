import { Counter, Gauge, Registry } from "prom-client";
import { alarmCodes } from "../sealer/alarms";
import { LogProgress, ObserveSealer } from "../sealer/seen";

/** Counts what the sealer tells; its measures are as old as its watch, which runs every ten seconds. */
export function countSealing(registry: Registry): ObserveSealer {
  const registers = [registry];
  const alarms = new Counter({
    name: "esi_sealer_alarms_total",
    help: "Alarms of the sealer, once a minute while the cause lasts",
    labelNames: ["code"],
    registers,
  });
  alarmCodes.forEach((code) => alarms.inc({ code }, 0));
  const failures = new Counter({
    name: "esi_sealer_failures_total",
    help: "Passes of the sealer, or parts of one, that failed and are repeated",
    registers,
  });
  let passedAt: number | undefined;
  gaugeOf(registry, "esi_sealer_pass_age_seconds", "Since the sealer's last pass ended", () =>
    passedAt === undefined ? undefined : secondsSince(passedAt),
  );
  const measure = progressGauges(registry);
  return (seen) => {
    if (seen.what === "alarmed") alarms.inc({ code: seen.code });
    else if (seen.what === "failed") failures.inc();
    else if (seen.what === "passed") passedAt = performance.now();
    else measure(seen);
  };
}

function progressGauges(registry: Registry): (progress: LogProgress) => void {
  let last: (LogProgress & { readonly at: number }) | undefined;
  gaugeOf(
    registry,
    "esi_seal_lag_seconds",
    "Age of the oldest entry not sealed, when last measured; 0 where none waits",
    () => last?.lagSeconds,
  );
  gaugeOf(registry, "esi_log_tree_size", "Entries of the log, when last measured", () =>
    last === undefined ? undefined : Number(last.treeSize),
  );
  gaugeOf(registry, "esi_checkpoint_age_seconds", "Since the newest checkpoint was signed", () =>
    last?.checkpointAgeSeconds === undefined ? undefined : last.checkpointAgeSeconds + secondsSince(last.at),
  );
  return (progress) => (last = { ...progress, at: performance.now() });
}

/** A gauge that is absent as long as there is nothing to show. */
function gaugeOf(registry: Registry, name: string, help: string, read: () => number | undefined): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      const value = read();
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1_000;
}
