import fc from "fast-check";
import type { PolicyExceptionInput } from "../reference/contract";

const keyed = fc.constantFrom(
  { source: "FEDERAL" } as const,
  { source: "STATE", key: "TX" } as const,
  { source: "STATE", key: "TX" } as const,
  { source: "STATE", key: "OH" } as const,
  { source: "BENEFIT_PLAN", key: "PLAN" } as const,
  { source: "PROVIDER_CONTRACT", key: "CONTRACT" } as const,
);

/** Looser and stricter than the policy, and now and then the same in other words. */
const setting = fc.constantFrom(
  { parameter: "sessionsPerRegion", value: '[{"months":12,"sessions":6}]' },
  { parameter: "sessionsPerRegion", value: '[{"sessions":6, "months":12}]' },
  { parameter: "sessionsPerRegion", value: '[{"months":6,"sessions":1}]' },
  { parameter: "sessionsPerRegion", value: '[{"months":3,"sessions":1},{"months":12,"sessions":3}]' },
  { parameter: "regionsPerSession", value: "2" },
  { parameter: "transforaminalLevels", value: "3" },
  { parameter: "transforaminalLevels", value: "1" },
  { parameter: "interlaminarLevels", value: " 2" },
);

export const lastDay = fc.constantFrom("2023-12-31", "2024-12-31", "2025-02-28", "2025-05-11", "2025-05-12");

export const declared: fc.Arbitrary<PolicyExceptionInput> = fc
  .record({
    keyed,
    setting,
    effectiveFrom: fc.constantFrom("2021-12-12", "2024-01-01", "2025-01-01", "2025-05-12"),
    effectiveTo: fc.oneof(fc.constantFrom(undefined, null), lastDay),
    citation: fc.constantFrom("Notice 7", "Notice 7", "Notice 8"),
  })
  .map(({ keyed: by, setting: set, effectiveTo, ...rest }) => {
    const isInOrder = !effectiveTo || rest.effectiveFrom <= effectiveTo;
    return { ...by, ...set, ...rest, effectiveTo: isInOrder ? effectiveTo : undefined };
  });
