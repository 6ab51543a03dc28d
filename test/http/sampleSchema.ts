import {
  buildSchema,
  GraphQLError,
  valueFromASTUntyped,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type ValueNode,
} from "graphql";

const sdl = `
  enum ClaimType { PROFESSIONAL FACILITY }
  "A calendar date, YYYY-MM-DD."
  scalar LocalDate
  "A decimal text."
  scalar Money
  input CountInput { count: Int! }
  input LineInput { units: Int! modifiers: [String!]! = [] }
  input SessionInput {
    memberId: ID!
    claimType: ClaimType!
    dateOfService: LocalDate!
    isTest: Boolean
    lines: [LineInput!]!
  }
  input SubmitInput { idempotencyKey: String! session: SessionInput! }
  type Node { name: String! next: Node nodes(first: Int = 20): [Node!]! refusing: String }
  type Query {
    hello(name: String, on: LocalDate, claimType: ClaimType, input: SubmitInput): String
    charge(one: Money, many: [Money!]): String
    whoAmI: String!
    flags(of: [Boolean!]): Boolean
    counted(by: [CountInput!]!): [Node!]!
    node: Node!
    page(first: Int!): [Node!]!
    slow(ms: Int!): String!
    failing(how: String!): String
    failingHard(how: String!): String!
  }
  type Mutation { submit(input: SubmitInput!): String! tick(of: [Boolean!]): String! }
`;

export interface SampleContext {
  clientId: string;
  requestId: string;
}

/** What the driver of a database throws: the message, detail and parameters name the row. */
class DatabaseError extends Error {
  override name = "QueryFailedError";
  readonly code = "23505";
  readonly constraint = "decision_pkey";
  readonly table = "decision";
  readonly detail: string;
  readonly parameters: string[];

  constructor(secret: string) {
    const lost = Object.assign(new Error(`lost ${secret}`), { code: "08006" });
    super(`duplicate key: (member_id)=(${secret})\n    at ${secret} (${secret}.ts:1:1)`, { cause: lost });
    this.detail = `Key (member_id)=(${secret}) already exists`;
    this.parameters = [secret];
  }
}

const failures: Record<string, (secret: string) => unknown> = {
  database: (secret) => new DatabaseError(secret),
  text: (secret) => secret,
  unavailable: (secret) => new GraphQLError(secret, { extensions: { code: "UNAVAILABLE" } }),
  forbidden: (secret) => new GraphQLError(secret, { extensions: { code: "FORBIDDEN", secret } }),
  unknownCode: (secret) => new GraphQLError(secret, { extensions: { code: secret } }),
  badInput: (secret) => new GraphQLError(secret, { extensions: { code: "BAD_USER_INPUT" } }),
  tooMany: () =>
    new GraphQLError("", { extensions: { code: "BAD_USER_INPUT", safeText: "inputs: at most 100" } }),
};

export const secret = "CANARY7731";

type Resolver = GraphQLFieldResolver<unknown, SampleContext>;

const resolvers: Record<string, Record<string, Resolver>> = {
  Query: {
    hello: (_, { name }) => `hello ${name ?? "world"}`,
    whoAmI: (_, __, context) => `${context.clientId} ${context.requestId}`,
    node: () => ({ name: "root" }),
    page: () => [],
    counted: () => [],
    slow: (_, { ms }) => new Promise((resolve) => setTimeout(() => resolve("done"), ms)),
    failing: (_, { how }) => Promise.reject(failures[how]?.(secret)),
    failingHard: (_, { how }) => Promise.reject(failures[how]?.(secret)),
  },
  Node: { next: () => ({ name: "next" }), nodes: () => [{ name: "one" }] },
  Mutation: { submit: () => "submitted", tick: () => "done" },
};

/** A small schema of the same shapes as the service's own. */
export function sampleSchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (type === undefined || !("getFields" in type)) throw new Error(`no type ${typeName}`);
    for (const [fieldName, resolve] of Object.entries(fields))
      Object.assign(type.getFields()[fieldName] ?? {}, { resolve });
  }
  const date = schema.getType("LocalDate");
  Object.assign(date ?? {}, {
    parseValue: parseDate,
    parseLiteral: (node: ValueNode) => parseDate(valueFromASTUntyped(node)),
  });
  Object.assign(schema.getType("Money") ?? {}, { parseLiteral: parseMoney });
  const { page, counted } = schema.getQueryType()?.getFields() ?? {};
  Object.assign(page ?? {}, { extensions: { complexity: pageCost } });
  Object.assign(counted ?? {}, { extensions: { complexity: countedCost } });
  return schema;
}

function parseDate(value: unknown): string {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  throw new TypeError(`LocalDate cannot represent ${String(value)}`);
}

/** Throws a GraphQLError without the place, as scalars do that were not written with documents in mind. */
function parseMoney(node: ValueNode): string {
  if (node.kind === "StringValue" && node.value !== "") return node.value;
  throw new GraphQLError(`Money cannot represent ${JSON.stringify(node)}`);
}

function pageCost({ args, childComplexity }: { args: { first: number }; childComplexity: number }): number {
  return args.first * (1 + childComplexity);
}

function countedCost({ args }: { args: { by: { count: number }[] } }): number {
  return args.by.reduce((sum, { count }) => sum + count, 0);
}
