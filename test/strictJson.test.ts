import { NotStrictJson, parseStrictJson } from "../src/strictJson";

const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

test.each([
  '{"a":{"b":1},"c":[{"b":2},{"b":3}],"d":"a"}',
  '{"a":"a","b":"{\\"b\\":1,\\"b\\":2}","c":"\\\\","\\\\":1}',
  '[{"a":1},{"a":1}]',
  '{"a":"\\",\\"a\\":1"}',
  '{"":0,"\\u0061b":1}',
  '  "text, with { and [ and :"  ',
  '{"__proto__":{"constructor":1},"toString":2}',
  "null",
  "-0.5e1",
  nested(16),
])("%s is read as JSON.parse reads it", (text) => {
  expect(JSON.stringify(parseStrictJson(text))).toBe(JSON.stringify(JSON.parse(text)));
});

test.each([
  ["nests deeper", nested(17)],
  ["nests deeper", '{"a":'.repeat(17)],
  ["nests deeper", "[".repeat(500_000)],
  ["a member name twice", '{"a":1,"a":1}'],
  ["a member name twice", '{"a":1,"b":{"c":[]},"a":2}'],
  ["a member name twice", '[{"x":[1,{"b":1, "b" :2}]}]'],
  ["a member name twice", '{"ab":1,"\\u0061b":2}'],
  ["a member name twice", '{"__proto__":1,"__proto__":2}'],
  ["is not JSON", ""],
  ["is not JSON", '{"a":1'],
  ["is not JSON", '{"a":1}x'],
  ["is not JSON", '{"a'],
  ["is not JSON", '{"\\x":1,"b":2}'],
  ["is not JSON", "}{"],
  ["is not JSON", "\ufeff{}"],
  ["is not JSON", "{a:1}"],
])("refused, since it %s (case %#)", (reason, text) => {
  expect(() => parseStrictJson(text)).toThrow(NotStrictJson);
  expect(() => parseStrictJson(text)).toThrow(reason);
});
