import { setTimeout as delay } from "node:timers/promises";
import { Ruling } from "../adjudication/decide";
import { refuse, Refusal } from "../adjudication/refusal";
import { importSessions, SessionToImport } from "../cases/importSessions";
import { DecidingService } from "../cases/service";
import { Unavailable } from "../cases/unavailable";
import { Fault } from "../claim/claimForm";
import { readHistoricalSessionLine } from "../graphql/inputs/historicalSessionLine";
import { FileLine } from "./fileLines";
import { count, Tally } from "./tally";

/** A line that was not loaded, and why. Nothing in the refusals repeats what the line holds. */
export interface RefusedLine {
  readonly line: FileLine;
  readonly refusals: readonly Refusal[];
}

/** So many lines are a part of the file, and so many parts are held at once. */
const linesOfPart = 1_000;
const partsAtOnce = 3;
/**
 * Lanes, each with a statement at a time. A member keeps to its lane, which ends at its first failure: so its
 * sessions are taken in the file's order.
 */
export const importConnections = 4;
/** Before each new attempt where the database cannot serve. */
const pausesMilliseconds = [500, 1_000, 2_000, 4_000, 8_000, 16_000];

/** What the lines are imported with. */
export interface Importing {
  readonly clientId: string;
  readonly service: DecidingService;
  /** Counts `lines`, of these `imported`, `imported before` and `refused`. */
  readonly tally: Tally;
  readonly onProgress: (soFar: Tally) => void;
}

/** Loads sessions line by line, and hands out those that are refused in the order of the file. */
export async function* importLines(
  lines: AsyncIterable<FileLine>,
  importing: Importing,
): AsyncGenerator<RefusedLine> {
  const lanes = Array.from({ length: importConnections }, () => Promise.resolve());
  const begun: Promise<RefusedLine[]>[] = [];
  for await (const part of inParts(lines)) {
    const outcome = importPart(part, lanes, importing);
    // It is waited for below, in its turn; until then nobody takes its failure.
    outcome.catch(() => undefined);
    begun.push(outcome);
    if (begun.length === partsAtOnce) yield* (await begun.shift()) ?? [];
  }
  for (const outcome of begun) yield* await outcome;
}

interface ReadLine {
  readonly line: FileLine;
  readonly session?: SessionToImport;
  readonly refusals: readonly Refusal[];
}

async function* inParts(lines: AsyncIterable<FileLine>): AsyncGenerator<ReadLine[]> {
  let part: ReadLine[] = [];
  for await (const line of lines) {
    part.push(readLine(line));
    if (part.length < linesOfPart) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function readLine(line: FileLine): ReadLine {
  if (line.fault !== undefined)
    return { line, refusals: [invalid({ field: [], message: `the line ${line.fault}` })] };
  const read = readHistoricalSessionLine(line.text);
  return "faults" in read
    ? { line, refusals: read.faults.map(invalid) }
    : { line, session: read.value, refusals: [] };
}

function invalid({ field, message }: Fault): Refusal {
  return refuse("INVALID_INPUT", field, message);
}

async function importPart(
  part: readonly ReadLine[],
  lanes: Promise<void>[],
  { clientId, service, tally, onProgress }: Importing,
): Promise<RefusedLine[]> {
  const rulings = new Map<ReadLine, Ruling>();
  for (const [lane, some] of apartByMember(part, lanes.length).entries()) {
    lanes[lane] = lanes[lane].then(async () => {
      const sessions = some.flatMap(({ session }) => session ?? []);
      const ruled = await whileUnavailable(() => importSessions(sessions, clientId, service));
      some.forEach((line, place) => rulings.set(line, ruled[place]));
    });
  }
  await Promise.all(lanes);
  const refused = part.flatMap((read) => {
    const ruling = rulings.get(read);
    if (ruling && ruling.kind !== "refused")
      count(tally, ruling.kind === "decided" ? "imported" : "imported before");
    const refusals = ruling?.kind === "refused" ? ruling.refusals : read.refusals;
    return refusals.length > 0 ? { line: read.line, refusals } : [];
  });
  count(tally, "lines", part.length);
  count(tally, "refused", refused.length);
  onProgress(tally);
  return refused;
}

/** The lines that hold a session, those of one member always in the same lane. */
function apartByMember(part: readonly ReadLine[], lanes: number): ReadLine[][] {
  const apart = Array.from({ length: lanes }, (): ReadLine[] => []);
  for (const line of part) if (line.session) apart[laneOf(line.session.session.memberId, lanes)].push(line);
  return apart;
}

function laneOf(memberId: string, lanes: number): number {
  let sum = 0;
  for (let place = 0; place < memberId.length; place++)
    sum = (sum * 31 + memberId.charCodeAt(place)) % 65_521;
  return sum % lanes;
}

/** A database that is started again is waited for: under their keys, sessions are loaded once. */
async function whileUnavailable<T>(act: () => Promise<T>): Promise<T> {
  for (const milliseconds of pausesMilliseconds) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await delay(milliseconds);
    }
  }
  return act();
}
