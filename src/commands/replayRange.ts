import { createHash } from "node:crypto";
import { reproducedEngines } from "../adjudication/engineVersion";
import { Premises, replay, StoredDecision } from "../adjudication/replay";
import { KnownExceptions, registerUpTo } from "../cases/exceptions";
import { Decision } from "../member/decision";
import { ExceptionRegister } from "../policy/exceptionRegister";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { MemberRange, readStreams, StoredRecord, StoredStream } from "../store/everyStream";
import { readExceptions } from "../store/exceptions";
import { Queryable } from "../store/queryable";
import { decisionsIn } from "./storedDecisions";
import { count, newTally, note, Tally } from "./tally";
import { ReplayTask, Visitor } from "./tasks";

/** Replays the decisions that are asked for, each on the stream before it, and counts what comes of it. */
export function replayVisitor({ period, share }: ReplayTask, database: Queryable): Visitor {
  const known: KnownExceptions = { register: [] };
  const isAsked = ({ id, isInPeriod }: StoredRecord) => isInPeriod && isInSample(id, share);
  return async (range: MemberRange) => {
    const tally = newTally();
    const streams = (await readStreams(database, range, period)).map((stored) => askedOf(stored, isAsked));
    const register = await registerOf(streams, known, database);
    for (const stream of streams) replayStream(stream, register, tally);
    return tally;
  };
}

/** A stream as far as it is needed, and the places in it that are to be replayed. */
interface AskedStream {
  readonly stored: readonly StoredRecord[];
  readonly decisions: readonly Decision[];
  readonly places: readonly number[];
}

function askedOf({ decisions: all }: StoredStream, isAsked: (stored: StoredRecord) => boolean): AskedStream {
  const places = all.flatMap((stored, place) => (isAsked(stored) ? place : []));
  const stored = all.slice(0, (places.at(-1) ?? -1) + 1);
  return { stored, decisions: decisionsIn(stored), places };
}

/** The same decisions at each repetition, whatever else there is. */
function isInSample(id: string, share: number): boolean {
  if (share === 1) return true;
  return createHash("sha256").update(id).digest().readUInt32BE() < share * 2 ** 32;
}

/** As much of the register of exceptions as the decisions had read; it may have grown since the last look. */
async function registerOf(
  streams: readonly AskedStream[],
  known: KnownExceptions,
  database: Queryable,
): Promise<ExceptionRegister> {
  let sequence = 0;
  for (const { decisions } of streams)
    for (const { exceptionSequence } of decisions)
      if (Number.isSafeInteger(exceptionSequence)) sequence = Math.max(sequence, exceptionSequence ?? 0);
  await registerUpTo(sequence, known, async (after) => (await readExceptions(database, after)).entries);
  return known.register;
}

function replayStream(
  { stored, decisions, places }: AskedStream,
  register: ExceptionRegister,
  tally: Tally,
): void {
  for (const place of places) {
    count(tally, "decisions");
    const { id, record } = stored[place];
    const decision = decisions.at(place);
    const premises = { before: decisions.slice(0, place), versions: molinaEsiVersions, register };
    if (decision && isOfOtherEngine(decision)) {
      count(tally, `${otherEngine}${decision.engineVersion}`);
      continue;
    }
    const what = decision ? differenceOf({ decision, record }, premises) : unreadable(place, decisions);
    count(tally, what === undefined ? "identical" : "differing");
    if (what !== undefined) note(tally, { decisionId: id, what });
  }
}

/** Decisions of engines that this program does not carry are counted by the version. */
export const otherEngine = "engine ";

/** A version is told as it is written, so it must be one. */
function isOfOtherEngine({ engineVersion }: Decision): boolean {
  return /^(?:[0-9]{1,4}\.){2}[0-9]{1,4}$/.test(engineVersion) && !reproducedEngines.includes(engineVersion);
}

/** The paths where the decision differs; undefined where it does not. */
function differenceOf(stored: StoredDecision, premises: Premises): string | undefined {
  try {
    const { identical, differences } = replay(stored, premises);
    return identical ? undefined : [...new Set(differences.map(({ path }) => pathText(path)))].join(", ");
  } catch (error) {
    // A record of another shape than ours; the message may hold what it says.
    return `cannot be decided again from what is stored (${error instanceof Error ? error.name : "failure"})`;
  }
}

function unreadable(place: number, { length }: readonly Decision[]): string {
  return place === length ? "the record cannot be read" : "a record before it in the stream cannot be read";
}

/** A record that was tampered with may hold anything in the place of a name. */
function pathText(path: string): string {
  if (path === "") return "the whole record";
  return /^[A-Za-z]+(?:[.[\]A-Za-z]|(?<=\[)[0-9]{1,3}(?=\]))*$/.test(path) ? path : "a name of no decision";
}
