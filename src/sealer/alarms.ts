import { Logger } from "pino";
import { ObserveSealer } from "./seen";

/** What an operator must look at. Decisions go on all the same. */
export const alarmCodes = ["FORK", "CLUSTER_CHANGED", "SEAL_LAG", "NOT_PUBLISHED", "KEYS_ENDED"] as const;
export type AlarmCode = (typeof alarmCodes)[number];

const meanings: Readonly<Record<AlarmCode, string>> = {
  FORK: "the log in the database does not continue the published checkpoints: nothing more is signed",
  CLUSTER_CHANGED:
    "the database was restored into another cluster: nothing is sealed until esi verify --rebase",
  SEAL_LAG: "a decision has waited for more than a minute to be sealed: is a transaction left open?",
  NOT_PUBLISHED: "for more than a minute no checkpoint could be signed and published",
  KEYS_ENDED: "the keys that this process signs the log with sign no more: start it again with others",
};

const quietMilliseconds = 60_000;

/** Tells the log of the process, the same thing at most once a minute. */
export interface Alarms {
  readonly raise: (code: AlarmCode, reason?: string) => void;
  readonly failed: (error: unknown) => void;
}

export function alarmsTo(log: Logger, observe: ObserveSealer): Alarms {
  const toldAt = new Map<string, number>();
  const isDue = (what: string): boolean => {
    const now = performance.now();
    if (now - (toldAt.get(what) ?? -Infinity) < quietMilliseconds) return false;
    toldAt.set(what, now);
    return true;
  };
  return {
    raise: (code, reason) => {
      if (!isDue(code)) return;
      observe({ what: "alarmed", code });
      log.error({ code, ...(reason !== undefined && { reason }) }, meanings[code]);
    },
    failed: (error) => {
      observe({ what: "failed" });
      const code = codeOf(error);
      if (isDue(`failed ${code}`)) log.warn({ code }, "a pass of the sealer failed; it will be repeated");
    },
  };
}

/** The message of an error may hold anything. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown";
}
