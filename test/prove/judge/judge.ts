import type { Evidence } from "../history";
import { isDecidedByPolicy } from "./decidedByModel";
import { hasNoGhosts, isDurable, isOnce, isReplayedEqually } from "./kept";
import { isSealed } from "./log";
import { isProven } from "./proofs";
import { isMonotone } from "./reads";
import { isSilent } from "./silence";
import { isGapless, isInRealTime, isWithinLimits } from "./streams";

/** What must hold of every run; each tells where it does not. */
export const invariants: Readonly<Record<string, (evidence: Evidence) => string[]>> = {
  I1: isDurable,
  I2: isOnce,
  I3: hasNoGhosts,
  I4: isReplayedEqually,
  I5: isGapless,
  I6: isWithinLimits,
  I7: isDecidedByPolicy,
  I8: isInRealTime,
  I9: isMonotone,
  I10: (evidence) => [...isSealed(evidence), ...isProven(evidence)],
  I11: isSilent,
};

export function findingsOf(evidence: Evidence): string[] {
  return Object.entries(invariants).flatMap(([name, finds]) =>
    finds(evidence).map((finding) => `${name}: ${finding}`),
  );
}
