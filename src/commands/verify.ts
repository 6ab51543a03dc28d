import { parse } from "./commandLine";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { rateOf, Walked, withProgress } from "./progress";
import { findingsText, numbersTable } from "./summary";
import { countOf } from "./tally";
import { walk } from "./walk";
import { workersOf, workersOption, workersUsage } from "./workers";

const usage = `Usage: esi verify [options]

Checks that what is stored beside the decisions follows from them: the work list is that of every member's
stream. Exit status 0 where it is, 1 where anything is wrong.

${workersUsage}`;

export async function verify(args: string[]): Promise<void> {
  const workers = workersOf(parse({ args, options: workersOption }, usage).values, usage);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    const setting = { url, task: { kind: "verify" } } as const;
    const walked = await withProgress("decisions", (onProgress) => walk(setting, workers, onProgress));
    process.stdout.write(summary(walked));
    if (countOf(walked.tally, "findings") > 0) process.exitCode = 1;
  });
}

function summary({ tally, seconds }: Walked): string {
  const findings = countOf(tally, "findings");
  const advice = "The work list is built anew by the command rebuild-work-list.\n";
  return [
    numbersTable([
      ["members", countOf(tally, "members")],
      ["decisions", countOf(tally, "decisions")],
      ["candidates", countOf(tally, "candidates")],
      ["wrong", findings],
      ["rate", rateOf(countOf(tally, "decisions"), seconds)],
    ]),
    findingsText(tally, findings),
    findings > 0 ? advice : "",
  ].join("");
}
