import canonicalize from "canonicalize";
import fc from "fast-check";
import { canonicalText } from "../../src/claim/canonicalText";

/** Whatever JSON can say, with names and texts from all of Unicode. */
const anyObject = fc.object({
  key: fc.string({ unit: "binary" }),
  values: [
    fc.string({ unit: "binary" }),
    fc.constantFrom('"', "\\", "\u0000", "\u001f", "\u007f", "\u2028", "é", "\u{1f489}", "__proto__"),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  ],
});

/** A list has no member that could be left out. */
function withoutUndefinedInLists(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((one) => (one === undefined ? null : withoutUndefinedInLists(one)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutUndefinedInLists(one)]));
}

test("every value has the text that an implementation of RFC 8785 by others gives it", () => {
  fc.assert(
    fc.property(anyObject, (found) => {
      const value = Object(withoutUndefinedInLists(found));
      expect(canonicalText(value)).toBe(canonicalize(value));
    }),
    { numRuns: 3_000 },
  );
});

test("the text is that of the example in RFC 8785, section 3.2.2", () => {
  const value = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  expect(canonicalText(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("names are sorted by UTF-16 code units, also inside, and undefined members are left out", () => {
  const value = { "\u{1f600}": 1, "\ufb33": 2, b: { z: 1, a: undefined, Z: 2 }, "1": 3, a: [{ y: 1, x: 2 }] };
  expect(canonicalText(value)).toBe('{"1":3,"a":[{"x":2,"y":1}],"b":{"Z":2,"z":1},"\u{1f600}":1,"\ufb33":2}');
});

test.each([[NaN], [Infinity], [1n], [Symbol("s")], [() => 1], [[undefined]]])(
  "a value that JSON cannot say has none: %p",
  (value) => {
    expect(() => canonicalText({ value })).toThrow("a value has no canonical form");
  },
);
