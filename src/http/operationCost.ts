import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isInputType,
  isObjectType,
  Kind,
  typeFromAST,
  valueFromAST,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { fieldExtensionsEstimator } from "graphql-query-complexity";
import type { Fragments } from "../graphql/selected";

const mostSelections = 10_000;
const declaredCost = fieldExtensionsEstimator();

type Values = Readonly<Record<string, unknown>>;

interface Walk {
  schema: GraphQLSchema;
  fragments: Fragments;
  values: Values;
  selections: number;
  /** Of fields that cost the same however many elements the list beside them has. */
  apart: number;
}

/**
 * What an operation costs: each field what its `complexity` extension says, else 1 and its selections; and
 * its `costApart`, if it has one, whatever list it is selected below. Where fragments spread each other into
 * more than 10,000 selections it costs 10,000.
 *
 * The variables are taken as sent. graphql-query-complexity coerces them first, and without a bound on the
 * errors: half a megabyte of faulty list elements keeps it busy for most of a minute.
 */
export function operationCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables: Values,
): number {
  const values = { ...defaultsOf(schema, operation), ...variables };
  const walk: Walk = { schema, fragments, values, selections: 0, apart: 0 };
  const cost = costOfAll(walk, operation.selectionSet, schema.getRootType(operation.operation));
  return walk.selections > mostSelections ? mostSelections : cost + walk.apart;
}

function defaultsOf(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): Values {
  const defaults: Record<string, unknown> = {};
  for (const { variable, type: node, defaultValue } of variableDefinitions) {
    const type = typeFromAST(schema, node);
    if (defaultValue && isInputType(type)) defaults[variable.name.value] = valueFromAST(defaultValue, type);
  }
  return defaults;
}

type Parent = GraphQLNamedType | null | undefined;

function costOfAll(walk: Walk, { selections }: SelectionSetNode, parent: Parent): number {
  let cost = 0;
  for (const selection of selections) {
    walk.selections += 1;
    if (walk.selections > mostSelections) return cost;
    if (!isLeftOut(selection, walk.values)) cost += costOf(walk, selection, parent);
  }
  return cost;
}

function isLeftOut(selection: SelectionNode, values: Values): boolean {
  if (!selection.directives?.length) return false;
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, values)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, selection, values)?.if === false
  );
}

function costOf(walk: Walk, selection: SelectionNode, parent: Parent): number {
  if (selection.kind === Kind.FIELD) return costOfField(walk, selection, parent);
  const spread =
    selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
  if (spread === undefined) throw new Error("a validated document spreads only fragments that it defines");
  const type = spread.typeCondition ? walk.schema.getType(spread.typeCondition.name.value) : parent;
  return costOfAll(walk, spread.selectionSet, type);
}

function costOfField(walk: Walk, node: FieldNode, parent: Parent): number {
  const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  const type = field && getNamedType(field.type);
  const { costApart } = field?.extensions ?? {};
  if (typeof costApart === "number") walk.apart += costApart;
  const childComplexity = node.selectionSet ? costOfAll(walk, node.selectionSet, type) : 0;
  const usual = 1 + childComplexity;
  if (!isObjectType(parent) || field?.extensions.complexity === undefined) return usual;
  const args = getArgumentValues(field, node, walk.values);
  const cost = declaredCost({ type: parent, field, node, args, childComplexity });
  // A negative page must not pay for its neighbours.
  return typeof cost === "number" && !Number.isNaN(cost) ? Math.max(1, cost) : usual;
}
