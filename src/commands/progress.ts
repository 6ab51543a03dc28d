import { countOf, newTally, Tally } from "./tally";

/** What came of a walk, and how long it took. */
export interface Walked {
  readonly tally: Tally;
  readonly seconds: number;
}

const pauseMilliseconds = 1_000;

/**
 * Tells the person at the terminal about once a second, and at the end, how many there are of what is counted
 * under the name, and the rate. A file or another program is spared that.
 */
export async function withProgress(
  noun: string,
  walk: (onProgress: (soFar: Tally) => void) => Promise<Tally>,
  terminal: Pick<NodeJS.WriteStream, "isTTY" | "write"> = process.stderr,
): Promise<Walked> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1_000;
  let latest = newTally();
  const show = (end: string) => {
    const number = countOf(latest, noun);
    if (terminal.isTTY) terminal.write(`\r${inDigits(number)} ${noun}, ${rateOf(number, seconds())}${end}`);
  };
  const showing = setInterval(() => show("  "), pauseMilliseconds);
  try {
    const tally = await walk((soFar) => {
      latest = soFar;
    });
    return { tally, seconds: seconds() };
  } finally {
    clearInterval(showing);
    show("  \n");
  }
}

export function rateOf(number: number, seconds: number): string {
  return `${inDigits(Math.round(number / Math.max(seconds, 0.001)))}/s`;
}

export function inDigits(number: number): string {
  return number.toLocaleString("en-US");
}
