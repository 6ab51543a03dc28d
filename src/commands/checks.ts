import { Decision } from "../member/decision";
import { ListedRow, StoredStream } from "../store/everyStream";
import { Finding } from "./tally";
import { workListRowsOf } from "./workListRows";

/** A member's stream as it is stored, and the decisions that its records say. */
export interface CheckedStream extends Omit<StoredStream, "decisions"> {
  readonly stored: StoredStream["decisions"];
  readonly decisions: readonly Decision[];
}

/** Looks at one member's stream, and says what is wrong. */
export type Check = (stream: CheckedStream) => Finding[];

/** The stored work list is what follows from the streams. */
const checkWorkList: Check = ({ decisions, listed }) => {
  const due = new Map(workListRowsOf(decisions).map((row) => [row.memberSequence, row]));
  const stored = new Map(listed.map((row) => [row.memberSequence, row]));
  const missing = [...due.values()].filter(({ memberSequence }) => !stored.has(memberSequence));
  return [
    ...missing.map(({ decisionId }) => ({ decisionId, what: "is missing on the work list" })),
    ...listed.flatMap((row) => faultOf(row, due.get(row.memberSequence))),
  ];
};

/** Every check that `esi verify` makes. */
export const checks: readonly Check[] = [checkWorkList];

function faultOf(row: ListedRow, due: ListedRow | undefined): Finding[] {
  const { decisionId } = row;
  if (!due) return [{ decisionId, what: "is on the work list and should not be" }];
  const wrong = [
    ...(decisionId === due.decisionId ? [] : ["decision_id"]),
    ...(row.causeSequence === due.causeSequence ? [] : ["cause_sequence"]),
    ...(row.causedAt === due.causedAt ? [] : ["caused_at"]),
  ];
  return wrong.length > 0
    ? [{ decisionId: due.decisionId, what: `is wrong on the work list: ${wrong.join(", ")}` }]
    : [];
}
