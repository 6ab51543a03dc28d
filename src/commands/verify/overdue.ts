import { promisedSeconds } from "../../ledger/receipt";

/** Whether entries that the log lacks are wrong once they are old: not before they are sealed on purpose. */
export type Overdue = "counts" | "isExpected";

/** Whether an entry had to be in the log by now. */
export function isOverdue({ ageSeconds }: { readonly ageSeconds: number }, overdue: Overdue): boolean {
  return overdue === "counts" && ageSeconds > promisedSeconds;
}
