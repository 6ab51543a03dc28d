import {
  GraphQLError,
  isInputType,
  isNonNullType,
  typeFromAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from "graphql";
import { expectationOf } from "../graphql/expectation";
import { valueFaults } from "../graphql/valueFaults";

type Json = Readonly<Record<string, unknown>>;

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
    for (const { path, expected } of valueFaults(variables[name], type)) {
      yield `Variable "$${name}" is not valid at "${written([name, ...path])}"; expected ${expected}`;
    }
  } else if (isNonNullType(type) && definition.defaultValue === undefined) {
    yield `Variable "$${name}" is missing; expected ${expectationOf(type)}`;
  }
}

/** Members after dots, list places in brackets. */
function written([name, ...path]: readonly (string | number)[]): string {
  return path.reduce<string>(
    (before, step) => (typeof step === "number" ? `${before}[${step}]` : `${before}.${step}`),
    String(name),
  );
}
