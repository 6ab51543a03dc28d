import {
  DocumentNode,
  GraphQLSchema,
  OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { Caller } from "../access/caller";
import { Scope } from "../access/scopes";
import { refuseWithout } from "./authorization";

/** What a field takes beyond the scope of the root field that it is reached from: its extension `guard`. */
export interface FieldGuard {
  readonly scopes: readonly Scope[];
  /** A mutation shows what it has just stored. */
  readonly isFreeInMutation?: boolean;
}

/**
 * Refuses an operation that selects a field for which the caller has no scope, before any of it runs: what is
 * refused must not have stored anything. A field that a directive would leave out counts too.
 */
export function authorizeOperation(schema: GraphQLSchema) {
  return (
    { caller }: { readonly caller: Caller },
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ) => refuseWithout(caller, guardedScopes(schema, document, operation));
}

function guardedScopes(
  schema: GraphQLSchema,
  document: DocumentNode,
  { name, operation }: OperationDefinitionNode,
): Scope[] {
  const types = new TypeInfo(schema);
  const needed = new Set<Scope>();
  const note = (): void => {
    const guard = types.getFieldDef()?.extensions.guard as FieldGuard | undefined;
    if (!guard || (guard.isFreeInMutation && operation === "mutation")) return;
    guard.scopes.forEach((scope) => needed.add(scope));
  };
  visit(separateOperations(document)[name?.value ?? ""], visitWithTypeInfo(types, { Field: note }));
  return [...needed];
}
