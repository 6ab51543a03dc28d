import {
  GraphQLError,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from "graphql";
import { expectationOf } from "./expectation";

type Json = Readonly<Record<string, unknown>>;

/** What is wrong at one place inside a variable. */
interface Fault {
  path: string;
  expected: string;
}

/**
 * What is wrong with the variables, one error a fault, in the schema's words, the variables' names and list
 * places. graphql-js quotes values in its messages, and for a missing field the whole input. The search ends
 * with the last fault asked for: there may be as many as a body has bytes.
 */
export function variableFaults(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Json,
  most: number,
): GraphQLError[] {
  const found: GraphQLError[] = [];
  for (const definition of variableDefinitions) {
    for (const safeText of inVariable(schema, definition, variables)) {
      const extensions = { code: "BAD_USER_INPUT", safeText };
      found.push(new GraphQLError(safeText, { nodes: definition, extensions }));
      if (found.length === most) return found;
    }
  }
  return found;
}

function* inVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  variables: Json,
): Generator<string> {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return;
  if (Object.hasOwn(variables, name)) {
    for (const { path, expected } of inValue(variables[name], type, name)) {
      yield `Variable "$${name}" is not valid at "${path}"; expected ${expected}`;
    }
  } else if (isNonNullType(type) && definition.defaultValue === undefined) {
    yield `Variable "$${name}" is missing; expected ${expectationOf(type)}`;
  }
}

function* inValue(value: unknown, type: GraphQLInputType, path: string): Generator<Fault> {
  if (value === null || value === undefined) {
    if (isNonNullType(type)) yield { path, expected: `${expectationOf(type)}, but it is null` };
  } else if (isNonNullType(type)) {
    yield* inValue(value, type.ofType, path);
  } else if (isListType(type)) {
    if (!Array.isArray(value)) yield* inValue(value, type.ofType, path);
    else
      for (const [place, element] of value.entries())
        yield* inValue(element, type.ofType, `${path}[${place}]`);
  } else if (isInputObjectType(type)) {
    yield* inObject(value, type, path);
  } else if (!accepts(type, value)) {
    yield { path, expected: expectationOf(type) };
  }
}

function* inObject(value: unknown, type: GraphQLInputObjectType, path: string): Generator<Fault> {
  if (!isObject(value)) {
    yield { path, expected: expectationOf(type) };
    return;
  }
  const fields = type.getFields();
  for (const field of Object.values(fields)) {
    const given = value[field.name];
    const place = `${path}.${field.name}`;
    if (given !== undefined) yield* inValue(given, field.type, place);
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
