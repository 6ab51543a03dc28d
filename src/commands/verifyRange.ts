import { readStreams, StoredStream } from "../store/everyStream";
import { Queryable } from "../store/queryable";
import { Check, CheckedStream, checks } from "./checks";
import { decisionsIn } from "./storedDecisions";
import { count, Finding, newTally, note, Tally } from "./tally";
import { Visitor } from "./tasks";

/** Makes every check on each member's stream, and counts what is found. */
export function verifyVisitor(database: Queryable): Visitor {
  return async (range) => {
    const tally = newTally();
    for (const stored of await readStreams(database, range)) verifyStream(stored, tally);
    return tally;
  };
}

function verifyStream({ decisions: stored, ...member }: StoredStream, tally: Tally): void {
  const decisions = decisionsIn(stored);
  const unreadable = stored.at(decisions.length);
  const findings = unreadable
    ? [{ decisionId: unreadable.id, what: "has a record that cannot be read" }]
    : checks.flatMap((check) => carriedOut(check, { ...member, stored, decisions }));
  if (stored.length > 0) count(tally, "members");
  count(tally, "decisions", stored.length);
  count(tally, "candidates", member.listed.length);
  count(tally, "findings", findings.length);
  for (const finding of findings) note(tally, finding);
}

/** Records of another shape than ours stop a check; the message may hold what they say. */
function carriedOut(check: Check, stream: CheckedStream): Finding[] {
  try {
    return check(stream);
  } catch (error) {
    const name = error instanceof Error ? error.name : "failure";
    const [{ id: decisionId }] = stream.stored;
    return [{ decisionId, what: `begins a stream that cannot be checked (${name})` }];
  }
}
