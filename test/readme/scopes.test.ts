import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scopes } from "../../src/access/scopes";
import { needOf } from "../../src/graphql/needs";
import { buildSchema } from "../../src/graphql/schema";
import { innerPlaces, rootPlaces, shownBelow } from "../graphql/authorization";
import { generatedParts, partOf } from "./generatedParts";

const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
const schema = buildSchema();

/** The cells of the table that stands first in a chapter, without its head. */
function tableOf(chapter: string): string[][] {
  const [, text = ""] = readme.split(`\n## ${chapter}\n`);
  const [lines = ""] = /(?:^\|.*\n)+/m.exec(text.split("\n## ")[0]) ?? [];
  return lines
    .split("\n")
    .slice(2, -1)
    .map((row) => row.slice(2, -2).split(" | "));
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
}

test("each operation stands once in the table of operations, beside the scopes that it takes", () => {
  const roots = rootPlaces(schema).map(({ field }) => ({ name: field.name, needed: needOf(field)?.scopes }));
  const written = tableOf("What can be asked").flatMap(([operations, needed]) =>
    namesIn(operations)
      .filter((operation) => roots.some(({ name }) => name === operation))
      .map((name) => ({ name, needed: needed === "any token" ? [] : namesIn(needed) })),
  );
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(written.sort(byName)).toEqual(roots.sort(byName));
});

test("each scope stands once in the table of scopes, and so does a token without any", () => {
  const written = tableOf("Access").map(([scope]) => scope);
  expect(written.sort()).toEqual([...scopes.map((scope) => `\`${scope}\``), "any token"].sort());
});

test("the fields that a portal is not shown are the ones listed", () => {
  expect(partOf(readme, "guarded")).toBe(generatedParts().guarded);
  const [member] = rootPlaces(schema).filter(({ field }) => field.name === "member");
  const listed = [...generatedParts().guarded.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].flatMap(
    ([, type, names]) => namesIn(names).map((name) => `${type}.${name}`),
  );
  const known = innerPlaces(schema).map(({ coordinate }) => coordinate);
  expect(listed.filter((coordinate) => !known.includes(coordinate))).toEqual([]);
  expect(shownBelow(member).filter((coordinate) => listed.includes(coordinate))).toEqual([]);
  expect(listed.length).toBeGreaterThan(15);
});
