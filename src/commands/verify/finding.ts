/**
 * The kinds of what can be found wrong, those nearest to the cause first: at one place in the log a kind goes
 * before those that follow from it.
 */
export const findingKinds = [
  "BODY_MISMATCH",
  "COLUMN_MISMATCH",
  "NOT_CANONICAL",
  "LEAF_HASH_MISMATCH",
  "CHAIN_BROKEN",
  "SEQUENCE_GAP",
  "TIME_ORDER",
  "LOG_ORDER",
  "LOG_GAP",
  "DUPLICATE_ID",
  "LEAF_MISSING",
  "DECISION_MISSING",
  "PURGE_TOO_YOUNG",
  "POLICY_HASH_MISMATCH",
  "WORK_LIST_MISMATCH",
  "TILE_MISMATCH",
  "ROOT_MISMATCH",
  "TREE_BEHIND",
  "CHECKPOINT_INVALID",
  "CHECKPOINT_MISMATCH",
  "CHECKPOINT_MISSING",
  "RECEIPT_UNKEPT",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Something wrong, and where. It never holds a value of a record, nor anything of a member. */
export interface LogFinding {
  readonly kind: FindingKind;
  /** Decimal text; null where it has no place in the log. */
  readonly leafIndex: string | null;
  /** Of a decision, an entry of the register, a purge or a policy version. */
  readonly id: string | null;
  /** What differs, by the names of columns and parts. */
  readonly detail: string;
}

/** What was found: all of it is counted, what comes first in the log is kept. */
export interface Findings {
  number: number;
  first: LogFinding[];
}

/** So many are told. */
export const mostTold = 1_000;

export function newFindings(): Findings {
  return { number: 0, first: [] };
}

export function addFindings(findings: Findings, found: readonly LogFinding[], number = found.length): void {
  findings.number += number;
  for (const finding of found) findings.first.push(finding);
  if (findings.first.length > 2 * mostTold) findings.first = inLogOrder(findings.first);
}

/** Those to be told: the first bad thing of the log first, what has no place there last. */
export function inLogOrder(found: readonly LogFinding[]): LogFinding[] {
  return [...found].sort(byPlace).slice(0, mostTold);
}

function byPlace(one: LogFinding, other: LogFinding): number {
  return (
    compare(numberText(one.leafIndex), numberText(other.leafIndex)) ||
    findingKinds.indexOf(one.kind) - findingKinds.indexOf(other.kind) ||
    compare(one.id ?? "", other.id ?? "") ||
    compare(one.detail, other.detail)
  );
}

/** Text that orders as the number does; behind all of them where there is none. */
function numberText(leafIndex: string | null): string {
  return leafIndex === null ? "~" : leafIndex.padStart(19, "0");
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
