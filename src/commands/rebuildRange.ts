import { Connection } from "../store/connection";
import { ListedRow, readStreams, StoredRecord } from "../store/everyStream";
import { replaceWorkList } from "../store/workListBuild";
import { decisionsIn } from "./storedDecisions";
import { count, newTally } from "./tally";
import { Visitor } from "./tasks";
import { workListRowsOf } from "./workListRows";

/** Puts the work list of the members in the place of what is stored of it. */
export function rebuildVisitor(connection: Connection): Visitor {
  return async (range) => {
    const streams = await readStreams(connection, range);
    const candidates = await replaceWorkList(connection, range, streams, workListOf);
    const tally = newTally();
    count(tally, "members", streams.filter(({ decisions }) => decisions.length > 0).length);
    count(tally, "candidates", candidates);
    return tally;
  };
}

function workListOf(stored: readonly StoredRecord[]): ListedRow[] {
  const decisions = decisionsIn(stored);
  const unreadable = stored.at(decisions.length);
  if (unreadable) throw new Error(`decision ${unreadable.id} has a record that cannot be read`);
  return workListRowsOf(decisions);
}
