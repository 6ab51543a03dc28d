import { guardedFolder } from "../cluster/guard";
import { tokenFor } from "../processes/serviceProcess";
import { startBuiltService } from "./builtService";
import { httpLoad } from "./httpLoad";
import { Answered, openLoad } from "./openLoad";
import { bodyFor } from "./submitting";
import { perSecond, quantile, Row } from "./table";

const port = 4_923;
const connections = 16;
const times = 5;
const secondsOfWarmingUp = 4;
const secondsOfRound = 4;
const rounds = 3;
const clients = ["one", "two", "three", "four", "five", "six"];

/**
 * Submissions at five times what the service can, whether or not they are answered, beside its peak just
 * before. The load generator has the same cores: what it sends five times as often is taken from the service.
 */
export async function measureOverload(): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  try {
    const service = await startBuiltService(folder.path, port);
    try {
      const tokens = await Promise.all(clients.map((client) => tokenFor(folder.path, client)));
      const { address } = service;
      let places = 0;
      const bodyOf = (): string => bodyFor(`O${places++}`);
      const peakOf = async (seconds: number): Promise<number> => {
        const load = await httpLoad(address, tokens[0] ?? "", connections, seconds, bodyOf);
        return load.count / load.seconds;
      };
      await peakOf(secondsOfWarmingUp);
      const rows: Row[] = [];
      for (let round = 1; round <= rounds; round++) {
        const peak = await peakOf(secondsOfRound);
        const offered = { perSecond: times * peak, seconds: secondsOfRound };
        rows.push(rowOf(round, peak, await openLoad({ address, tokens, bodyOf, ...offered })));
      }
      return rows;
    } finally {
      await service.close();
    }
  } finally {
    await folder.remove();
  }
}

function rowOf(round: number, peak: number, answers: readonly Answered[]): Row {
  const good = answers.filter(({ httpCode }) => httpCode === 200);
  const refused = answers.filter(({ httpCode }) => httpCode === 503 || httpCode === 429);
  const others = answers.length - good.length - refused.length;
  const inTime = good.filter(({ arrivedAt }) => arrivedAt <= secondsOfRound * 1_000);
  const goodput = inTime.length / secondsOfRound;
  const slowest = (some: readonly Answered[]): string =>
    some.length === 0
      ? "–"
      : `${quantile(
          some.map(({ milliseconds }) => milliseconds),
          0.99,
        ).toFixed(0)} ms`;
  const offered = perSecond(answers.length, secondsOfRound);
  return {
    what: `goodput at ${offered} offered, round ${round}`,
    measured:
      `${perSecond(goodput, 1)}, p99 ${slowest(good)}; ${refused.length} refused, p99 ${slowest(refused)}; ` +
      `${others} other answers`,
    floor: `${perSecond(peak, 1)} at its peak with ${connections} connections`,
    ratio: goodput / peak,
    aim: "ratio ≥ 0.8, no other answers",
  };
}
