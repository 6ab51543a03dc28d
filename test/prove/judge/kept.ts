import { isDeepStrictEqual } from "node:util";
import { Evidence, identityOf, keyOf, Row, SeenDecision, Sending } from "../history";

/** I1: what was answered is on file, byte for byte as it was told; and the API shows what the database holds. */
export function isDurable({ sendings, decisions, rows, unreadable }: Evidence): string[] {
  const shown = new Map([...decisions.values()].flat().map((decision) => [decision.id, decision]));
  const timesOnFile = countedBy(rows, ({ id }) => id);
  const told = sendings.flatMap(({ payload }) => payload?.decision ?? []);
  const lost = told.flatMap((decision) => {
    const times = timesOnFile.get(decision.id) ?? 0;
    if (times !== 1) return [`an answered decision is on file ${times} times`];
    const later = shown.get(decision.id);
    const isSame =
      later &&
      textOf(later) === textOf(decision) &&
      (!decision.audit || isDeepStrictEqual(later.audit, decision.audit));
    return isSame ? [] : [`decision ${decision.id} is shown otherwise than it was answered`];
  });
  const hidden = rows.filter(({ id, leafHash }) => shown.get(id)?.audit?.leafHash !== leafHash);
  const unread = unreadable.map((what) => `reading back fails: ${what}`);
  return [...unread, ...lost, ...hidden.map(({ id }) => `the API does not show the row of decision ${id}`)];
}

/** I2: a key, and a claim on a date of service, was decided once. */
export function isOnce({ rows }: Evidence): string[] {
  const claims = rows.filter(({ kind }) => kind !== "REVIEW");
  const doubled = [
    ...countedBy(rows, ({ memberId, client, idempotencyKey }) => [memberId, client, idempotencyKey].join()),
    ...countedBy(claims, ({ memberId, claimNumber, dateOfService }) =>
      [memberId, claimNumber, dateOfService].join(),
    ),
  ].filter(([, times]) => times > 1);
  return doubled.map(([what, times]) => `${what} is on file ${times} times`);
}

/** I3: nothing is on file but what was sent, and not refused. */
export function hasNoGhosts({ sendings, rows }: Evidence): string[] {
  const results = new Map<string, Set<string>>();
  for (const sending of sendings) {
    const identity = identityOf(sending);
    results.set(identity, (results.get(identity) ?? new Set()).add(sending.result));
  }
  const reviewed = new Map(
    sendings.flatMap((sending) => (sending.input.kind === "review" ? [[keyOf(sending), sending]] : [])),
  );
  return rows.flatMap((row) => {
    const told = results.get(identityOfRow(row, reviewed));
    if (!told) return [`decision ${row.id} was never asked for`];
    return told.has("ok") || told.has("unknown") ? [] : [`decision ${row.id} was refused, and is on file`];
  });
}

function identityOfRow(row: Row, reviewed: ReadonlyMap<string, Sending>): string {
  const key = [row.memberId, row.client, row.idempotencyKey].join("\n");
  const review = row.kind === "REVIEW" ? reviewed.get(key) : undefined;
  return review ? identityOf(review) : `${key}\n${row.claimNumber}`;
}

/** I4: whoever asks again with the same key is given the same decision. */
export function isReplayedEqually({ sendings }: Evidence): string[] {
  const answers = new Map<string, string>();
  return sendings.flatMap((sending) => {
    const decision = sending.payload?.decision;
    if (!decision) return [];
    const text = textOf(decision);
    const first = answers.get(keyOf(sending)) ?? text;
    answers.set(keyOf(sending), first);
    return first === text ? [] : [`decision ${decision.id} answers a key that another answer was given for`];
  });
}

function countedBy<T>(values: readonly T[], nameOf: (value: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(nameOf(value), (counts.get(nameOf(value)) ?? 0) + 1);
  return counts;
}

/** Without what only some requests ask for. */
function textOf({ audit: _, ...decision }: SeenDecision): string {
  return JSON.stringify(decision);
}
