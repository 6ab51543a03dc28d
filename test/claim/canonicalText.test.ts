import { canonicalText } from "../../src/claim/canonicalText";

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

test.each([[NaN], [Infinity], [1n]])("a number that JSON cannot say has none: %p", (value) => {
  expect(() => canonicalText({ value })).toThrow();
});
