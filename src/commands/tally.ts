/** Something wrong with a decision. It never holds a value of its record, nor anything of its member. */
export interface Finding {
  readonly decisionId: string;
  readonly what: string;
}

/** What came of some members' streams: how many of what, by name, and the first things found wrong. */
export interface Tally {
  readonly counts: Map<string, number>;
  readonly findings: Finding[];
}

/** So many are shown to a person; all are counted. */
export const mostFindings = 20;

export function newTally(): Tally {
  return { counts: new Map(), findings: [] };
}

export function count({ counts }: Tally, name: string, times = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
}

export function countOf({ counts }: Tally, name: string): number {
  return counts.get(name) ?? 0;
}

export function note({ findings }: Tally, finding: Finding): void {
  if (findings.length < mostFindings) findings.push(finding);
}

export function add(sum: Tally, tally: Tally): void {
  for (const [name, times] of tally.counts) count(sum, name, times);
  for (const finding of tally.findings) note(sum, finding);
}
