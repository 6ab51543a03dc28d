import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from "graphql";

const builtIn = new Map([
  [GraphQLInt.name, "a whole number of at most 32 bits"],
  [GraphQLFloat.name, "a number"],
  [GraphQLString.name, "a string"],
  [GraphQLBoolean.name, "true or false"],
  [GraphQLID.name, "a string"],
]);

/** What a place of this type takes, in words of the schema only. */
export function expectationOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return expectationOf(type.ofType);
  if (isListType(type)) return `a list of ${String(type.ofType)}`;
  if (isInputObjectType(type)) return `an object of type ${type.name}`;
  if (isEnumType(type))
    return `one of ${type
      .getValues()
      .map(({ name }) => name)
      .join(", ")}`;
  const described = type.description?.split("\n", 1)[0];
  return builtIn.get(type.name) ?? (described ? `${type.name} (${described})` : type.name);
}
