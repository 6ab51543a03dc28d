import { parse } from "graphql";
import { shapeHash } from "../../src/http/shapeHash";

const hash = (text: string) => shapeHash(parse(text));

const asked = `query One($id: ID!) { a: member(id: $id) { ...Some } other: decision(id: "D1") { id } }
  fragment Some on Member { id }`;

test.each([
  ["names", asked.replaceAll("One", "Two").replaceAll("Some", "Others").replaceAll("$id", "$member")],
  ["aliases", asked.replace("a: ", "M123: ").replace("other: ", "")],
  ["literals", asked.replace('"D1"', '"""D2"""')],
  ["spaces and comments", asked.replaceAll(" ", "  # M123\n")],
])("documents that differ in %s of the caller's have one hash", (_, text) => {
  expect(hash(text)).toBe(hash(asked));
});

test("numbers are literals too", () => {
  expect(hash("{ page(first: 3, of: [1.5]) { id } }")).toBe(hash("{ page(first: 20, of: [2.25]) { id } }"));
});

test.each([
  ["another field", asked.replace("decision(", "decisions(")],
  ["another argument", asked.replace('id: "D1"', 'number: "D1"')],
  ["another kind of operation", asked.replace("query", "mutation")],
  ["another type", asked.replace("ID!", "String")],
  ["another number of fields", asked.replace("{ id }", "{ id name }")],
])("%s is another hash", (_, text) => {
  expect(hash(text)).not.toBe(hash(asked));
  expect(hash(text)).toMatch(/^[0-9a-f]{16}$/);
});
