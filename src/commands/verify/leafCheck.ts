import { parseObject, isCanonical, utf8Text } from "./canonicalForm";

/** What a stored leaf says; the values are anything until they were compared. */
export type LeafWords = Readonly<Record<string, unknown>>;

/** A leaf as it was read, and whether its text is in canonical form. */
export interface ReadLeaf {
  readonly words: LeafWords;
  readonly isCanonical: boolean;
}

/** Undefined where the bytes are no JSON object. */
export function readLeaf(leaf: Buffer): ReadLeaf | undefined {
  const text = utf8Text(leaf);
  const value = text === undefined ? undefined : parseObject(text);
  if (text === undefined || value === undefined) return undefined;
  return { words: Object.fromEntries(Object.entries(value)), isCanonical: isCanonical(text, value) };
}

/** The names under which two leaves say something else, or only one of them says something. */
export function differingNames(one: LeafWords, other: LeafWords): string[] {
  const names = [...new Set([...Object.keys(other), ...Object.keys(one)])];
  return names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name])).map(nameText);
}

/** A leaf that was tampered with may hold anything in the place of a name. */
function nameText(name: string): string {
  return /^[A-Za-z]{1,30}$/.test(name) ? name : "a name of no leaf";
}

/** The instant of a leaf, in milliseconds; undefined where it has none. */
export function timeOf({ at }: LeafWords): number | undefined {
  const time = typeof at === "string" ? Date.parse(at) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
