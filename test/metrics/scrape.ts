import { ServedService } from "../graphql/servedOverHttp";

/** The samples of a scrape by name and labels, as they are written. */
export type Samples = ReadonlyMap<string, number>;

export async function scrape({ url }: Pick<ServedService, "url">): Promise<Samples> {
  return samplesOf(await textOfMetrics(url));
}

export async function textOfMetrics(url: string): Promise<string> {
  return (await fetch(new URL("/metrics", url))).text();
}

function samplesOf(text: string): Samples {
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(" ");
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The samples of some metrics that are not 0. */
export function counted(samples: Samples, ...names: readonly string[]): Record<string, number> {
  const isWanted = ([sample, value]: readonly [string, number]) =>
    value !== 0 && names.includes(sample.split("{")[0]);
  return Object.fromEntries([...samples].filter(isWanted));
}
