import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

export const LocalDate = textScalar(
  "LocalDate",
  "A calendar date YYYY-MM-DD.\n\nWithout time or zone, from 1990-01-01 to 2199-12-31. Inside a submitted " +
    "session a text that is no such date is a user error of that session; as an argument of a query it is " +
    "an error of the request.",
);

export const DateTime = textScalar(
  "DateTime",
  "An instant as RFC 3339 text, such as 2026-03-02T10:15:30.123Z.\n\nShown in UTC with milliseconds. As an " +
    "argument of a query it may have any offset and any number of digits after the second; a text that " +
    "names no instant is an error of the request.",
);

export const Money = textScalar(
  "Money",
  'An amount in US dollars as decimal text with two places, such as "1250.00".\n\nA text of another form ' +
    "is a user error of the session that it was submitted in.",
);

export const LogIndex = textScalar(
  "LogIndex",
  'A tree size, or a place in the audit log counted from 0, as decimal text such as "1234".\n\nIt can be ' +
    "larger than a number of JSON can be trusted to hold.",
);

/**
 * Texts are carried as they are. Whether one has the right form is judged by the domain, because one bad
 * input must not fail its batch; only a value that is no text at all fails the document. The first line of
 * the description says what was expected then.
 */
function textScalar(name: string, description: string): GraphQLScalarType<string, string> {
  const textOf = (value: unknown): string => {
    if (typeof value === "string") return value;
    throw new GraphQLError(`${name} must be a string`);
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: textOf,
    parseValue: textOf,
    parseLiteral: (node) => textOf(node.kind === Kind.STRING ? node.value : undefined),
  });
}
