import { modifierSet, sideOf } from "../../src/claim/modifier";

test.each([
  ["no modifier names a side", [], "UNSPECIFIED"],
  ["modifiers of other meaning name none", ["59", "KX", "53", "74"], "UNSPECIFIED"],
  ["RT is the right side", ["RT"], "RIGHT"],
  ["LT is the left side", ["59", "LT"], "LEFT"],
  ["RT and LT are both", ["RT", "LT"], "BILATERAL"],
  ["so they are in the other order and apart", ["LT", "59", "RT"], "BILATERAL"],
  ["50 is both", ["50"], "BILATERAL"],
  ["50 is both beside one side", ["RT", "50"], "BILATERAL"],
  ["a repeated side is that side", ["RT", "RT"], "RIGHT"],
  ["a modifier that only looks alike names none", ["R7", "T5"], "UNSPECIFIED"],
] as const)("%s", (_, modifiers, side) => {
  expect(sideOf(modifiers)).toBe(side);
});

test("sets of modifiers are alike whatever their order and repetition", () => {
  expect(modifierSet(["RT", "59", "RT"])).toBe(modifierSet(["59", "RT"]));
  expect(modifierSet([])).toBe(modifierSet([]));
});

test("other sets of modifiers are not alike", () => {
  const sets = [[], ["RT"], ["LT"], ["50"], ["RT", "LT"], ["RT", "59"], ["R1", "T5"], ["R1", "T5", "59"]];
  expect(new Set(sets.map(modifierSet)).size).toBe(sets.length);
});

test("making a set leaves the modifiers as they were billed", () => {
  const modifiers = Object.freeze(["RT", "59"]);
  modifierSet(modifiers);
  expect(modifiers).toEqual(["RT", "59"]);
});
