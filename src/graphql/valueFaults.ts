import {
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
} from "graphql";
import { expectationOf } from "./expectation";

type Json = Readonly<Record<string, unknown>>;
/** Names of members, and list places from 0. */
type Path = readonly (string | number)[];

/** What is wrong at one place inside a value. */
export interface ValueFault {
  readonly path: Path;
  readonly expected: string;
}

/** Each place at which a value is not of an input type, in the schema's words; no value is repeated. */
export function* valueFaults(value: unknown, type: GraphQLInputType, path: Path = []): Generator<ValueFault> {
  if (value === null || value === undefined) {
    if (isNonNullType(type)) yield { path, expected: `${expectationOf(type)}, but it is null` };
  } else if (isNonNullType(type)) {
    yield* valueFaults(value, type.ofType, path);
  } else if (isListType(type)) {
    if (!Array.isArray(value)) yield* valueFaults(value, type.ofType, path);
    else
      for (const [place, element] of value.entries())
        yield* valueFaults(element, type.ofType, [...path, place]);
  } else if (isInputObjectType(type)) {
    yield* inObject(value, type, path);
  } else if (!accepts(type, value)) {
    yield { path, expected: expectationOf(type) };
  }
}

function* inObject(value: unknown, type: GraphQLInputObjectType, path: Path): Generator<ValueFault> {
  if (!isObject(value)) {
    yield { path, expected: expectationOf(type) };
    return;
  }
  const fields = type.getFields();
  for (const field of Object.values(fields)) {
    const given = value[field.name];
    const place = [...path, field.name];
    if (given !== undefined) yield* valueFaults(given, field.type, place);
    else if (isRequiredInputField(field)) {
      yield { path: place, expected: `${expectationOf(field.type)}, but it is missing` };
    }
  }
  // A name that the type does not have is counted out, not repeated: it may be a member's id used as a key.
  const stranger = Object.keys(value).findIndex((name) => !Object.hasOwn(fields, name));
  if (stranger !== -1) {
    const expected = `only fields of type ${type.name}, but its name number ${stranger + 1} is not one`;
    yield { path, expected };
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function accepts(type: GraphQLLeafType, value: unknown): boolean {
  try {
    return type.parseValue(value) !== undefined;
  } catch {
    // A scalar says no by throwing, and its message quotes the value.
    return false;
  }
}
