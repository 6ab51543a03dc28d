import { canonicalText } from "../../claim/canonicalText";

/**
 * Whether a text is the RFC 8785 form of the value that was parsed from it. The usual case is told fast: the
 * same text when written again, and sorted names.
 */
export function isCanonical(text: string, value: object): boolean {
  return (JSON.stringify(value) === text && areNamesSorted(value)) || canonicalOrNone(value) === text;
}

/** A number beyond all numbers can be read from JSON, but has no canonical form. */
function canonicalOrNone(value: object): string | undefined {
  try {
    return canonicalText(value);
  } catch {
    return undefined;
  }
}

function areNamesSorted(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(areNamesSorted);
  if (!isRecord(value)) return true;
  let last = "";
  for (const name in value) {
    if (name < last || !areNamesSorted(value[name])) return false;
    last = name;
  }
  return true;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

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
