import { buildSchema as parseSchema, GraphQLSchema, isAbstractType } from "graphql";
import { authorizeOperation } from "../../src/graphql/operationScopes";
import { Need, needOf } from "../../src/graphql/needs";
import { buildSchema } from "../../src/graphql/schema";
import { expectGolden } from "../golden";
import {
  authorizationText,
  goldenFile,
  innerPlaces,
  Place,
  placesOf,
  rootPlaces,
  shownBelow,
  typeOf,
} from "./authorization";

const schema = buildSchema();

/** All that says nothing about any member. A type that is not here is taken to say something. */
const withoutMembers = [
  "Citation",
  "Interpretation",
  "Parameter",
  "PolicyException",
  "PolicyExceptionEnding",
  "PolicyRule",
  "PolicyVersion",
];

test("what each field takes is in authorization.golden.txt; npm run accept rewrites that file", () => {
  expectGolden(goldenFile, authorizationText(schema));
});

test("every root field declares what it takes, also where any token will do", () => {
  expect(undeclaredIn(schema)).toEqual([]);
});

test("no type that may say something of a member is reached without a scope", () => {
  expect(openTypesIn(schema)).toEqual(withoutMembers);
});

test("a schema in which a field was forgotten is found out, and is not served", () => {
  const careless = parseSchema("type Query { policy: String person: Person } type Person { name: String }");
  const [policy, person] = rootPlaces(careless);
  expect(undeclaredIn(careless)).toEqual(["Query.policy", "Query.person"]);
  expect(() => authorizeOperation(careless)).toThrow("no need is declared for policy, person");
  declare(policy, { scopes: [], freeIn: [] });
  expect(() => authorizeOperation(careless)).toThrow("no need is declared for person");
  declare(person, { scopes: [], freeIn: [] });
  expect(() => authorizeOperation(careless)).not.toThrow();
  expect(openTypesIn(careless)).toEqual(["Person"]);
  declare(person, { scopes: ["history:read"], freeIn: [] });
  expect(openTypesIn(careless)).toEqual([]);
});

test("what a field says to be free in is a root field that takes a scope itself", () => {
  const roots = new Map(rootPlaces(schema).map(({ field }) => [field.name, needOf(field)?.scopes ?? []]));
  const named = innerPlaces(schema).flatMap(({ field }) => needOf(field)?.freeIn ?? []);
  expect(named.filter((name) => (roots.get(name) ?? []).length === 0)).toEqual([]);
  expect(named.length).toBeGreaterThan(0);
});

test("all types with fields are object types: whoever adds another decides where its needs are declared", () => {
  expect(Object.values(schema.getTypeMap()).filter(isAbstractType)).toEqual([]);
});

function undeclaredIn(looked: GraphQLSchema): string[] {
  return rootPlaces(looked).flatMap(({ coordinate, field }) => (needOf(field) ? [] : [coordinate]));
}

/** The object types that show a field to whoever has any token at all. */
function openTypesIn(looked: GraphQLSchema): string[] {
  const open = rootPlaces(looked).filter(({ field }) => (needOf(field)?.scopes ?? []).length === 0);
  const reached = open.flatMap((root) => [
    ...placesOfType(root).map(({ coordinate }) => coordinate),
    ...shownBelow(root),
  ]);
  return [...new Set(reached.map((coordinate) => coordinate.split(".")[0]))].sort();
}

function placesOfType({ field }: Place): Place[] {
  const type = typeOf(field);
  return type ? placesOf(type) : [];
}

function declare({ field }: Place, need: Need): void {
  Object.assign(field.extensions, { need });
}
