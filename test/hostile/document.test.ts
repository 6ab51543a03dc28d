import { serveOverHttp } from "../graphql/servedOverHttp";
import { canary, hostileBattery, postTo, Row } from "./battery";

const { group, served } = hostileBattery();

const times = (count: number, text: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => text(place)).join(" ");
const query = (text: string): object => ({ query: text });

const tooComplex = "400 TOO_COMPLEX";
const unfit = "400 GRAPHQL_VALIDATION_FAILED";
const unreadable = "400 GRAPHQL_PARSE_FAILED";
const badRequest = "400 BAD_REQUEST";
const badInput = "400 BAD_USER_INPUT";
const versions = '200 {"policyVersions":[{"id":"molina-esi@2021-12-12"}]}';

const decision = `decision(id: "${canary}")`;
const nested = (levels: number): object =>
  query(`{ ${decision} { ${"supersedes { ".repeat(levels - 2)} id ${"} ".repeat(levels - 2)} } }`);

group(1, "fields nested too deep", [
  ["9 levels", nested(9), tooComplex],
  ["300 levels", nested(300), tooComplex],
  ["5,000 levels", nested(5_000), tooComplex],
  ["8 levels, the most", nested(8), '200 {"decision":null}'],
]);

const aliases = (count: number): object =>
  query(`{ ${decision} { ${times(count, (n) => `${canary}_${n}: id`)} } }`);

group(2, "aliases beyond the limit", [
  ["16", aliases(16), tooComplex],
  ["100", aliases(100), tooComplex],
  ["10,000", aliases(10_000), tooComplex],
]);

group(3, "one field over and over", [
  ["10,000 times", query(`{ policyVersions { ${times(10_000, () => "id")} } }`), tooComplex],
  ["300 times, which is one field", query(`{ policyVersions { ${times(300, () => "id")} } }`), versions],
  ["900 times", query(`{ ${decision} { ${times(900, () => "id")} } }`), tooComplex],
]);

const circle = (count: number): object =>
  query(
    `{ ${decision} { ...f0 } } ${times(count, (n) => `fragment f${n} on Decision { ...f${(n + 1) % count} }`)}`,
  );

group(4, "fragments in a circle", [
  ["1", circle(1), unfit],
  ["2", circle(2), unfit],
  ["100", circle(100), unfit],
  ["200, which are too many tokens", circle(200), tooComplex],
]);

const bomb = (spreads: (next: number) => string): object =>
  query(`{ ${decision} { ...f0 } }
    ${times(19, (n) => `fragment f${n} on Decision { ${spreads(n + 1)} }`)} fragment f19 on Decision { id }`);

const rootBomb = query(
  `{ ...f0 } ${times(19, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)}
   fragment f19 on Query { policyVersions { id } }`,
);

group(5, "20 fragments that each spread the next one twice", [
  ["at the root", rootBomb, tooComplex],
  ["side by side", bomb((next) => `...f${next} ...f${next}`), tooComplex],
  ["in a field", bomb((next) => `supersedes { ...f${next} } supersedes { ...f${next} }`), tooComplex],
  ["in two fields", bomb((next) => `supersedes { ...f${next} } supersededBy { ...f${next} }`), tooComplex],
]);

const directives = (count: number, name: string): object =>
  query(`{ policyVersions { id ${times(count, (n) => `${name}${n}`)} } }`);

group(6, "directives beyond the limit", [
  ["11 that nobody knows", directives(11, `@strange`), unfit],
  ["400 that nobody knows", directives(400, `@strange`), unfit],
  ["5,000 that nobody knows", directives(5_000, `@strange`), tooComplex],
  [
    "11 that are known",
    query(`{ policyVersions { ${times(11, () => "id @include(if: true)")} } }`),
    tooComplex,
  ],
]);

group(7, "a directive twice at one place", [
  [
    "@include of both opinions",
    query("{ policyVersions { id @include(if: true) @include(if: false) } }"),
    unfit,
  ],
]);

const variables = (count: number): object => query(`query (${times(count, () => "$a: Int")}) { __typename }`);

group(8, "one variable defined over and over", [
  ["2 times", variables(2), unfit],
  ["200 times", variables(200), unfit],
  ["5,000 times", variables(5_000), tooComplex],
]);

const deepValue = (levels: number, open: string, close: string): object =>
  query(`{ policyInForce(on: ${open.repeat(levels)} ${close.repeat(levels)}) { id } }`);

group(9, "a literal of lists in lists", [
  ["450", deepValue(450, "[", "]"), unfit],
  ["20,000", deepValue(20_000, "[", "]"), tooComplex],
]);

group(10, "a literal of objects in objects", [
  ["240", query(objects(240)), unfit],
  ["5,000", query(objects(5_000)), tooComplex],
]);

function objects(levels: number): string {
  return `{ policyInForce(on: ${"{a:".repeat(levels)} 1 ${"}".repeat(levels)}) { id } }`;
}

