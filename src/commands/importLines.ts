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

/** So many lines are held at once, and as many more are read meanwhile. */
const linesAtOnce = 1_000;
/** Statements at once. Members do not cross from one to the other, so theirs stay in the file's order. */
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
  for await (const some of oneAhead(inParts(lines))) {
    const { tally, onProgress } = importing;
    const refused = await importSome(some, importing);
    count(tally, "lines", some.length);
    count(tally, "refused", refused.length);
    onProgress(tally);
    yield* refused;
  }
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
    if (part.length < linesAtOnce) continue;
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

/** Reads the next one while the one before is worked on. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  for (let { value, done } = await next; !done; { value, done } = await next) {
    next = source.next();
    // It is waited for later; until then nobody takes its failure.
    next.catch(() => undefined);
    yield value;
  }
}

async function importSome(lines: readonly ReadLine[], importing: Importing): Promise<RefusedLine[]> {
  const rulings = new Map<ReadLine, Ruling>();
  await Promise.all(
    apartByMember(lines).map(async (some) => {
      const sessions = some.flatMap(({ session }) => session ?? []);
      const ruled = await whileUnavailable(() =>
        importSessions(sessions, importing.clientId, importing.service),
      );
      some.forEach((line, place) => rulings.set(line, ruled[place]));
    }),
  );
  for (const { kind } of rulings.values())
    if (kind !== "refused") count(importing.tally, kind === "decided" ? "imported" : "imported before");
  return lines.flatMap((read) => {
    const ruling = rulings.get(read);
    const refusals = ruling?.kind === "refused" ? ruling.refusals : read.refusals;
    return refusals.length > 0 ? { line: read.line, refusals } : [];
  });
}

function apartByMember(lines: readonly ReadLine[]): ReadLine[][] {
  const parts = Array.from({ length: importConnections }, (): ReadLine[] => []);
  const places = new Map<string, number>();
  for (const line of lines) {
    const memberId = line.session?.session.memberId;
    if (memberId === undefined) continue;
    const place = places.get(memberId) ?? places.size % parts.length;
    places.set(memberId, place);
    parts[place].push(line);
  }
  return parts;
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
