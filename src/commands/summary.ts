import { inDigits } from "./progress";
import { mostFindings, Tally } from "./tally";

/** Names and numbers under each other, for a person and for `grep`. */
export function numbersTable(rows: readonly (readonly [name: string, number: number | string])[]): string {
  const texts = rows.map(([name, number]) => [name, typeof number === "number" ? inDigits(number) : number]);
  const [width, numberWidth] = [0, 1].map((place) => Math.max(...texts.map((cells) => cells[place].length)));
  return texts.map(([name, number]) => `${name.padEnd(width)}  ${number.padStart(numberWidth)}\n`).join("");
}

/** The findings one a line, and how many there are besides. */
export function findingsText({ findings }: Tally, number: number): string {
  const lines = findings.map(({ decisionId, what }) => `${decisionId}: ${what}\n`).join("");
  return number > findings.length ? `${lines}and ${inDigits(number - mostFindings)} more\n` : lines;
}
