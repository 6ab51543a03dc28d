import { spinalRegions } from "../claim/claimSession";
import { identifier } from "../claim/identifier";
import { instantExpected, parseInstant } from "../claim/instant";
import { npi } from "../claim/npi";
import { parsePlainDate, plainDateExpected } from "../claim/plainDate";
import { procedureCode } from "../claim/procedureCode";
import { decisionDispositions, decisionKinds } from "../member/decision";
import { PolicyVersions, rulesOf } from "../policy/policyVersion";
import { DecisionFilter } from "../store/decisionFilter";
import {
  FilterFault,
  PartForm,
  PartForms,
  readFilter,
  ReadFilter,
  textForm,
  writtenForm,
} from "./filterForm";

export type { DecisionFilter };
export type FilterPart = keyof DecisionFilter;

/**
 * The filter that a value describes in the members of the contract's DecisionFilter, in one form for all ways
 * of writing it: null is the same as absent, as is `effectiveOnly: false`, and lists are sorted. A rule or a
 * version that there is none of is a fault: with nothing found under it an auditor would take a slip of the
 * pen for an answer.
 */
export function readDecisionFilter(given: unknown, versions: PolicyVersions): ReadFilter<DecisionFilter> {
  const read = readFilter<DecisionFilter>(given, formsOf(versions), faultsOfRanges);
  if ("faults" in read) return read;
  const { effectiveOnly, ...filter } = read.filter;
  return { filter: { ...filter, ...(effectiveOnly && { effectiveOnly }) } };
}

/** A range that nothing can be in is a mistake. */
function faultsOfRanges(filter: DecisionFilter): FilterFault<FilterPart>[] {
  const { decidedFrom, decidedBefore, serviceFrom, serviceTo } = filter;
  const faults: FilterFault<FilterPart>[] = [];
  if (decidedFrom && decidedBefore && decidedBefore <= decidedFrom)
    faults.push({ part: "decidedBefore", expected: "later than decidedFrom" });
  if (serviceFrom && serviceTo && serviceTo < serviceFrom)
    faults.push({ part: "serviceTo", expected: "serviceFrom or a later date" });
  return faults;
}

function formsOf(versions: PolicyVersions): PartForms<DecisionFilter> {
  const rules = new Set(versions.flatMap((version) => rulesOf(version).map(({ rule }) => rule.id)));
  return {
    memberId: writtenForm(identifier),
    claimNumber: writtenForm(identifier),
    dispositions: list(oneOf(decisionDispositions)),
    kinds: list(oneOf(decisionKinds)),
    failedRules: list(oneOf([...rules])),
    region: oneOf(spinalRegions),
    procedureCodes: list(writtenForm(procedureCode)),
    providerNpi: writtenForm(npi),
    policyVersionId: oneOf(versions.map(({ id }) => id)),
    decidedFrom: textForm(instantExpected, parseInstant),
    decidedBefore: textForm(instantExpected, parseInstant),
    serviceFrom: textForm(plainDateExpected, parsePlainDate),
    serviceTo: textForm(plainDateExpected, parsePlainDate),
    effectiveOnly: {
      expected: "true or false",
      parse: (value) => (typeof value === "boolean" ? value : undefined),
    },
  };
}

const mostOfList = 50;

function oneOf<Word extends string>(words: readonly Word[]): PartForm<Word> {
  return textForm(`one of ${words.join(", ")}`, (value) => words.find((word) => word === value));
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