group(11, "what the parser skips, and one token too many", [
  ["1,001 commas and comments", query(`{ policyVersions { ${",#x\n".repeat(1_001)} id } }`), versions],
  ["500,000 commas", query(`{ policyVersions { ${",".repeat(500_000)} id } }`), versions],
  ["50,000 comments", query(`{ policyVersions { ${`#${canary}\n`.repeat(50_000)} id } }`), versions],
  ["1,001 tokens", query(`{ policyVersions { ${times(996, () => "id")} } }`), tooComplex],
]);

const blockString = (characters: number): object =>
  query(`{ policyInForce(on: """${"x".repeat(characters)}${canary}""") { id } }`);

group(12, "a block string of a megabyte", [
  ["just within a body", blockString(1_000_000), badInput],
  ["of many lines", query(`{ policyInForce(on: """${" x\n".repeat(200_000)}""") { id } }`), badInput],
  ["beyond a body", blockString(1_048_576), "413 BAD_REQUEST"],
]);

group(13, "200 operations, none of them named", [
  ["200", query(times(200, (n) => `query a${n} { __typename }`)), badRequest],
]);

const twoOperations = "query a { policyVersions { id } } query b { __typename }";

group(14, "an operation name that names none", [
  ["none", query(twoOperations), badRequest],
  ["another", { query: twoOperations, operationName: canary }, badRequest],
  ["of 10 KB", { query: twoOperations, operationName: canary.repeat(1_024) }, badRequest],
  ["a list", { query: twoOperations, operationName: ["a"] }, badRequest],
  ["an object", { query: twoOperations, operationName: { a: 1 } }, badRequest],
  ["that of an object's own property", { query: twoOperations, operationName: "constructor" }, badRequest],
]);

const mutationOf = (fields: string): object => ({
  query: `mutation ($inputs: [SubmitClaimSessionInput!]!) { ${fields} }`,
  variables: { inputs: [] },
});
const submitted = "submitClaimSessions(inputs: $inputs) { replayed }";

group(15, "two mutations in one operation", [
  ["by alias", mutationOf(`a: ${submitted} b: ${submitted}`), tooComplex],
  ["in a fragment", mutationOf(`... { a: ${submitted} } ... { b: ${submitted} }`), tooComplex],
]);

/** Where introspection is off, as in production. */
const askOfMuteService = async (text: string): Promise<string> => {
  const mute = await serveOverHttp(
    { ...served().service, close: async () => undefined },
    { introspection: false },
  );
  try {
    return await postTo(mute.url, query(text));
  } finally {
    await mute.stop();
  }
};

const introspections: [string, string][] = [
  ["by alias", "{ s: __schema { queryType { name } } }"],
  ["in a fragment", "{ ...f } fragment f on Query { __schema { queryType { name } } }"],
  ["of a type", '{ __type(name: "Query") { name } }'],
  ["beside a field", '{ policyVersions { id } __type(name: "Member") { name } }'],
];

group(16, "introspection where it is off", [
  ...introspections.map(([what, text]): Row => [what, () => askOfMuteService(text), unfit]),
  [
    "where it is on, in a circle",
    query(`{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`),
    unfit,
  ],
]);

group(17, "__typename and nothing else", [
  ["10,000 times", query(`{ ${times(10_000, () => "__typename")} }`), tooComplex],
  ["900 times", query(`{ ${times(900, () => "__typename")} }`), tooComplex],
  [
    "300 times in an object",
    query(`{ ${decision} { ${times(300, () => "__typename")} } }`),
    '200 {"decision":null}',
  ],
]);

group(18, "an operation that the schema has none of", [
  ["a subscription", query("subscription { decisions { id } }"), unfit],
  ["a subscription beside a query", query("query a { __typename } subscription b { x }"), badRequest],
]);

group(19, "a field name near a real one", [
  ["of the root", query("{ polcyVersions { id } }"), unfit],
  ["of an object", query(`{ ${decision} { memberI } }`), unfit],
  ["of an argument", query(`{ decision(idd: "${canary}") { id } }`), unfit],
  ["of a type", query("query ($a: ClaimTyp) { __typename }"), unfit],
]);

group(20, "next to nothing", [
  ["nothing", query(""), badRequest],
  ["spaces", query("  \n"), unreadable],
  ["a comment", query(`# ${canary}`), unreadable],
  ["a byte order mark", query("\ufeff"), unreadable],
  ["a query after a byte order mark", query("\ufeff{ policyVersions { id } }"), versions],
  ["NUL", query("\u0000"), unreadable],
  ["an empty selection", query("{ }"), unreadable],
]);

test("no error gives a hint of what the schema has instead", async () => {
  for (const text of [
    "{ polcyVersions { id } }",
    `{ ${decision} { memberI } }`,
    "query ($a: ClaimTyp) { __typename }",
  ]) {
    expect((await served().ask(text)).text).not.toMatch(/did you mean/i);
  }
});
