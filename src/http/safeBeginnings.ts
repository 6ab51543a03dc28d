const plainName = "[_A-Za-z][_0-9A-Za-z]{0,63}";
const typeName = "[[\\]!_0-9A-Za-z]{1,80}";

/**
 * Beginnings of graphql-js messages that hold only names: words of the schema and of the document's own
 * structure, no aliases, no values. What matches is repeated, the rest and all other messages are not.
 */
const safeBeginnings = [
  `Cannot query field "${plainName}" on type "${plainName}"`,
  `Unknown argument "${plainName}" on (field "${plainName}\\.${plainName}"|directive "@${plainName}")`,
  `Unknown (type|fragment) "${plainName}"`,
  `Unknown directive "@${plainName}"`,
  `(Field|Directive) "@?${plainName}" argument "${plainName}" of type "${typeName}" is required`,
  `Field "${plainName}\\.${plainName}" of required type "${typeName}" was not provided`,
  `Field "${plainName}" must not have a selection since type "${typeName}" has no subfields`,
  `Field "${plainName}" of type "${typeName}" must have a selection of subfields`,
  `Argument "${plainName}" of (required|non-null) type "${typeName}" (must not be null|was not provided)`,
  `Argument "${plainName}" of required type "${typeName}" was provided the variable "\\$${plainName}"`,
  `There can be only one (argument|variable|operation|fragment) named "\\$?${plainName}"`,
  `Variable "\\$${plainName}" is (not defined|never used)`,
  `Variable "\\$${plainName}" of type "${typeName}" used in position expecting type "${typeName}"`,
  `Variable "\\$${plainName}" cannot be non-input type "${typeName}"`,
  `Fragment "${plainName}" is never used`,
  `Cannot spread fragment "${plainName}" within itself`,
  `The directive "@${plainName}" can only be used once at this location`,
  "This anonymous operation must be the only defined operation",
  "Too many validation errors, error limit reached",
  "GraphQL introspection is not allowed",
].map((pattern) => new RegExp(`^${pattern}`));

/** The part of a graphql-js message that may be repeated to the caller, if any. */
export function safeBeginning(message: string): string | undefined {
  for (const pattern of safeBeginnings) {
    const match = pattern.exec(message);
    if (match) return match[0];
  }
  return undefined;
}
