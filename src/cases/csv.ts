import { stringify } from "csv-stringify/sync";

/** What a place in a table holds; null is an empty one. */
export type Cell = string | number | boolean | null;

/**
 * Rows as RFC 4180 text, each ended by CR LF. A spreadsheet would carry out a cell that begins like a
 * formula: such a cell has an apostrophe before it.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  const cast = { boolean: String, string: castText };
  return stringify([...rows], { record_delimiter: "\r\n", escape_formulas: true, cast });
}

/** A formula behind spaces is carried out too; and a line break alone is not seen to need quotes. */
function castText(text: string) {
  const value = /^\s+[-=+@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[\r\n]/.test(value) ? { value, quoted: true } : value;
}
