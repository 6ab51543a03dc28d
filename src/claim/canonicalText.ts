/**
 * The RFC 8785 text of a value of JSON: members by name, numbers and texts as ECMAScript writes them. Members
 * that are undefined do not take part.
 */
export function canonicalText(value: object): string {
  return textOf(value);
}

/** Quotes, backslashes and control characters; surrogates are left to JSON.stringify as well. */
const isEscaped = /["\\\u0000-\u001f\ud800-\udfff]/;

function textOf(value: unknown): string {
  if (typeof value === "string") return isEscaped.test(value) ? JSON.stringify(value) : `"${value}"`;
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return listText(value);
  if (isObject(value)) return objectText(value);
  throw new Error("a value has no canonical form");
}

function listText(list: readonly unknown[]): string {
  let text = "";
  for (const value of list) text += `${text === "" ? "" : ","}${textOf(value)}`;
  return `[${text}]`;
}

/** Names are in the order of their UTF-16 code units, which is how ECMAScript sorts. */
function objectText(object: Readonly<Record<string, unknown>>): string {
  let text = "";
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value !== undefined) text += `${text === "" ? "" : ","}${textOf(name)}:${textOf(value)}`;
  }
  return `{${text}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
