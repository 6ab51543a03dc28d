/**
 * One line of the table: what was measured, its floor in the same run where it has one, and what was aimed
 * at.
 */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly floor?: string;
  /** Measured over floor. */
  readonly ratio?: number;
  readonly aim: string;
}

export function tableOf(rows: readonly Row[]): string {
  const header = ["what", "measured", "floor in the same run", "ratio", "aim"];
  const lines = rows.map(({ what, measured, floor = "–", ratio, aim }) => [
    what,
    measured,
    floor,
    ratio === undefined ? "–" : ratio.toFixed(2),
    aim,
  ]);
  return [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** The value below which the given share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export function perSecond(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString("en-US")}/s`;
}
