import {
  DocumentNode,
  FieldNode,
  getNamedType,
  GraphQLField,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  isObjectType,
  Kind,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";
import { Caller } from "../access/caller";
import { insufficientScope } from "../access/insufficientScope";
import { Scope } from "../access/scopes";
import { forbidden } from "./failures";
import { needOf, rootBelow, scopesIn } from "./needs";
import { Fragments, fragmentsOf } from "./selected";

/**
 * Refuses an operation for which the caller's token lacks a scope, before any of it runs: what is refused
 * must not have stored or shown anything. A schema with a root field that declares no need is refused itself.
 */
export function authorizeOperation(schema: GraphQLSchema) {
  const undeclared = rootFieldsIn(schema).filter((field) => !needOf(field));
  if (undeclared.length > 0)
    throw new Error(`no need is declared for ${undeclared.map(({ name }) => name).join(", ")}`);
  return (
    { caller: { scopes } }: { readonly caller: Pick<Caller, "scopes"> },
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): void => {
    const insufficient = insufficientScope(scopes, scopesNeeded(schema, document, operation));
    if (insufficient) throw forbidden(insufficient);
  };
}

/**
 * The scopes that an operation needs as a whole: those of its root fields and of every field below them. A
 * field that a directive would leave out counts too.
 */
export function scopesNeeded(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): ReadonlySet<Scope> {
  const selecting: Selecting = { schema, fragments: fragmentsOf(document), seen: new Set() };
  const needed = new Set<Scope>();
  const note = (field: AnyField, rootName?: string): void =>
    scopesIn(needOf(field), rootName).forEach((scope) => needed.add(scope));
  for (const [root, field] of fieldsIn(schema.getRootType(operation), selectionSet, selecting)) {
    note(root);
    noteBelow(root, field, { ...selecting, rootName: root.name }, note);
  }
  return needed;
}

type AnyField = GraphQLField<unknown, unknown>;

interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** The root field above, as far as something may be free in it. */
  readonly rootName?: string;
  /**
   * Each fragment is looked into once, however often it is spread: once for each root field, since below
   * another one it may need other scopes.
   */
  readonly seen: Set<string>;
}

function noteBelow(
  { type }: AnyField,
  { selectionSet }: FieldNode,
  selecting: Selecting,
  note: (field: AnyField, rootName?: string) => void,
): void {
  if (!selectionSet) return;
  const { rootName } = selecting;
  for (const [field, node] of fieldsIn(getNamedType(type), selectionSet, selecting)) {
    note(field, rootName);
    noteBelow(field, node, { ...selecting, rootName: rootBelow(needOf(field), rootName) }, note);
  }
}

/** The fields selected of a type, those of fragments among them; what GraphQL knows of itself is left out. */
function* fieldsIn(
  type: GraphQLNamedType | null | undefined,
  { selections }: SelectionSetNode,
  selecting: Selecting,
): Iterable<readonly [AnyField, FieldNode]> {
  const { schema, fragments, seen, rootName = "" } = selecting;
  const fields = objectType(type).getFields();
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const field = fields[selection.name.value];
      if (field) yield [field, selection];
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = selection;
      yield* fieldsIn(
        typeCondition ? schema.getType(typeCondition.name.value) : type,
        selectionSet,
        selecting,
      );
    } else if (!seen.has(`${rootName} ${selection.name.value}`)) {
      const fragment = fragments.get(selection.name.value);
      if (!fragment) throw new Error("a document that was validated spreads no unknown fragment");
      seen.add(`${rootName} ${selection.name.value}`);
      yield* fieldsIn(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet, selecting);
    }
  }
}

/** Needs are declared on the fields of objects; whoever adds an interface or a union has to decide here. */
function objectType(type: GraphQLNamedType | null | undefined): GraphQLObjectType {
  if (isObjectType(type)) return type;
  throw new Error(`what ${String(type)} needs is not known: it is no object type`);
}

function rootFieldsIn(schema: GraphQLSchema): AnyField[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
}
