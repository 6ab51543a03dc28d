/** An object of JSON. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value of JSON is an object or a list. */
export function hasMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

/** Characters that JSON writes in another way than they are, or may have to. */
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * The RFC 8785 text of a value that was read from JSON, or put together from such values: what canonicalText
 * gives, found faster. Members that are undefined do not take part, in lists they are null.
 */
export function orderedText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return special.test(value) ? JSON.stringify(value) : `"${value}"`;
    case "number":
      return numberText(value);
    case "boolean":
      return value ? "true" : "false";
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return listText(value);
  if (hasMembers(value)) return objectText(value);
  throw new TypeError("no value of JSON");
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError("a number beyond all numbers has no canonical form");
  return String(value);
}

function listText(values: readonly unknown[]): string {
  let text = "[";
  for (let place = 0; place < values.length; place++)
    text += (place === 0 ? "" : ",") + orderedText(values[place] ?? null);
  return `${text}]`;
}

function objectText(members: Members): string {
  let text = "";
  for (const name of sortedNames(members)) {
    const member = members[name];
    if (member !== undefined) text += `${text === "" ? "" : ","}${orderedText(name)}:${orderedText(member)}`;
  }
  return `{${text}}`;
}

/** Objects of more names than ours have are sorted by the general way. */
const mostNames = 32;

function sortedNames(members: Members): string[] {
  const names = Object.keys(members);
  if (names.length > mostNames) return names.sort();
  for (let place = 1; place < names.length; place++) {
    const name = names[place];
    let before = place - 1;
    for (; before >= 0 && names[before] > name; before--) names[before + 1] = names[before];
    names[before + 1] = name;
  }
  return names;
}
