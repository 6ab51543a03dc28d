import { Database } from "../store/dataSource";
import { refuseUnlessOwner } from "../store/owner";
import { isWorkListBuilt, recordWorkListBuild } from "../store/workListBuild";
import { parse } from "./commandLine";
import { onDatabase, refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { rateOf, Walked, withProgress } from "./progress";
import { numbersTable } from "./summary";
import { countOf, Tally } from "./tally";
import { walk } from "./walk";
import { defaultWorkers, workersOf, workersOption, workersUsage } from "./workers";

const usage = `Usage: esi rebuild-work-list [options]

Builds the work list of all members anew from their decisions. The service may go on meanwhile.

${workersUsage}`;

export async function rebuildWorkList(args: string[]): Promise<void> {
  const workers = workersOf(parse({ args, options: workersOption }, usage).values, usage);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    await onDatabase(url, (database) => refuseUnlessOwner(database, "rebuild-work-list"));
    const walked = await withProgress("members", (onProgress) =>
      onDatabase(url, (database) => build(url, database, workers, onProgress)),
    );
    process.stdout.write(summary(walked));
  });
}

/** The first build after an upgrade: decisions stored by a version without a work list are not on it yet. */
export async function buildMissingWorkList(url: string, database: Database): Promise<void> {
  if (!(await isWorkListBuilt(database))) await build(url, database, defaultWorkers());
}

async function build(
  url: string,
  database: Database,
  workers: number,
  onProgress?: (soFar: Tally) => void,
): Promise<Tally> {
  const tally = await walk({ url, task: { kind: "rebuild" } }, workers, onProgress);
  const [members, candidates] = [countOf(tally, "members"), countOf(tally, "candidates")];
  await recordWorkListBuild(database, { members, candidates });
  return tally;
}

function summary({ tally, seconds }: Walked): string {
  const members = countOf(tally, "members");
  return numbersTable([
    ["members", members],
    ["candidates", countOf(tally, "candidates")],
    ["members' rate", rateOf(members, seconds)],
  ]);
}
