import { LeafPart, NamedLeaf, nameLeaves, readLeaves } from "../../store/logWalk";
import { Queryable } from "../../store/queryable";
import { addFindings, Findings } from "./finding";
import { readLeaf, timeOf } from "./leafCheck";

/** Clocks of processes may differ by so much, and a transaction may last so long. */
const mostRunningBackMilliseconds = 60_000;

/** The newest time of the leaves that come before a size; of them the last ones are enough. */
export async function newestTimeBefore(database: Queryable, size: bigint, leaves: number): Promise<number> {
  const from = size > BigInt(leaves) ? size - BigInt(leaves) : 0n;
  const part = size > 0n ? await readLeaves(database, from, Number(size - from)) : undefined;
  const times = part?.entries.filter((entry) => typeof entry === "number") ?? [];
  return times.reduce((newest, time) => Math.max(newest, time), -Infinity);
}

/**
 * For each leaf there is a row, or one that says that it was purged; and their times do not run back along
 * the log. Answers the newest time so far.
 */
export async function checkEntries(
  database: Queryable,
  part: LeafPart,
  newestBefore: number,
  findings: Findings,
): Promise<number> {
  const rowless = part.entries.flatMap((entry, place) => (typeof entry === "string" ? place : []));
  const named = await nameLeaves(database, part, rowless);
  const times: (number | undefined)[] = part.entries.map((entry) =>
    typeof entry === "number" ? entry : undefined,
  );
  named.forEach((leaf, place) => {
    if (part.entries[rowless[place]] === "purged") times[rowless[place]] = purgedTime(leaf);
    else missing(leaf, findings);
  });
  await checkHashes(database, part, findings);
  return checkTimes(database, part, { times, newestBefore }, findings);
}

function purgedTime({ leaf }: NamedLeaf): number | undefined {
  const read = leaf ? readLeaf(leaf) : undefined;
  return read && timeOf(read.words);
}

function missing({ leafIndex, entryId: id, source }: NamedLeaf, findings: Findings): void {
  const detail = `no row of ${source} and of no purge`;
  addFindings(findings, [{ kind: "DECISION_MISSING", leafIndex, id, detail }]);
}

/** Of an entry with one leaf its own check says it; with more it may have met another of them. */
async function checkHashes(database: Queryable, part: LeafPart, findings: Findings): Promise<void> {
  for (const { leafIndex, entryId: id, isRepeated } of await nameLeaves(database, part, part.differing)) {
    const detail = "a leaf of an entry that has others, with another hash than the entry";
    if (isRepeated) addFindings(findings, [{ kind: "LEAF_HASH_MISMATCH", leafIndex, id, detail }]);
  }
}

interface Times {
  readonly times: readonly (number | undefined)[];
  readonly newestBefore: number;
}

async function checkTimes(
  database: Queryable,
  part: LeafPart,
  { times, newestBefore }: Times,
  findings: Findings,
): Promise<number> {
  let newest = newestBefore;
  const back: number[] = [];
  times.forEach((time, place) => {
    if (time === undefined) return;
    if (time < newest - mostRunningBackMilliseconds) back.push(place);
    newest = Math.max(newest, time);
  });
  const named = await nameLeaves(database, part, back);
  addFindings(
    findings,
    named.map(({ leafIndex, entryId: id }) => {
      return { kind: "TIME_ORDER", leafIndex, id, detail: "more than a minute before an earlier leaf" };
    }),
  );
  return newest;
}
