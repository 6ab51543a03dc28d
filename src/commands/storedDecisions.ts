import { Decision } from "../member/decision";
import { StoredRecord } from "../store/everyStream";
import { parseRecord } from "../store/record";

/** The decisions that records say, up to the first that cannot be read. */
export function decisionsIn(stored: readonly StoredRecord[]): Decision[] {
  const decisions: Decision[] = [];
  for (const { record } of stored) {
    const decision = readRecord(record);
    if (!decision) break;
    decisions.push(decision);
  }
  return decisions;
}

/** What a database holds may have been tampered with: of that, only that it is no decision is said. */
function readRecord(record: string): Decision | undefined {
  try {
    const decision: Decision | null = parseRecord(record);
    return typeof decision === "object" ? (decision ?? undefined) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
