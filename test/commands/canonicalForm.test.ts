import { isCanonical, parseObject } from "../../src/commands/verify/canonicalForm";

test.each([
  ['{"a":1,"b":{"c":[{"x":1,"y":2}],"d":null}}', true],
  ['{"10":1,"9":2}', true],
  ['{"é":1,"\u20ac":2}', true],
  ['{"a":1e21,"b":0.1}', false],
  ['{"a":1e+21,"b":0.1}', true],
  ['{"b":1,"a":2}', false],
  ['{"a":[{"y":1,"x":2}]}', false],
  ['{"a":1, "b":2}', false],
  ['{"a":1,"a":2}', false],
  ['{"a":"\\u0041"}', false],
  ['{"a":1.0}', false],
  ['{"a":1e999}', false],
])("whether %s is in canonical form", (text, expected) => {
  expect(isCanonical(text, parseObject(text) ?? {})).toBe(expected);
});

test.each(["", "{", "[]", "1", "null", '"text"'])("no object is read from %s", (text) => {
  expect(parseObject(text)).toBeUndefined();
});
