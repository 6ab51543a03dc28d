import { canonicalJson } from "./canonicalJson";
import type {
  ConsideredException,
  ExceptionSource,
  LineOfBusiness,
  PolicyException,
  PolicyParameters,
  PolicyVersionTerms,
} from "./contract";

export const MOLINA_ESI_2021: PolicyVersionTerms = {
  id: "molina-esi@2021-12-12",
  effectiveFrom: "2021-12-12",
  parameters: {
    sessionsPerRegion: [{ months: 12, sessions: 4 }],
    regionsPerSession: 1,
    transforaminalLevels: 2,
    interlaminarLevels: 1,
  },
};

/** The newest version whose effective date is not after the date; null if there is none. */
export function versionInForce(versions: PolicyVersionTerms[], date: string): PolicyVersionTerms | null {
  let newest: PolicyVersionTerms | null = null;
  for (const version of versions) {
    if (version.effectiveFrom > date) continue;
    if (newest === null || version.effectiveFrom > newest.effectiveFrom) newest = version;
  }
  return newest;
}

const SOURCES_FROM_THE_HIGHEST: ExceptionSource[] = ["FEDERAL", "STATE", "BENEFIT_PLAN", "PROVIDER_CONTRACT"];

export interface ExceptionKeys {
  stateOfService?: string | null;
  benefitPlanId?: string | null;
  providerContractId?: string | null;
}

function keyMatches(exception: PolicyException, keys: ExceptionKeys): boolean {
  switch (exception.source) {
    case "FEDERAL":
      return true;
    case "STATE":
      return exception.key === keys.stateOfService;
    case "BENEFIT_PLAN":
      return exception.key === keys.benefitPlanId;
    case "PROVIDER_CONTRACT":
      return exception.key === keys.providerContractId;
  }
}

/**
 * Those that hold on a date for a state, plan and contract: by parameter, then from the highest source down.
 */
export function consideredExceptions(
  declared: PolicyException[],
  date: string,
  keys: ExceptionKeys,
): ConsideredException[] {
  const held = declared.filter(
    (exception) =>
      exception.effectiveFrom <= date &&
      (exception.effectiveTo === null || date <= exception.effectiveTo) &&
      keyMatches(exception, keys),
  );
  const rank = (exception: PolicyException): number => SOURCES_FROM_THE_HIGHEST.indexOf(exception.source);
  const ordered = [...held].sort((one, other) =>
    one.parameter === other.parameter ? rank(one) - rank(other) : one.parameter < other.parameter ? -1 : 1,
  );
  return ordered.map((exception) => ({
    exception,
    applied: exception === ordered.find((other) => other.parameter === exception.parameter),
  }));
}

export function parametersUnder(
  version: PolicyVersionTerms,
  considered: ConsideredException[],
): PolicyParameters {
  const parameters = { ...version.parameters };
  for (const { exception, applied } of considered) {
    if (applied) Object.assign(parameters, { [exception.parameter]: JSON.parse(exception.value) });
  }
  return parameters;
}

type ReasonCodes = [group: "CO" | "OA", carc: string, ...rarcs: string[]];

const REASONS: Record<string, { medicare: ReasonCodes; others: ReasonCodes }> = {
  "ESI-DUPLICATE": { medicare: ["OA", "18"], others: ["OA", "18"] },
  "ESI-ADD-ON (absent primary)": { medicare: ["CO", "107", "N122"], others: ["CO", "107", "N122"] },
  "ESI-INTERLAMINAR-SIDE": { medicare: ["CO", "4", "N519"], others: ["CO", "4", "N519"] },
  "ESI-ASC-BILATERAL": { medicare: ["CO", "4", "N519"], others: ["CO", "4", "N519"] },
  "ESI-UNITS": { medicare: ["CO", "151", "N362", "N115"], others: ["CO", "151", "N362"] },
  "ESI-ADD-ON (denied primary)": { medicare: ["CO", "B15", "N674"], others: ["CO", "B15", "N674"] },
  "ESI-LEVELS": { medicare: ["CO", "151", "N362", "N115"], others: ["CO", "273", "N362"] },
  "ESI-FREQUENCY": { medicare: ["CO", "151", "N115", "N702"], others: ["CO", "273", "N640", "N702"] },
  "ESI-REGION": { medicare: ["CO", "50", "N115"], others: ["CO", "272"] },
};

/**
 * Group, CARC and RARCs with which a row of the evaluation order denies; the row may add a remark of its own.
 */
export function reasonFor(
  row: string,
  lineOfBusiness: LineOfBusiness,
  remark: string | null,
): { group: "CO" | "OA"; carc: string; rarcs: string[] } {
  const reasons = REASONS[row];
  if (reasons === undefined) throw new Error(`${row} denies nothing`);
  const [group, carc, ...rarcs] = lineOfBusiness === "MEDICARE" ? reasons.medicare : reasons.others;
  return { group, carc, rarcs: remark === null ? rarcs : [...rarcs, remark] };
}

/** The readings on which a rule relies. */
export const READINGS_OF_RULE: Record<string, string[]> = {
  "ESI-DUPLICATE": [],
  "ESI-DISCONTINUED": ["I-14"],
  "ESI-ADD-ON": ["I-16"],
  "ESI-INTERLAMINAR-SIDE": ["I-08"],
  "ESI-ASC-BILATERAL": [],
  "ESI-UNITS": ["I-08", "I-18"],
  "ESI-LEVELS": ["I-04", "I-10", "I-11", "I-18"],
  "ESI-FREQUENCY": ["I-01", "I-02", "I-03", "I-07", "I-09"],
  "ESI-REGION": ["I-05", "I-17"],
};
export const READINGS_OF_EVERY_ADJUDICATION = ["I-06", "I-13", "I-15"];
export const READING_OF_MIXED_APPROACH = "I-12";

/** Equal in every field, the value as canonical JSON. */
export function isSameDeclaration(one: PolicyException, other: PolicyException): boolean {
  const textOf = ({ id: _id, declaredAt: _at, declaredBy: _by, value, ...others }: PolicyException): string =>
    canonicalJson({ ...others, value: canonicalJson(JSON.parse(value)) });
  return textOf(one) === textOf(other);
}

/** Same source, key and parameter, and a day on which both would hold. */
export function isOverlapping(one: PolicyException, other: PolicyException): boolean {
  const beginsInTime = (first: PolicyException, second: PolicyException): boolean =>
    second.effectiveTo === null || first.effectiveFrom <= second.effectiveTo;
  return (
    one.source === other.source &&
    one.key === other.key &&
    one.parameter === other.parameter &&
    beginsInTime(one, other) &&
    beginsInTime(other, one)
  );
}
