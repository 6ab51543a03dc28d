import {
  ArgumentNode,
  DocumentNode,
  getNamedType,
  GraphQLSchema,
  Kind,
  OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  ValueNode,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { identifier } from "../claim/identifier";

/** An operation of a document that is valid; its variables may not be. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The name by which arguments, inputs and variables name a member. */
const memberName = "memberId";

/**
 * The members whom the arguments of an operation name, at whatever depth. A field that a directive would
 * leave out counts too, and a text that can be no member's id does not.
 */
export function membersNamed(named: Operation): string[] {
  const { schema, document, operation } = named;
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  const Argument = (argument: ArgumentNode): void => {
    const type = types.getFieldDef()?.type;
    const isOfMember = argument.name.value === "id" && type && getNamedType(type).name === "Member";
    collect(isOfMember ? memberName : argument.name.value, argument.value, named, found);
  };
  const text = separateOperations(document)[operation.name?.value ?? ""];
  visit(text, visitWithTypeInfo(types, { Argument }));
  return [...found];
}

function collect(name: string, value: ValueNode, named: Operation, found: Set<string>): void {
  if (value.kind === Kind.VARIABLE) {
    const given = named.variables[value.name.value];
    const byDefault = defaultOf(value.name.value, named);
    if (given !== undefined) collectGiven(name, given, found);
    else if (byDefault) collect(name, byDefault, named, found);
  } else if (value.kind === Kind.LIST) {
    value.values.forEach((one) => collect(name, one, named, found));
  } else if (value.kind === Kind.OBJECT) {
    value.fields.forEach((field) => collect(field.name.value, field.value, named, found));
  } else if (value.kind === Kind.STRING || value.kind === Kind.INT) {
    addIfMember(name, value.value, found);
  }
}

function defaultOf(name: string, { operation }: Operation): ValueNode | undefined {
  return operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
}

function collectGiven(name: string, value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) value.forEach((one) => collectGiven(name, one, found));
  else if (typeof value === "object" && value !== null)
    Object.entries(value).forEach(([inner, one]) => collectGiven(inner, one, found));
  else if (typeof value === "string" || typeof value === "number") addIfMember(name, String(value), found);
}

function addIfMember(name: string, text: string, found: Set<string>): void {
  if (name === memberName && identifier.accepts(text)) found.add(text);
}
