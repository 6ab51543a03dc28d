import { meaningOf, parse } from "./commandLine";
import { instantOptionExpected, parseInstantOption } from "./instantOption";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { inDigits, rateOf, Walked, withProgress } from "./progress";
import { otherEngine } from "./replayRange";
import { findingsText, numbersTable } from "./summary";
import { countOf } from "./tally";
import { ReplayTask } from "./tasks";
import { walk } from "./walk";
import { workersOf, workersOption, workersUsage } from "./workers";

const usage = `Usage: esi replay [options]

Decides stored decisions again, each on its member's decisions before it and on the policy as it was, and
compares the records byte for byte. Exit status 0 where all are identical, 1 where any differs or cannot be
replayed.

  --from <time>      decided at this time or later: a date, or an instant such as 2026-03-02T10:15:30Z
  --to <time>        decided before this time
  --sample <share>   only this share of them, above 0 and up to 1; the same ones at each repetition
${workersUsage}`;

export async function replay(args: string[]): Promise<void> {
  const { task, workers } = readOptions(args);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    const walked = await withProgress("decisions", (onProgress) => walk({ url, task }, workers, onProgress));
    process.stdout.write(summary(walked));
    if (countOf(walked.tally, "identical") < countOf(walked.tally, "decisions")) process.exitCode = 1;
  });
}

function readOptions(args: string[]): { task: ReplayTask; workers: number } {
  const time = { type: "string" } as const;
  const options = { from: time, to: time, sample: { type: "string" }, ...workersOption } as const;
  const { values } = parse({ args, options }, usage);
  const from = meaningOf(values.from, parseInstantOption, `--from must be ${instantOptionExpected}`, usage);
  const to = meaningOf(values.to, parseInstantOption, `--to must be ${instantOptionExpected}`, usage);
  const shareExpected = "--sample must be a share above 0 and up to 1, such as 0.05";
  const share = meaningOf(values.sample, parseShare, shareExpected, usage) ?? 1;
  return { task: { kind: "replay", period: { from, to }, share }, workers: workersOf(values, usage) };
}

function parseShare(text: string): number | undefined {
  const share = /^[01]?(?:\.[0-9]{1,15})?$/.test(text) ? Number(text) : 0;
  return share > 0 && share <= 1 ? share : undefined;
}

function summary({ tally, seconds }: Walked): string {
  const decisions = countOf(tally, "decisions");
  if (decisions === 0) return "There is no such decision: nothing was replayed.\n";
  const engines = [...tally.counts].filter(([name]) => name.startsWith(otherEngine));
  return [
    numbersTable([
      ["decisions", decisions],
      ["identical", countOf(tally, "identical")],
      ["differing", countOf(tally, "differing")],
      ["not replayed", engines.reduce((sum, [, times]) => sum + times, 0)],
      ["rate", rateOf(decisions, seconds)],
    ]),
    ...engines.map(([name, times]) => `${inDigits(times)} by ${name}, which this program does not carry\n`),
    findingsText(tally, countOf(tally, "differing")),
  ].join("");
}
