import { parameterExpected, parameterNames, parseParameter } from "../../src/policy/parameters";

const numbers = parameterNames.filter((name) => name !== "sessionsPerRegion");

describe.each(numbers)("the value of %s", (name) => {
  test.each(["1", "2", "999", " 3 ", "2147483647"])("may be %j", (text) => {
    expect(parseParameter(name, text)).toBe(Number(text));
  });

  test.each([
    ...[
      "0",
      "-1",
      "1.5",
      "1e400",
      "2147483648",
      "1000000000000",
      "9007199254740992",
      "-0",
      "NaN",
      "Infinity",
      "01",
      "0x1",
      "1_000",
      "٣",
      "３",
    ],
    ...['"1"', "true", "null", "[1]", "{}", "", " ", "1 2", '[{"months":12,"sessions":4}]'],
  ])("cannot be %j", (text) => {
    expect(parseParameter(name, text)).toBeUndefined();
  });
});

describe("the value of sessionsPerRegion", () => {
  test.each([
    '[{"months":12,"sessions":4}]',
    '[{"sessions":1,"months":60}]',
    '[{"sessions":2147483647,"months":60}]',
    '[{"months":1,"sessions":1},{"months":12,"sessions":4},{"months":12,"sessions":3}]',
  ])("may be %j", (text) => {
    expect(parseParameter("sessionsPerRegion", text)).toEqual(JSON.parse(text));
  });

  test.each([
    ...["[]", "4", "{}", "null", '"12"', "[[]]", "[null]", "[4]", "[{}]"],
    ...[
      '{"months":12,"sessions":4}',
      '[{"months":12}]',
      '[{"sessions":4}]',
      '[{"months":12,"sessions":4},null]',
    ],
    ...['[{"months":0,"sessions":4}]', '[{"months":61,"sessions":4}]', '[{"months":12,"sessions":0}]'],
    ...['[{"months":12,"sessions":2147483648}]', '[{"months":12,"sessions":1000000000000}]'],
    ...['[{"months":12.5,"sessions":4}]', '[{"months":"12","sessions":4}]', '[{"months":12,"sessions":4.5}]'],
    ...['[{"months":12,"sessions":4,"days":1}]', '[{"months":12,"sessions":4,"__proto__":{}}]'],
    ...[
      '[{"__proto__":{"months":12},"sessions":4}]',
      '[{"months":12,"sessions":4}] x',
      '[{"months":12,"sessions":4},]',
    ],
  ])("cannot be %j", (text) => {
    expect(parseParameter("sessionsPerRegion", text)).toBeUndefined();
  });
});

test("what was expected is said for every parameter", () => {
  expect(parameterNames.map(parameterExpected)).toEqual([
    'JSON text of a list of {"months": 1 to 60, "sessions": a whole number from 1 to 2147483647}',
    "JSON text of a whole number from 1 to 2147483647",
    "JSON text of a whole number from 1 to 2147483647",
    "JSON text of a whole number from 1 to 2147483647",
  ]);
});
