import { plainDate } from "../../src/claim/plainDate";
import { Dated, Entry } from "../../src/policy/dated";
import { molinaOverview } from "../../src/policy/documents";
import { molinaEsi } from "../../src/policy/molinaEsi";
import { DatedPolicy, PolicyVersions, versionsOf } from "../../src/policy/policyVersion";
import type { PolicyVersionTerms } from "../reference/contract";

const known = new Map<string, PolicyVersions>();

/** The policy with further versions, newest first. */
export function versionsWith(terms: readonly PolicyVersionTerms[]): PolicyVersions {
  const ids = terms.map(({ id }) => id).join();
  const versions = known.get(ids) ?? versionsOf(terms.reduce(withVersion, molinaEsi));
  known.set(ids, versions);
  return versions;
}

function withVersion(policy: DatedPolicy, { effectiveFrom, parameters }: PolicyVersionTerms): DatedPolicy {
  const entry = <T>(value: T): Entry<T> => ({
    effectiveFrom: plainDate(effectiveFrom),
    value,
    cites: [molinaOverview(1)],
  });
  const { sessionsPerRegion, regionsPerSession, transforaminalLevels, interlaminarLevels } =
    policy.parameters;
  return {
    ...policy,
    parameters: {
      sessionsPerRegion: newestFirst(entry(parameters.sessionsPerRegion), sessionsPerRegion),
      regionsPerSession: newestFirst(entry(parameters.regionsPerSession), regionsPerSession),
      transforaminalLevels: newestFirst(entry(parameters.transforaminalLevels), transforaminalLevels),
      interlaminarLevels: newestFirst(entry(parameters.interlaminarLevels), interlaminarLevels),
    },
  };
}

function newestFirst<T>(added: Entry<T>, [first, ...others]: Dated<T>): Dated<T> {
  const entries = [added, first, ...others].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? 1 : -1,
  );
  return [entries[0], ...entries.slice(1)];
}
