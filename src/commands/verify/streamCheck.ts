import { leafHashOf } from "../../ledger/leaf";
import { Decision } from "../../member/decision";
import { SealedPolicyVersion } from "../../policy/policyVersion";
import { SealedRow, SealedStream } from "../../store/sealedStreams";
import { parseObject } from "./canonicalForm";
import { contentFaults, Fault } from "./decisionCheck";
import { LogFinding } from "./finding";
import { isOverdue, Overdue } from "./overdue";
import { workListFindings } from "./workListCheck";

/** A row, what its record says, as far as it can be read, and the hash of its leaf's bytes. */
export interface ReadRow {
  readonly row: SealedRow;
  readonly decision?: Decision;
  readonly leafHash: Buffer;
}

/** Everything that is wrong with a member's decisions, and with its part of the work list. */
export function checkStream(
  { decisions: rows, listed }: SealedStream,
  versions: readonly SealedPolicyVersion[],
  overdue: Overdue,
): LogFinding[] {
  const links = rows.map((row): ReadRow => {
    return { row, decision: readDecision(row), leafHash: leafHashOf(row.leaf) };
  });
  const content = links.flatMap((link, place) => {
    const before = place === 0 ? undefined : links[place - 1];
    const previousLeafHash = before?.leafHash ?? null;
    const premises = { leafHash: link.leafHash, previousLeafHash, versions };
    return located(link.row, [
      ...contentFaults(link.row, link.decision, premises),
      ...orderFaults(link, before),
    ]);
  });
  // What follows from a stream that is not in order nobody can say.
  const list = content.length > 0 ? [] : workListFindings(links, listed);
  return [...content, ...placeFindings(rows, overdue), ...list];
}

/** What was written is canonical JSON of this shape; what was put in its place may be anything. */
function readDecision({ record }: SealedRow): Decision | undefined {
  return parseObject(record) as Decision | undefined;
}

/** The place in the stream, and the time. */
function orderFaults({ row, decision }: ReadRow, before: ReadRow | undefined): Fault[] {
  const isNext = row.memberSequence === (before?.row.memberSequence ?? 0) + 1;
  const [last, now] = [before?.decision?.decidedAt, decision?.decidedAt];
  const runsBack = last !== undefined && now !== undefined && now < last;
  return [
    ...(isNext ? [] : [{ kind: "SEQUENCE_GAP", detail: "decisions before it are not there" } as const]),
    ...(runsBack
      ? [{ kind: "TIME_ORDER", detail: "decided_at is before that of the last one" } as const]
      : []),
  ];
}

/** Every decision is in the log, those of a member in their order, and none is of a time to come. */
function placeFindings(rows: readonly SealedRow[], overdue: Overdue): LogFinding[] {
  const findings: LogFinding[] = [];
  let last = -1n;
  let isOneWaiting = false;
  for (const row of rows) {
    if (row.isAhead) findings.push(...located(row, [aheadOfClock]));
    const index = row.sealed && BigInt(row.sealed.leafIndex);
    if (index === undefined) {
      isOneWaiting = true;
      if (isOverdue(row, overdue)) findings.push(...located(row, [leafMissing]));
      continue;
    }
    if (index <= last || isOneWaiting) findings.push(...located(row, [outOfOrder]));
    isOneWaiting = false;
    if (index > last) last = index;
  }
  return findings;
}

export const leafMissing: Fault = {
  kind: "LEAF_MISSING",
  detail: "not in the log, and older than a minute or than the last leaf",
};
export const aheadOfClock: Fault = {
  kind: "TIME_ORDER",
  detail: "more than a minute ahead of the clock of the database",
};
const outOfOrder: Fault = { kind: "LOG_ORDER", detail: "in the log before an earlier one of its stream" };

/** The faults of a row, at its place. */
export function located(
  { id, sealed }: Pick<SealedRow, "id" | "sealed">,
  faults: readonly Fault[],
): LogFinding[] {
  return faults.map(({ kind, detail }) => ({ kind, leafIndex: sealed?.leafIndex ?? null, id, detail }));
}
