import { differencesOf } from "../../src/adjudication/differences";

const textOf = (recorded: unknown, replayed: unknown) =>
  differencesOf(recorded, replayed).map(
    ({ path, recorded: was, replayed: is }) =>
      `${path || "whole"}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`,
  );

test.each<[string, unknown, unknown, string[]]>([
  ["equal values do not differ", { a: [1, { b: "x" }], c: null }, { c: null, a: [1, { b: "x" }] }, []],
  ["values without members differ as a whole", 1, 2, ["whole: 1 → 2"]],
  ["a text is no number", "1", 1, ['whole: "1" → 1']],
  ["a member is named", { a: 1, b: 2 }, { a: 1, b: 3 }, ["b: 2 → 3"]],
  [
    "an inner member is named by the way to it",
    { a: { b: { c: 1 } } },
    { a: { b: { c: 2 } } },
    ["a.b.c: 1 → 2"],
  ],
  ["a place in a list is counted from 0", { a: [1, 2] }, { a: [1, 3] }, ["a[1]: 2 → 3"]],
  [
    "lists and members are named together",
    { lines: [{ units: 1 }, { units: 1 }] },
    { lines: [{ units: 1 }, { units: 2 }] },
    ["lines[1].units: 1 → 2"],
  ],
  ["a list at the top is named by its place", [[1]], [[2]], ["[0][0]: 1 → 2"]],
  ["a member that is missing is undefined", { a: 1, b: 2 }, { b: 2 }, ["a: 1 → undefined"]],
  ["a member that is added is, too", {}, { a: { b: 1 } }, ['a: undefined → {"b":1}']],
  [
    "a longer list has more places",
    { a: [1] },
    { a: [1, 2, 3] },
    ["a[1]: undefined → 2", "a[2]: undefined → 3"],
  ],
  ["a shorter one has fewer", [1, 2], [1], ["[1]: 2 → undefined"]],
  ["null is not absent", { a: null }, {}, ["a: null → undefined"]],
  ["an empty list is not absent", { a: [] }, {}, ["a: [] → undefined"]],
  ["a list and an object differ as a whole", { a: [] }, { a: {} }, ["a: [] → {}"]],
  [
    "all differences are told, in the order of the names",
    { b: 1, a: 1 },
    { b: 2, a: 2 },
    ["a: 1 → 2", "b: 1 → 2"],
  ],
])("%s", (_, recorded, replayed, differences) => {
  expect(textOf(recorded, replayed)).toEqual(differences);
});
