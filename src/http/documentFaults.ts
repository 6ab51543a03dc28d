import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  isValueNode,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLScalarType,
  type GraphQLSchema,
  type ValueNode,
} from "graphql";
import { expectationOf } from "../graphql/expectation";
import type { ErrorCode } from "./errors";
import { safeBeginning } from "./safeBeginnings";

/** What graphql-js says when comparing the fields of a selection with each other took too many steps. */
const tooMuchWork = "Validation aborted.";

/** A fault in the words that the caller may see, with the error or the literal that has its place. */
export interface Fault {
  code: ErrorCode;
  text?: string;
  error: GraphQLError;
}

/** What to say of each validation error: the place by its name in the schema and what it takes, no value. */
export function documentFaults(
  schema: GraphQLSchema,
  document: DocumentNode,
  errors: readonly GraphQLError[],
): Fault[] {
  const { places, refused } = placesOf(schema, document, new Set(errors.map(firstNode)));
  return errors.map((error) => {
    if (error.message === tooMuchWork) return { error, code: "TOO_COMPLEX" };
    const text = safeBeginning(error.message);
    if (text !== undefined) return { error, code: "GRAPHQL_VALIDATION_FAILED", text };
    const node = firstNode(error);
    // A scalar that throws a GraphQLError of its own may leave the place out: one such error a literal.
    return (node ? places.get(node) : refused.shift()) ?? { error, code: "GRAPHQL_VALIDATION_FAILED" };
  });
}

function firstNode({ nodes: [node] = [] }: GraphQLError): ASTNode | undefined {
  return node;
}

interface Places {
  /** What the schema expects at those of the nodes asked for that are values. */
  places: Map<ASTNode, Fault>;
  /** The same of all literals that a scalar of ours refuses, in the document's order. */
  refused: Fault[];
}

function placesOf(schema: GraphQLSchema, document: DocumentNode, nodes: ReadonlySet<unknown>): Places {
  const found: Places = { places: new Map(), refused: [] };
  const seen = new TypeInfo(schema);
  const enclosing: string[] = [];
  const enter = (node: ASTNode): false | void => {
    const coordinate = coordinateOf(node, seen);
    if (coordinate !== undefined) enclosing.push(coordinate);
    const expected = seen.getInputType();
    if (nodes.has(node) && node.kind === Kind.OBJECT_FIELD) found.places.set(node, strangerIn(node, seen));
    if (!expected || !isValueNode(node)) return;
    if (nodes.has(node)) found.places.set(node, valueFault(node, expected, enclosing.at(-1)));
    const isList = node.kind === Kind.LIST && isListType(getNullableType(seen.getParentInputType()));
    if (isList || !isRefused(node, expected)) return;
    found.refused.push(valueFault(node, expected, enclosing.at(-1)));
    return false;
  };
  const leave = (node: ASTNode): void => {
    if (coordinateOf(node, seen) !== undefined) enclosing.pop();
  };
  visit(document, visitWithTypeInfo(seen, { enter, leave }));
  return found;
}

function isRefused(node: ValueNode, expected: GraphQLInputType): boolean {
  const type = getNamedType(expected);
  if (!isOurScalar(type) || node.kind === Kind.NULL || node.kind === Kind.VARIABLE) return false;
  try {
    type.parseLiteral(node);
    return false;
  } catch (error) {
    return error instanceof GraphQLError && error.nodes === undefined;
  }
}

function isOurScalar(type: GraphQLNamedType): type is GraphQLScalarType {
  return isScalarType(type) && !isSpecifiedScalarType(type);
}

/** The schema's name for the place that the values below this node belong to. */
function coordinateOf(node: ASTNode, seen: TypeInfo): string | undefined {
  if (node.kind === Kind.VARIABLE_DEFINITION) return `$${node.variable.name.value}`;
  if (node.kind === Kind.OBJECT_FIELD) return `${enclosingType(seen)}.${node.name.value}`;
  if (node.kind !== Kind.ARGUMENT) return undefined;
  const directive = seen.getDirective();
  const owner = directive
    ? `@${directive.name}`
    : `${seen.getParentType()?.name}.${seen.getFieldDef()?.name}`;
  return `${owner}(${node.name.value}:)`;
}

/** A name inside a literal may be a value in the wrong place, so one that the type lacks stays unsaid. */
function strangerIn(nodes: ASTNode, seen: TypeInfo): Fault {
  const text = `A field is given that type "${enclosingType(seen)}" does not define`;
  return { code: "GRAPHQL_VALIDATION_FAILED", text, error: new GraphQLError(text, { nodes }) };
}

/** A text that a scalar of ours refuses, say a malformed date, is bad input, as it would be in a variable. */
function valueFault(node: ValueNode, expected: GraphQLInputType, place: string | undefined): Fault {
  const isMalformed = node.kind === Kind.STRING && isOurScalar(getNamedType(expected));
  const tail = node.kind === Kind.NULL ? ", but it is null" : "";
  const text = `The value of ${place} is not valid; expected ${expectationOf(expected)}${tail}`;
  const code = isMalformed ? "BAD_USER_INPUT" : "GRAPHQL_VALIDATION_FAILED";
  return { code, text, error: new GraphQLError(text, { nodes: node }) };
}

function enclosingType(seen: TypeInfo): string {
  return String(getNamedType(seen.getParentInputType()));
}
