import { spinalRegions } from "../claim/claimSession";
import { Format } from "../claim/format";
import { identifier } from "../claim/identifier";
import { instantExpected, parseInstant } from "../claim/instant";
import { npi } from "../claim/npi";
import { parsePlainDate, plainDateExpected } from "../claim/plainDate";
import { procedureCode } from "../claim/procedureCode";
import { decisionDispositions, decisionKinds } from "../member/decision";
import { PolicyVersions, rulesOf } from "../policy/policyVersion";
import { DecisionFilter } from "../store/decisionFilter";

export type { DecisionFilter };
export type FilterPart = keyof DecisionFilter;

/** What is wrong with a filter: a part of it and what was expected there; without a part, of the whole. */
export interface FilterFault {
  readonly part?: FilterPart;
  /** To follow the words "must be". */
  readonly expected: string;
}

/** What a caller is told of a fault: the part by its name in a request, no value. */
export function filterFaultText({ part, expected }: FilterFault): string {
  return `${part === undefined ? "filter" : `filter.${part}`} must be ${expected}`;
}

type ReadFilter = { readonly filter: DecisionFilter } | { readonly faults: readonly FilterFault[] };

/** What is made of the value of a part; undefined where it means nothing. */
interface PartForm<T> {
  readonly expected: string;
  readonly parse: (value: unknown) => T | undefined;
}

type Forms = { readonly [Part in FilterPart]-?: PartForm<NonNullable<DecisionFilter[Part]>> };

/**
 * The filter that a value describes in the members of the contract's DecisionFilter, in one form for all ways
 * of writing it: null is the same as absent, as is `effectiveOnly: false`, and lists are sorted. A rule or a
 * version that there is none of is a fault: with nothing found under it an auditor would take a slip of the
 * pen for an answer.
 */
export function readDecisionFilter(given: unknown, versions: PolicyVersions): ReadFilter {
  const forms = formsOf(versions);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return { faults: [{ expected: `an object with any of ${Object.keys(forms).join(", ")}` }] };
  const strangers = Object.keys(given).filter((name) => !Object.hasOwn(forms, name));
  const faults: FilterFault[] =
    strangers.length > 0
      ? [{ expected: `an object with members of no other name than ${namesOf(forms)}` }]
      : [];
  const filter: Record<string, unknown> = {};
  for (const part of partsOf(forms)) {
    const value: unknown = Reflect.get(given, part);
    if (value === undefined || value === null) continue;
    const { expected, parse } = forms[part];
    filter[part] = parse(value);
    if (filter[part] === undefined) faults.push({ part, expected });
  }
  if (filter.effectiveOnly === false) delete filter.effectiveOnly;
  if (faults.length === 0) faults.push(...faultsOfRanges(filter as DecisionFilter));
  return faults.length > 0 ? { faults } : { filter: filter as DecisionFilter };
}

/** A range that nothing can be in is a mistake. */
function faultsOfRanges(filter: DecisionFilter): FilterFault[] {
  const { decidedFrom, decidedBefore, serviceFrom, serviceTo } = filter;
  const faults: FilterFault[] = [];
  if (decidedFrom && decidedBefore && decidedBefore <= decidedFrom)
    faults.push({ part: "decidedBefore", expected: "later than decidedFrom" });
  if (serviceFrom && serviceTo && serviceTo < serviceFrom)
    faults.push({ part: "serviceTo", expected: "serviceFrom or a later date" });
  return faults;
}

function formsOf(versions: PolicyVersions): Forms {
  const rules = new Set(versions.flatMap((version) => rulesOf(version).map(({ rule }) => rule.id)));
  return {
    memberId: written(identifier),
    claimNumber: written(identifier),
    dispositions: list(oneOf(decisionDispositions)),
    kinds: list(oneOf(decisionKinds)),
    failedRules: list(oneOf([...rules])),
    region: oneOf(spinalRegions),
    procedureCodes: list(written(procedureCode)),
    providerNpi: written(npi),
    policyVersionId: oneOf(versions.map(({ id }) => id)),
    decidedFrom: text(instantExpected, parseInstant),
    decidedBefore: text(instantExpected, parseInstant),
    serviceFrom: text(plainDateExpected, parsePlainDate),
    serviceTo: text(plainDateExpected, parsePlainDate),
    effectiveOnly: {
      expected: "true or false",
      parse: (value) => (typeof value === "boolean" ? value : undefined),
    },
  };
}

const mostOfList = 50;

function text<T>(expected: string, parse: (text: string) => T | undefined): PartForm<T> {
  return { expected, parse: (value) => (typeof value === "string" ? parse(value) : undefined) };
}

function written({ expected, accepts }: Format): PartForm<string> {
  return text(expected, (value) => (accepts(value) ? value : undefined));
}

function oneOf<Word extends string>(words: readonly Word[]): PartForm<Word> {
  return text(`one of ${words.join(", ")}`, (value) => words.find((word) => word === value));
}

function list<T>({ expected, parse }: PartForm<T>): PartForm<T[]> {
  return {
    expected: `a list of 1 to ${mostOfList}, each ${expected}`,
    parse: (value) => {
      if (!Array.isArray(value) || value.length === 0 || value.length > mostOfList) return undefined;
      const parsed = value.flatMap((one) => parse(one) ?? []);
      return parsed.length === value.length ? [...new Set(parsed)].sort() : undefined;
    },
  };
}

function partsOf(forms: Forms): FilterPart[] {
  return Object.keys(forms) as FilterPart[];
}

function namesOf(forms: Forms): string {
  return partsOf(forms).join(", ");
}
