import { promisedSeconds } from "../../ledger/receipt";

/** Whether entries that the log lacks are wrong once they are old: not before they are sealed on purpose. */
export type Overdue = "counts" | "isExpected";

/** From which time on everything is told old, and whether that matters. */
export interface Due {
  readonly overdue: Overdue;
  /** By the clock of the database, before anything was read. */
  readonly asOf: Date;
}

interface Waiting {
  readonly ageSeconds: number;
  readonly isPassed: boolean;
}

/** Whether an entry had to be in the log by now; it may claim any time, but not come before the last leaf. */
export function isOverdue({ ageSeconds, isPassed }: Waiting, overdue: Overdue): boolean {
  return overdue === "counts" && (isPassed || ageSeconds > promisedSeconds);
}

/** What was made before it was promised to be kept. */
export function dueBefore(asOf: Date): Date {
  return new Date(asOf.getTime() - promisedSeconds * 1_000);
}
