import { guardedFolder } from "../cluster/guard";
import { tokenFor } from "../processes/serviceProcess";
import { startBuiltService } from "./builtService";
import { httpLoad } from "./httpLoad";
import { openLoad, type Timed } from "./openLoad";
import { openConnections } from "./posting";
import { startRefusingServer } from "./refusing";
import { bodyFor } from "./submitting";
import { perSecond, quantile, Row } from "./table";

const port = 4_923;
const connections = 16;
const connectionsOfOverload = 600;
const times = 5;
const secondsOfWarmingUp = 4;
const secondsOfRound = 4;
const rounds = 5;
const clients = ["one", "two", "three", "four", "five", "six"];

/**
 * Submissions at five times what the service can, whether or not they are answered, beside its peak just before, and
 * beside what is left of the peak where a plain server of its own refuses the four parts too many: the load
 * generator and the refusals have the same cores as the service and its database.
 */
export async function measureOverload(): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  const refusing = await startRefusingServer();
  try {
    const service = await startBuiltService(folder.path, port);
    try {
      const tokens = await Promise.all(clients.map((client) => tokenFor(folder.path, client)));
      const peak = peakOf(service.address, tokens);
      await peak(secondsOfWarmingUp);
      const turns: Turn[] = [];
      for (let round = 1; round <= rounds; round++) {
        turns.push(await measureTurn({ address: service.address, beside: refusing.address, tokens, peak }));
      }
      return turns.map(rowOf);
    } finally {
      await service.close();
    }
  } finally {
    await refusing.close();
    await folder.remove();
  }
}

let places = 0;
const bodyOf = (): string => bodyFor(`O${places++}`);

function peakOf(address: string, [token = ""]: readonly string[]) {
  return async (seconds: number): Promise<number> => {
    const load = await httpLoad(address, token, connections, seconds, bodyOf);
    return load.count / load.seconds;
  };
}

interface Measured {
  readonly address: string;
  /** The plain server that refuses. */
  readonly beside: string;
  readonly tokens: readonly string[];
  readonly peak: (seconds: number) => Promise<number>;
}

interface Turn {
  readonly peak: number;
  /** The same where all that is too much goes to a plain server. */
  readonly peakBeside: number;
  readonly answers: readonly Timed[];
}

async function measureTurn({ address, beside, tokens, peak: measurePeak }: Measured): Promise<Turn> {
  const send = async (to: string, requestsPerSecond: number): Promise<Timed[]> => {
    const open = await openConnections(to, connectionsOfOverload);
    const load = { perSecond: requestsPerSecond, seconds: secondsOfRound };
    const answers = await openLoad({ connections: open, tokens, bodyOf, ...load });
    await open.close();
    return answers;
  };
  const peak = await measurePeak(secondsOfRound);
  const [peakBeside] = await Promise.all([measurePeak(secondsOfRound), send(beside, (times - 1) * peak)]);
  return { peak, peakBeside, answers: await send(address, times * peak) };
}

function rowOf({ peak, peakBeside, answers }: Turn, place: number): Row {
  const good = answers.filter(({ httpCode }) => httpCode === 200);
  const refused = answers.filter(({ httpCode }) => httpCode === 503 || httpCode === 429);
  const others = answers.length - good.length - refused.length;
  const inTime = good.filter(({ sinceStart }) => sinceStart <= secondsOfRound * 1_000);
  const goodput = inTime.length / secondsOfRound;
  const offered = perSecond(answers.length, secondsOfRound);
  return {
    what: `goodput at ${offered} offered, round ${place + 1}`,
    measured:
      `${perSecond(goodput, 1)}, p99 ${slowest(good)}; ${refused.length} refused, p99 ${slowest(refused)}; ` +
      `${others} other answers`,
    floor:
      `${perSecond(peak, 1)} at its peak with ${connections} connections; ` +
      `${perSecond(peakBeside, 1)} while a plain server refuses the rest (${(goodput / peakBeside).toFixed(2)})`,
    ratio: goodput / peak,
    aim: "ratio ≥ 0.8, refusals ≤ 50 ms, no other answers",
  };
}

function slowest(some: readonly Timed[]): string {
  if (some.length === 0) return "–";
  return `${quantile(
    some.map(({ milliseconds }) => milliseconds),
    0.99,
  ).toFixed(0)} ms`;
}
