import canonicalize from "canonicalize";

/** The RFC 8785 text of a value; members that are undefined do not take part. */
export function canonicalText(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a value has no canonical form");
  return text;
}
