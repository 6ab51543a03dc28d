import fc from "fast-check";
import { spinalRegions } from "../../src/claim/claimSession";
import { Decision, decisionDispositions, decisionKinds } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { rulesOf } from "../../src/policy/policyVersion";
import { DecisionFilter } from "../../src/store/decisionFilter";

/** Whether a decision meets a filter, by what it says itself; `all` says what stands in the place of what. */
export function meets(decision: Decision, filter: DecisionFilter, all: readonly Decision[]): boolean {
  const { session, lines, memberId, memberSequence } = decision;
  const failed = lines.flatMap(({ findings }) => findings?.adverse ?? []).map(({ ruleId }) => ruleId);
  const isSuperseded = () =>
    all.some((other) => other.memberId === memberId && other.supersedes?.memberSequence === memberSequence);
  const isUnless = <Given>(given: Given | undefined, holds: (given: Given) => boolean) =>
    given === undefined || holds(given);
  return (
    isUnless(filter.memberId, (id) => memberId === id) &&
    isUnless(filter.claimNumber, (number) => session.claimNumber === number) &&
    isUnless(filter.dispositions, (some) => some.includes(decision.disposition)) &&
    isUnless(filter.kinds, (some) => some.includes(decision.kind)) &&
    isUnless(filter.failedRules, (some) => failed.some((rule) => some.includes(rule))) &&
    isUnless(filter.region, (region) => lines.some((line) => line.region === region)) &&
    isUnless(filter.procedureCodes, (some) => lines.some((line) => some.includes(line.procedureCode))) &&
    isUnless(filter.providerNpi, (npi) =>
      [session.billingProviderNpi, session.renderingProviderNpi].includes(npi),
    ) &&
    isUnless(filter.policyVersionId, (id) => decision.policyVersionId === id) &&
    isUnless(filter.decidedFrom, (from) => decision.decidedAt >= from) &&
    isUnless(filter.decidedBefore, (before) => decision.decidedAt < before) &&
    isUnless(filter.serviceFrom, (from) => session.dateOfService >= from) &&
    isUnless(filter.serviceTo, (to) => session.dateOfService <= to) &&
    !(filter.effectiveOnly && isSuperseded())
  );
}

/** All that meet a filter, in the order of deciding. */
export function naiveSearch(
  all: readonly Decision[],
  filter: DecisionFilter,
  isNewestFirst: boolean,
): Decision[] {
  const key = ({ decidedAt, id }: Decision) => `${decidedAt} ${id}`;
  const found = all.filter((decision) => meets(decision, filter, all));
  const oldestFirst = found.sort((one, other) => (key(one) < key(other) ? -1 : 1));
  return isNewestFirst ? oldestFirst.reverse() : oldestFirst;
}

/** Filters of any parts, with values that some of the decisions have, and some that none has. */
export function filtersFor(all: readonly Decision[]): fc.Arbitrary<DecisionFilter> {
  const valueOf = <Value>(part: (decision: Decision) => Value) => fc.constantFrom(...all).map(part);
  const some = <Value>(values: readonly Value[], maxLength = 3) =>
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength });
  const rules = rulesOf(molinaEsiVersions[0]).map(({ rule }) => rule.id);
  const parts = {
    memberId: valueOf(({ memberId }) => memberId),
    claimNumber: valueOf(({ session }) => session.claimNumber),
    dispositions: some(decisionDispositions),
    kinds: some(decisionKinds),
    failedRules: some(rules),
    region: fc.constantFrom(...spinalRegions),
    procedureCodes: some(["62321", "62323", "64483", "64484", "99213", "00000"]),
    providerNpi: valueOf(({ session }) => session.renderingProviderNpi ?? session.billingProviderNpi),
    policyVersionId: fc.constantFrom(molinaEsiVersions[0].id),
    decidedFrom: valueOf(({ decidedAt }) => decidedAt),
    decidedBefore: valueOf(({ decidedAt }) => decidedAt),
    serviceFrom: valueOf(({ session }) => session.dateOfService),
    serviceTo: valueOf(({ session }) => session.dateOfService),
    effectiveOnly: fc.boolean(),
  };
  const names = Object.keys(parts) as (keyof DecisionFilter)[];
  // A few parts at a time: with many of them next to nothing is found.
  return fc
    .tuple(fc.record(parts), fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 }))
    .map(
      ([whole, chosen]) => Object.fromEntries(chosen.map((name) => [name, whole[name]])) as DecisionFilter,
    );
}
