import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "../golden";
import { buildSchema as parseSchema } from "graphql";
import { buildSchema, schemaText } from "../../src/graphql/schema";
import { definitionsOf, ownersOf } from "./coordinates";

const contract = definitionsOf(parseSchema(readFileSync(join(__dirname, "contract.graphql"), "utf8")));
const ours = definitionsOf(buildSchema());

test("the schema is the one in schema.graphql; npm run accept rewrites that file", () => {
  expectGolden(join(__dirname, "../../schema.graphql"), schemaText());
});

test("the schema keeps every promise of the contract", () => {
  const promised = [...contract].map(([coordinate, { promise }]) => `${coordinate}: ${promise}`);
  const kept = [...contract.keys()].map((coordinate) => `${coordinate}: ${ours.get(coordinate)?.promise}`);
  expect(kept).toEqual(promised);
  expect(promised.length).toBeGreaterThan(200);
});

test("nothing that the schema adds to the contract must be given by a client", () => {
  const isAddition = (coordinate: string): boolean =>
    !contract.has(coordinate) && ownersOf(coordinate).every((owner) => contract.has(owner));
  const demanded = [...ours].filter(([coordinate, { isRequired }]) => isRequired && isAddition(coordinate));
  expect(demanded).toEqual([]);
});

test("every type, field, argument, input field and enum value is described", () => {
  const silent = [...ours].filter(([, { description }]) => !description?.trim());
  expect(silent.map(([coordinate]) => coordinate)).toEqual([]);
});
