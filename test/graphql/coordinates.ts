import {
  GraphQLArgument,
  GraphQLInputField,
  GraphQLNamedType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
} from "graphql";

/** One thing that a schema defines. */
export interface Definition {
  /** What a client relies on: kind, type, default value. */
  readonly promise: string;
  readonly description?: string | null;
  /** Whether a client must give it a value. */
  readonly isRequired: boolean;
}

/**
 * Everything that a schema defines itself, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`,
 * `Enum.VALUE`.
 */
export function definitionsOf(schema: GraphQLSchema): Map<string, Definition> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return new Map(types.flatMap((type) => [[type.name, definitionOf(type)], ...membersOf(type)]));
}

function definitionOf(type: GraphQLNamedType): Definition {
  return { promise: type.constructor.name, description: type.description, isRequired: false };
}

function membersOf(type: GraphQLNamedType): [string, Definition][] {
  if (isEnumType(type)) {
    return type
      .getValues()
      .map(({ name, description }) => [
        `${type.name}.${name}`,
        { promise: "value", description, isRequired: false },
      ]);
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [
      `${type.name}.${field.name}`,
      { ...givenOf(field), isRequired: isRequiredInputField(field) },
    ]);
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const coordinate = `${type.name}.${field.name}`;
    const { description } = field;
    const args = field.args.map((argument): [string, Definition] => [
      `${coordinate}(${argument.name}:)`,
      { ...givenOf(argument), isRequired: isRequiredArgument(argument) },
    ]);
    return [[coordinate, { promise: String(field.type), description, isRequired: false }], ...args];
  });
}

function givenOf({
  type,
  defaultValue,
  description,
}: GraphQLArgument | GraphQLInputField): Omit<Definition, "isRequired"> {
  const written = defaultValue === undefined ? "" : ` = ${JSON.stringify(defaultValue)}`;
  return { promise: `${String(type)}${written}`, description };
}

/**
 * The thing that a coordinate belongs to, and so on outwards: a field's type, an argument's field and type.
 */
export function ownersOf(coordinate: string): string[] {
  const [type, member] = coordinate.split(".");
  if (member === undefined) return [];
  const field = member.replace(/\(.*/, "");
  return field === member ? [type] : [type, `${type}.${field}`];
}
