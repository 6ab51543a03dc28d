import { Evidence, Read } from "../history";

/** I9: a reader sees what was answered before it asked, and what it has once seen; the past stays as it was. */
export function isMonotone({ sendings, reads }: Evidence): string[] {
  const answered = [...sendings]
    .filter(({ payload }) => payload?.decision)
    .sort((one, other) => one.returned - other.returned);
  const ofNow = reads.filter(({ asKnownAt }) => asKnownAt === null);
  const stale = ofNow.filter((read) => {
    const shown = new Set(read.decisionIds);
    return answered.some(
      ({ memberId, returned, payload }) =>
        memberId === read.memberId && returned < read.invoked && !shown.has(payload?.decision?.id ?? ""),
    );
  });
  return [
    ...stale.map(() => "a read lacks a decision that had been answered before"),
    ...shrunk(ofNow).map(() => "a reader was shown less than before"),
    ...changedPast(reads).map(() => "the past was shown otherwise than before"),
  ];
}

function shrunk(reads: readonly Read[]): Read[] {
  const inOrder = [...reads].sort((one, other) => one.returned - other.returned);
  return inOrder.filter((read) => {
    const earlier = inOrder.filter(
      (one) => one.memberId === read.memberId && one.client === read.client && one.returned < read.invoked,
    );
    const shown = new Set(read.decisionIds);
    return earlier.some(({ decisionIds }) => decisionIds.some((id) => !shown.has(id)));
  });
}

function changedPast(reads: readonly Read[]): Read[] {
  const first = new Map<string, string>();
  return reads.filter(({ memberId, asKnownAt, decisionIds }) => {
    if (asKnownAt === null) return false;
    const shown = decisionIds.join();
    const before = first.get(`${memberId} ${asKnownAt}`) ?? shown;
    first.set(`${memberId} ${asKnownAt}`, before);
    return before !== shown;
  });
}
