import { uuidv7 } from "uuidv7";
import { Connection } from "../store/connection";
import { memberRanges } from "../store/everyStream";
import {
  eraseMember,
  Hindrance,
  membersWithDecisionsBefore,
  PurgeTerms,
  readStandings,
  retentionEnd,
} from "../store/purges";
import { count, Tally } from "./tally";

/** What is to be purged, and how. */
export interface Purging {
  readonly terms: PurgeTerms;
  /** False: it is only counted. */
  readonly isCarriedOut: boolean;
  /** Only these; absent: whoever has decisions that are old enough. */
  readonly memberIds?: readonly string[];
  readonly onStay: (memberId: string, hindrance: Hindrance) => void;
}

const membersAtOnce = 500;
const decisionsAtOnce = 2_000;

/**
 * Erases members one by one, each in a transaction of its own: killed anywhere, it has erased some whole and
 * left the others whole. What was done is counted in the tally as it happens.
 */
export async function purgeMembers(
  connection: Connection,
  purging: Purging,
  tally: Tally,
  onProgress: (soFar: Tally) => void,
): Promise<Tally> {
  const { terms, isCarriedOut, memberIds, onStay } = purging;
  const end = await retentionEnd(connection, terms.retentionYears);
  for await (const some of memberIds ? inParts(memberIds) : oldMembers(connection, end)) {
    for (const seen of await readStandings(connection, some, end)) {
      const isErased = isCarriedOut && seen.hindrance === undefined;
      const standing = isErased ? await eraseMember(connection, seen.memberId, terms, uuidv7()) : seen;
      const { memberId, decisionIds, hindrance } = standing;
      count(tally, hindrance ?? "members");
      if (hindrance) onStay(memberId, hindrance);
      else count(tally, "decisions", decisionIds.length);
    }
    onProgress(tally);
  }
  return tally;
}

async function* inParts(memberIds: readonly string[]): AsyncGenerator<readonly string[]> {
  for (let from = 0; from < memberIds.length; from += membersAtOnce)
    yield memberIds.slice(from, from + membersAtOnce);
}

async function* oldMembers(connection: Connection, end: string): AsyncGenerator<readonly string[]> {
  for await (const range of memberRanges(connection, decisionsAtOnce))
    yield await membersWithDecisionsBefore(connection, range, end);
}
