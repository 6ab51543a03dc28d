import { ListedRow } from "../../store/everyStream";
import { workListRowsOf } from "../workListRows";
import { LogFinding } from "./finding";
import { ReadRow } from "./streamCheck";

/** The stored work list is what follows from the stream. */
export function workListFindings(links: readonly ReadRow[], listed: readonly ListedRow[]): LogFinding[] {
  const rows = workListRowsOf(decisionsOf(links));
  if (rows.length === 0 && listed.length === 0) return [];
  const due = new Map(rows.map((row) => [row.memberSequence, row]));
  const stored = new Set(listed.map(({ memberSequence }) => memberSequence));
  const places = new Map(links.map(({ row }) => [row.id, row.sealed?.leafIndex ?? null]));
  const found = (id: string, detail: string): LogFinding => {
    return { kind: "WORK_LIST_MISMATCH", leafIndex: places.get(id) ?? null, id, detail };
  };
  const missing = [...due.values()].filter(({ memberSequence }) => !stored.has(memberSequence));
  return [
    ...missing.map(({ decisionId }) => found(decisionId, "missing on the work list")),
    ...listed.flatMap((row) => {
      const expected = due.get(row.memberSequence);
      if (!expected) return found(row.decisionId, "on the work list and should not be");
      const names = differingColumns(row, expected);
      return names.length > 0 ? found(expected.decisionId, names.join(", ")) : [];
    }),
  ];
}

function decisionsOf(links: readonly ReadRow[]) {
  return links.flatMap(({ decision }) => decision ?? []);
}

function differingColumns(row: ListedRow, due: ListedRow): string[] {
  return [
    ...(row.decisionId === due.decisionId ? [] : ["decision_id"]),
    ...(row.causeSequence === due.causeSequence ? [] : ["cause_sequence"]),
    ...(row.causedAt === due.causedAt ? [] : ["caused_at"]),
  ];
}
