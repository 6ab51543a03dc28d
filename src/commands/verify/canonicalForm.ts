import { canonicalText } from "../../claim/canonicalText";
import { hasMembers } from "./orderedText";

/**
 * JSON in which every token is surely in its RFC 8785 form: no space between tokens, no escape in a string,
 * no number but short whole ones.
 */
const plain = /^(?:[{}[\]:,]|"[^"\\\ud800-\udfff]*"|true|false|null|(?:0|[1-9]\d{0,14})(?![\d.eE]))*$/;

/** Such expressions need memory for what they read. */
const longestPlain = 65_536;

/**
 * Whether a text is the RFC 8785 form of the value that was parsed from it. The usual case is told without
 * writing the value again: a plain text, in which each name is said once and in its order.
 */
export function isCanonical(text: string, value: object): boolean {
  const isPlain = text.length <= longestPlain && plain.test(text);
  return (isPlain && namesSaid(text) === countSorted(value)) || canonicalOrNone(value) === text;
}

/** How many names a plain text says, at least; more only where a string begins with a colon. */
function namesSaid(text: string): number {
  let names = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) names += 1;
  return names;
}

/** A number beyond all numbers can be read from JSON, but has no canonical form. */
function canonicalOrNone(value: object): string | undefined {
  try {
    return canonicalText(value);
  } catch {
    return undefined;
  }
}

/** How many names a value of JSON has in all its objects; no number where an object's are not in order. */
function countSorted(value: unknown): number {
  if (!hasMembers(value)) return 0;
  let number = 0;
  if (Array.isArray(value)) {
    for (const one of value) number += countSorted(one);
    return number;
  }
  let last = "";
  for (const name in value) {
    // Names that are numbers come first in an object, wherever they stood in the text.
    if (name < last || beginsWithDigit.test(name)) return Number.NaN;
    last = name;
    number += 1 + countSorted(value[name]);
  }
  return number;
}

const beginsWithDigit = /^[0-9]/;

/** The value of a JSON text that is an object, and undefined for every other text. */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    // What a database holds may have been tampered with.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The text of bytes that are valid UTF-8. */
export function utf8Text(bytes: Buffer): string | undefined {
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? text : undefined;
}
