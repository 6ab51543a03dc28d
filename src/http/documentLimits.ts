import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import {
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type FragmentSpreadNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { type Fragments, fragmentsOf } from "../graphql/selected";
import { inputCount } from "./inputCount";
import { operationCost } from "./operationCost";

export const documentLimits = {
  tokens: 1_000,
  depth: 8,
  aliases: 15,
  rootFields: 5,
  mutationRootFields: 1,
  directives: 10,
  fragments: 20,
  variables: 50,
  cost: 2_000,
  validationErrors: 10,
} as const;

/** Tells the route, which keeps it from the caller, that this is a mutation and of how many inputs. */
export const inputsHeader = "x-inputs";

/** Documents are cached, so what was found of an operation's shape holds for later requests too. */
const wellShaped = new WeakSet<OperationDefinitionNode>();

/** Refuses an operation that is too large, before anything of it runs. The token limit is the parser's. */
export const documentLimitsPlugin: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request: { variables = {} }, response }) {
        if (operation === undefined) return;
        const fragments = fragmentsOf(document);
        if (!wellShaped.has(operation)) {
          checkKind(schema, operation);
          checkShape(document, operation, fragments);
          wellShaped.add(operation);
        }
        const cost = operationCost(schema, operation, fragments, variables);
        if (cost > documentLimits.cost) {
          throw tooComplex(`Too costly: ${cost}, at most ${documentLimits.cost}.`);
        }
        if (operation.operation !== "mutation") return;
        const inputs = inputCount(operation, fragments, variables);
        response.http.headers.set(inputsHeader, String(inputs));
      },
    };
  },
};

/** graphql-js finds this out only on execution, and then blames the service. */
function checkKind(schema: GraphQLSchema, { operation }: OperationDefinitionNode): void {
  if (schema.getRootType(operation)) return;
  const safeText = `The schema has no ${operation} operations.`;
  throw new GraphQLError(safeText, { extensions: { code: "GRAPHQL_VALIDATION_FAILED", safeText } });
}

function tooComplex(safeText: string): GraphQLError {
  return new GraphQLError(safeText, { extensions: { code: "TOO_COMPLEX", safeText } });
}

function atMost(limit: number, count: number, what: string): void {
  if (count > limit) throw tooComplex(`Too many ${what}: at most ${limit}.`);
}

function checkShape(document: DocumentNode, operation: OperationDefinitionNode, fragments: Fragments): void {
  atMost(documentLimits.fragments, fragments.size, "fragments");
  atMost(documentLimits.variables, operation.variableDefinitions?.length ?? 0, "variables");
  const counts = countIn(document);
  atMost(documentLimits.aliases, counts.aliases, "aliases");
  atMost(documentLimits.directives, counts.directives, "directives");
  const { rootFields, mutationRootFields, depth } = documentLimits;
  const roots = rootNames(operation.selectionSet, fragments);
  atMost(operation.operation === "mutation" ? mutationRootFields : rootFields, roots.length, "root fields");
  // The explorer's question about the schema is deep, but its answer is of one size.
  const isIntrospection = roots.every((name) => name.startsWith("__"));
  const levels = isIntrospection ? 0 : depthOf(operation.selectionSet, fragments, new Map());
  atMost(depth, levels, "levels of fields");
}

function countIn(document: DocumentNode): { aliases: number; directives: number } {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: (field) => void (aliases += field.alias === undefined ? 0 : 1),
    Directive: () => void (directives += 1),
  });
  return { aliases, directives };
}

/** Fields at the root, as often as they are written or spread; no more are gathered than anyone may have. */
function rootNames(selectionSet: SelectionSetNode, fragments: Fragments, names: string[] = []): string[] {
  for (const selection of selectionSet.selections) {
    if (names.length > documentLimits.rootFields) return names;
    if (selection.kind === Kind.FIELD) names.push(selection.name.value);
    else rootNames(selectionSetOf(selection, fragments), fragments, names);
  }
  return names;
}

function depthOf(
  selectionSet: SelectionSetNode,
  fragments: Fragments,
  known: Map<SelectionSetNode, number>,
): number {
  const kept = known.get(selectionSet);
  if (kept !== undefined) return kept;
  const depths = selectionSet.selections.map((selection) => {
    if (selection.kind !== Kind.FIELD) return depthOf(selectionSetOf(selection, fragments), fragments, known);
    return 1 + (selection.selectionSet ? depthOf(selection.selectionSet, fragments, known) : 0);
  });
  const depth = Math.max(...depths);
  known.set(selectionSet, depth);
  return depth;
}

function selectionSetOf(
  spread: FragmentSpreadNode | InlineFragmentNode,
  fragments: Fragments,
): SelectionSetNode {
  if (spread.kind === Kind.INLINE_FRAGMENT) return spread.selectionSet;
  const fragment = fragments.get(spread.name.value);
  if (fragment === undefined) throw new Error("a validated document spreads only fragments that it defines");
  return fragment.selectionSet;
}
