import fc from "fast-check";
import { canonicalText } from "../../src/claim/canonicalText";
import { isCanonical } from "../../src/commands/verify/canonicalForm";
import { orderedText } from "../../src/commands/verify/orderedText";

const oddNames = ["", "10", "9", "a", "Z", "é", "\u20ac", "\ud83d\ude00", "\ufb33", "__proto__", 'a"b', ":"];
const oddTexts = ["", ":", '":', "\\", "\u0000", "\ud800", "\u2028", "true", "{}", ",", "1", " "];
const names = fc.oneof(fc.constantFrom(...oddNames), fc.string({ unit: "grapheme" }));
const texts = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: "binary" }), fc.string());
const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeNat());

/** Any object that JSON can hold, as it is read from its text. */
const objects = fc
  .letrec<{ value: unknown; object: [string, unknown][] }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      ...[texts, numbers, fc.boolean(), fc.constant(null)],
      fc.array(tie("value"), { maxLength: 3 }),
      tie("object").map((members) => objectOf(members)),
    ),
    object: fc.array(fc.tuple(names, tie("value")), { maxLength: 5 }),
  }))
  .object.map(objectOf);

/** A name that only JSON can give to an object is given to it. */
function objectOf(members: readonly (readonly [string, unknown])[]): object {
  const texts = members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return parsed(`{${texts.join(",")}}`);
}

function parsed(text: string): object {
  return JSON.parse(text);
}

test("the text in order is the canonical one, whatever the names and values are", () => {
  fc.assert(
    fc.property(objects, (value) => expect(orderedText(value)).toBe(canonicalText(value))),
    { numRuns: 500 },
  );
});

test("an object of many names is in order too", () => {
  const value = objectOf(Array.from({ length: 100 }, (_, place) => [`n${place % 9}${place}`, place]));
  expect(orderedText(value)).toBe(canonicalText(value));
});

test("members that are undefined do not take part, and are null in lists", () => {
  const value = { b: undefined, a: [1, undefined], c: { d: undefined } };
  expect(orderedText(value)).toBe('{"a":[1,null],"c":{}}');
  expect(orderedText(value)).toBe(canonicalText(value));
});

test.each([[Infinity], [{ a: -Infinity }], [[Number.NaN]], [undefined], [() => 1]])(
  "what has no canonical form has no text in order: %p",
  (value) => {
    expect(() => orderedText(value)).toThrow();
  },
);

/** Other ways to write a value of JSON: each may be the canonical one too. */
const changes: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(":", ": "),
  (text) => text.replace(/([0-9])(?=[,}\]])/, "$1.0"),
  (text) => text.replace(/([1-9])0(?=[,}\]])/, "$1e1"),
  (text) => text.replace(/a/, "\\u0061"),
  (text) => text.replace(/,("[^"\\]*":)/, ",$1null,$1"),
  (text) => text.replace(/^\{(.*)\}$/s, '{$1,"0":1}').replace("{,", "{"),
  (text) => text.replace(/^\{(.*)\}$/s, '{$1,"~":{"b":":","b":1}}').replace("{,", "{"),
];

test("a text is canonical where it is the canonical text of what is read from it, and nowhere else", () => {
  const changed = fc
    .tuple(objects, fc.boolean(), fc.constantFrom(...changes))
    .map(([value, isSorted, change]) => change(isSorted ? canonicalText(value) : JSON.stringify(value)))
    .filter(isJson);
  let canonical = 0;
  fc.assert(
    fc.property(changed, (text) => {
      const value = parsed(text);
      const expected = canonicalText(value) === text;
      if (expected) canonical += 1;
      expect(isCanonical(text, value)).toBe(expected);
    }),
    { numRuns: 1_500 },
  );
  expect(canonical).toBeGreaterThan(200);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("a text that is longer than all others is read as they are", () => {
  const long = { list: Array.from({ length: 30_000 }, (_, place) => place) };
  expect(isCanonical(JSON.stringify(long), long)).toBe(true);
  expect(isCanonical(JSON.stringify(long, null, 1), long)).toBe(false);
});
