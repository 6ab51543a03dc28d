import { Facts, Rule, Verdict } from "../../../src/policy/rule";
import { factsFrom, factColumns } from "./factsFromText";

/*
 * The edges of a rule as a table of plain text: the names of the columns, then for each edge the sentence
 * that it proves and below it the row. A table names only the columns that matter to its rule; an empty cell
 * is the usual case. What the columns of facts mean is said in factsFromText.ts. What the rule is to say:
 *
 *   verdicts    for each line `met`, the cause of an adverse verdict, or `-` where the rule is not asked
 *   kept        for each line the units that stand afterwards, `pended`, or `-`
 *   related, window, limit, next    of the first adverse verdict: related decisions, overfilled window and
 *               its limit, next eligible date
 */
export function provesTable(rule: Rule, table: string): void {
  for (const { sentence, cells } of rowsOf(table)) {
    test(sentence, () => {
      const facts = factsFrom(cells);
      const verdicts = verdictsOf(rule, facts);
      const columns = Object.keys(cells).filter((column) => column in answers);
      const said = columns.map((column) => `${column}: ${answers[column](facts, verdicts)}`);
      expect(said).toEqual(columns.map((column) => `${column}: ${cells[column]}`));
    });
  }
}

type Verdicts = readonly (Verdict | undefined)[];

const answers: Readonly<Record<string, (facts: Facts, verdicts: Verdicts) => string>> = {
  verdicts: (_, verdicts) => verdicts.map(inOneWord).join(" "),
  kept: ({ lines }, verdicts) =>
    lines.map(({ unitsStanding }, place) => keptOf(unitsStanding, verdicts[place])).join(" "),
  related: (_, verdicts) => firstAdverse(verdicts)?.relatedDecisionIds?.join(" ") ?? "",
  window: (_, verdicts) => {
    const window = firstAdverse(verdicts)?.window;
    return window ? `${window.opens} ${window.ends}` : "";
  },
  limit: (_, verdicts) => {
    const window = firstAdverse(verdicts)?.window;
    return window ? `${window.sessions} in ${window.months}` : "";
  },
  next: (_, verdicts) => {
    const adverse = firstAdverse(verdicts);
    return adverse?.nextEligibleDate === null ? "never" : (adverse?.nextEligibleDate ?? "");
  },
};

/** As the evaluation asks: the lines that the rule applies to and that still have a unit. */
function verdictsOf(rule: Rule, facts: Facts): Verdicts {
  const asked = facts.lines.filter((line) => line.unitsStanding > 0 && rule.appliesTo(line, facts));
  const verdicts = rule.judge(asked, facts);
  expect(verdicts).toHaveLength(asked.length);
  return facts.lines.map((line) => verdicts[asked.indexOf(line)]);
}

function inOneWord(verdict: Verdict | undefined): string {
  if (!verdict) return "-";
  return verdict.outcome === "MET" ? "met" : verdict.cause;
}

function keptOf(unitsStanding: number, verdict: Verdict | undefined): string {
  if (!verdict) return "-";
  if (verdict.outcome === "UNDETERMINED") return "pended";
  return String(verdict.outcome === "MET" ? unitsStanding : unitsStanding - verdict.unitsTaken);
}

function firstAdverse(verdicts: Verdicts): Exclude<Verdict, { outcome: "MET" }> | undefined {
  return verdicts.flatMap((verdict) => (verdict && verdict.outcome !== "MET" ? verdict : []))[0];
}

interface Row {
  readonly sentence: string;
  readonly cells: Readonly<Record<string, string>>;
}

function rowsOf(table: string): Row[] {
  const texts = table.split("\n").map((text) => text.trim());
  const [header, ...rest] = texts.filter((text) => text !== "");
  const columns = cellsOf(header);
  const unknown = columns.filter((column) => !factColumns.includes(column) && !(column in answers));
  if (unknown.length > 0) throw new Error(`a rule table has no column ${unknown.join(", ")}`);
  const rows: Row[] = [];
  for (let place = 0; place < rest.length; place += 2)
    rows.push(rowOf(columns, rest[place], rest[place + 1] ?? ""));
  return rows;
}

function rowOf(columns: readonly string[], sentence: string, text: string): Row {
  const values = cellsOf(text);
  if (sentence.includes("|") || values.length !== columns.length)
    throw new Error(`not a sentence and a row of ${columns.length} cells: ${sentence}\n${text}`);
  return { sentence, cells: Object.fromEntries(columns.map((column, cell) => [column, values[cell]])) };
}

function cellsOf(text: string): string[] {
  return text.split("|").map((cell) => cell.trim());
}
