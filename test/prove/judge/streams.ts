import { dateOf, dayNumber, monthsBefore } from "../../reference/calendar";
import { Evidence, identityOf, SeenDecision } from "../history";

/** The policy's numbers, written once more. */
const windowMonths = 12;
const mostSessions = 4;

/** I5: sequences run from 1 without a gap or a repeat, and time never goes back in them. */
export function isGapless({ decisions, rows }: Evidence): string[] {
  const lengths = new Map<string, number>();
  const misplaced = rows.filter(({ memberId, memberSequence }) => {
    const length = (lengths.get(memberId) ?? 0) + 1;
    lengths.set(memberId, length);
    return memberSequence !== length;
  });
  const early = [...decisions.values()].flatMap((stream) =>
    stream.filter(({ decidedAt }, place) => place > 0 && decidedAt < stream[place - 1].decidedAt),
  );
  return [
    ...misplaced.map(
      ({ id, memberSequence }) =>
        `decision ${id} has number ${memberSequence} in a stream with a gap or a repeat`,
    ),
    ...early.map(({ id }) => `decision ${id} was made before the one in front of it`),
  ];
}

/** I6: no window holds more than the limit. History and reviews may fill one beyond it. */
export function isWithinLimits({ decisions, withHistory }: Evidence): string[] {
  if (withHistory) return [];
  return [...decisions.values()].flatMap((stream) =>
    regions.flatMap((region) => {
      const dates = sessionsOf(stream, region);
      const overfilled = dates.filter((ends) => {
        const opens = dateOf(monthsBefore(dayNumber(ends), windowMonths));
        return dates.filter((date) => opens < date && date <= ends).length > mostSessions;
      });
      return overfilled.map((ends) => `the ${windowMonths} months to ${ends} hold more than the limit`);
    }),
  );
}

const regions = ["CERVICAL_THORACIC", "LUMBAR_SACRAL"] as const;

/** Days on which an effective decision allows something in the region. */
function sessionsOf(stream: readonly SeenDecision[], region: string): string[] {
  const superseded = new Set(stream.flatMap(({ supersedes }) => supersedes?.id ?? []));
  const counted = stream.filter(
    ({ id, lines }) =>
      !superseded.has(id) && lines.some((line) => line.region === region && line.unitsAllowed > 0),
  );
  return [...new Set(counted.map(({ dateOfService }) => dateOfService))];
}

/** I8: what was answered before something else was asked stands before it; and so do the inputs of a batch. */
export function isInRealTime(evidence: Evidence): string[] {
  const times = timesOf(evidence.sendings);
  const late = [...evidence.decisions.values()].flatMap((stream) => {
    // From the end: each must have been asked before the earliest answer to any behind it.
    let earliest = Infinity;
    return [...stream].reverse().flatMap(({ id }) => {
      const { invoked, answered } = times.get(id) ?? { invoked: -Infinity, answered: Infinity };
      const isLate = invoked > earliest;
      earliest = Math.min(earliest, answered);
      return isLate ? [`decision ${id} was asked for when one behind it had been answered`] : [];
    });
  });
  return [...late, ...outOfBatchOrder(evidence.sendings)];
}

function outOfBatchOrder(sendings: Evidence["sendings"]): string[] {
  const last = new Map<string, number>();
  return sendings.flatMap(({ request, memberId, payload }) => {
    if (!payload?.decision || payload.replayed) return [];
    const { id, memberSequence } = payload.decision;
    const before = last.get(`${request} ${memberId}`) ?? 0;
    last.set(`${request} ${memberId}`, memberSequence);
    return memberSequence > before ? [] : [`decision ${id} stands before one in front of it in its batch`];
  });
}

interface Times {
  readonly invoked: number;
  readonly answered: number;
}

/** When what a decision decides was sent first, and when it was first told. */
function timesOf(sendings: Evidence["sendings"]): Map<string, Times> {
  const invoked = new Map<string, number>();
  for (const sending of sendings) {
    const identity = identityOf(sending);
    invoked.set(identity, Math.min(invoked.get(identity) ?? Infinity, sending.invoked));
  }
  const times = new Map<string, Times>();
  for (const sending of sendings) {
    const id = sending.payload?.decision?.id;
    if (id === undefined) continue;
    const answered = Math.min(times.get(id)?.answered ?? Infinity, sending.returned);
    times.set(id, { invoked: invoked.get(identityOf(sending)) ?? 0, answered });
  }
  return times;
}
