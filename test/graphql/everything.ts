import { getNamedType, GraphQLObjectType, GraphQLSchema, isObjectType } from "graphql";

/** The selection of every field of a type, and of the types below it; of a decision inside it only the id. */
export function everythingOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  return selectionOf(type, []);
}

function selectionOf(type: GraphQLObjectType, above: readonly string[]): string {
  const fields = Object.values(type.getFields()).filter(({ args }) => args.length === 0);
  const selected = fields.map(({ name, type: fieldType }) => {
    const named = getNamedType(fieldType);
    if (!isObjectType(named)) return name;
    const isKnown = named === type || above.includes(named.name);
    return `${name} ${isKnown ? "{ id }" : selectionOf(named, [...above, type.name])}`;
  });
  return `{ ${selected.join(" ")} }`;
}
