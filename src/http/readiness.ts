import type { ObserveHttp } from "./requestRecord";

/** The words for what can be in the way of readiness. */
export const checkNames = ["draining", "overloaded", "database", "schema", "sealer"] as const;
export type CheckName = (typeof checkNames)[number];

/** A check that fails, or stays out, counts as one that does not pass. */
export interface Check {
  readonly name: CheckName;
  readonly passes: () => boolean | Promise<boolean>;
}

/** True, or the word for what is in the way. */
export type Readiness = true | CheckName;

/** A check that has not ended by then is asked anew: its connection may be one that never answers. */
const givenUpMilliseconds = 5_000;

/**
 * Asks the checks in their order, and no more after one that does not pass. However many ask at once, each
 * check is under way once.
 */
export function readinessBy(
  checks: readonly Check[],
  limitMs: number,
  observe: ObserveHttp,
): () => Promise<Readiness> {
  const shared = checks.map(({ name, passes }) => ({ name, passes: underWayOnce(passes) }));
  const firstFailing = async (): Promise<CheckName | undefined> => {
    const end = performance.now() + limitMs;
    for (const { name, passes } of shared) if (!(await within(end - performance.now(), passes))) return name;
    return undefined;
  };
  return async () => {
    const failing = await firstFailing();
    observe({ what: "readiness", failing });
    return failing ?? true;
  };
}

function underWayOnce(passes: Check["passes"]): () => Promise<boolean> {
  let underWay: { result: Promise<boolean>; startedAt: number } | undefined;
  return () => {
    const now = performance.now();
    if (underWay && now - underWay.startedAt < givenUpMilliseconds) return underWay.result;
    const asked = { result: Promise.resolve().then(passes), startedAt: now };
    const forget = (): void => {
      if (underWay === asked) underWay = undefined;
    };
    asked.result.then(forget, forget);
    underWay = asked;
    return asked.result;
  };
}

function within(limitMs: number, passes: () => Promise<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    const settle = (doesPass: boolean): void => {
      clearTimeout(timer);
      resolve(doesPass);
    };
    passes().then(settle, () => settle(false));
  });
}
