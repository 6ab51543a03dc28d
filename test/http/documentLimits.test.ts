import { getIntrospectionQuery } from "graphql";
import { expectFault, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService();
});
afterAll(stopSampleServices);

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
const times = (count: number, text: (number: number) => string): string => numbers(count).map(text).join(" ");

const nested = (levels: number): string =>
  `{ node ${"{ next ".repeat(levels - 2)} { name } ${"} ".repeat(levels - 2)} }`;
const nestedInFragments = (levels: number): string =>
  `{ node { ...f } } fragment f on Node {
    ${"... { next { ".repeat(levels - 2)} name ${"} } ".repeat(levels - 2)} }`;

test.each<[string, number, (count: number) => string]>([
  ["tokens", 1_000, (count) => `{ flags(of: [${times(count - 9, () => "true")}]) }`],
  ["levels of fields", 8, nested],
  ["levels of fields", 8, nestedInFragments],
  ["aliases", 15, (count) => `{ node { ${times(count, (number) => `a${number}: name`)} } }`],
  ["root fields", 5, (count) => `{ ${times(count, () => "hello")} }`],
  ["root fields", 5, (count) => `{ ${times(count, () => "...f")} } fragment f on Query { hello }`],
  ["root fields", 1, (count) => `mutation { ${times(count, (n) => `a${n}: submit(input: ${input})`)} }`],
  ["directives", 10, (count) => `{ node { ${times(count, () => "name @include(if: true)")} } }`],
  ["fragments", 20, (count) => `{ node { ${times(count, (n) => `...f${n}`)} } } ${times(count, fragment)}`],
  ["variables", 50, (count) => `query(${times(count, (n) => `$v${n}: Boolean!`)}) ${uses(count)}`],
])("an operation may have so many %s, and no more: %i", async (what, limit, query) => {
  const variables = Object.fromEntries(numbers(51).map((number) => [`v${number}`, true]));
  expect((await service.post({ query: query(limit), variables })).errors).toEqual([]);
  const received = await service.post({ query: query(limit + 1), variables });
  expectFault(received, 400, "TOO_COMPLEX", `Too many ${what}: at most ${limit}.`);
});

test("an operation may cost 2,000, counted with the variables of each request", async () => {
  const query = "query($first: Int!) { page(first: $first) { name } }";
  for (const [first, code] of [
    [1_000, 200],
    [1_001, 400],
    [1_000, 200],
  ]) {
    expect((await service.post({ query, variables: { first } })).httpCode).toBe(code);
  }
  const received = await service.post({ query, variables: { first: 1_001 } });
  expectFault(received, 400, "TOO_COMPLEX", "Too costly: 2002, at most 2000.");
});

test("what is left out by a variable costs nothing, and costs again when it is taken in", async () => {
  const query = "query($all: Boolean!) { page(first: 1001) @include(if: $all) { name } }";
  for (const [all, code] of [
    [false, 200],
    [true, 400],
    [false, 200],
  ]) {
    expect((await service.post({ query, variables: { all } })).httpCode).toBe(code);
  }
});

test("a variable inside a list or an object of an argument counts with its value", async () => {
  const query = "query($n: Int!) { counted(by: [{ count: $n }, { count: 1 }]) { name } }";
  for (const [n, code] of [
    [1_999, 200],
    [2_000, 400],
    [1, 200],
  ]) {
    expect((await service.post({ query, variables: { n } })).httpCode).toBe(code);
  }
});

test.each([
  ["a default of a variable", "query($first: Int = 1001) { page(first: $first) { name } }"],
  ["fields below other fields", "{ page(first: 667) { next { name } } }"],
  ["fields of fragments", "{ ...f } fragment f on Query { ... on Query { page(first: 1001) { name } } }"],
])("%s count", async (_, query) => {
  expectFault(await service.post({ query }), 400, "TOO_COMPLEX", /^Too costly: 200[12], at most 2000\.$/);
});

test("a negative page does not pay for another", async () => {
  const query = "{ page(first: -100000) { name } other: page(first: 1001) { name } }";
  expectFault(await service.post({ query }), 400, "TOO_COMPLEX");
});

test("an argument that is not valid hides no cost", async () => {
  const query = "query($n: Int = 1) { page(first: $n) { name } other: page(first: 1001) { name } }";
  const received = await service.post({ query, variables: { n: null } });
  expectFault(received, 200, "BAD_USER_INPUT");
});

test("a field repeated hundreds of times is refused at once", async () => {
  const query = `{ node { ${times(950, () => "name")} } }`;
  const startedAt = Date.now();
  expectFault(await service.post({ query }), 400, "TOO_COMPLEX");
  expect(Date.now() - startedAt).toBeLessThan(1_000);
});

test("fragments that double each other are refused at once", async () => {
  const spread = (number: number): string => (number === 19 ? "name" : `...f${number + 1} ...f${number + 1}`);
  const query = `{ node { ...f0 } } ${times(20, (n) => `fragment f${n} on Node { ${spread(n)} }`)}`;
  const startedAt = Date.now();
  expectFault(await service.post({ query }), 400, "TOO_COMPLEX", /^Too costly/);
  expect(Date.now() - startedAt).toBeLessThan(1_000);
});

describe("introspection", () => {
  const introspection = getIntrospectionQuery();

  test("is answered in full where it is on, however deep it asks", async () => {
    const { errors, fields } = await service.post({ query: introspection });
    expect(errors).toEqual([]);
    expect(fields).toMatchObject({ __schema: { queryType: { name: "Query" } } });
  });

  test("lends its depth to nothing beside it", async () => {
    const query = introspection.replace("__schema", `node ${nested(9).slice(7, -2)} __schema`);
    expectFault(await service.post({ query }), 400, "TOO_COMPLEX", /levels of fields/);
  });

  test.each([
    introspection,
    '{ __type(name: "Query") { name } }',
    "{ ...f } fragment f on Query { a: __schema { __typename } }",
  ])("is refused where it is off (case %#)", async (query) => {
    const closed = await startSampleService({ introspection: false });
    const { httpCode, errors } = await closed.post({ query });
    expect(httpCode).toBe(200);
    expect(new Set(errors.map(({ message }) => message))).toEqual(
      new Set(["GraphQL introspection is not allowed"]),
    );
    expect((await closed.post({ query: "{ __typename }" })).fields).toEqual({ __typename: "Query" });
  });
});

const input = `{ idempotencyKey: "k"
  session: { memberId: "m", claimType: FACILITY, dateOfService: "2026-01-31", lines: [] } }`;

function fragment(number: number): string {
  return `fragment f${number} on Node { name }`;
}

function uses(count: number): string {
  return `{ flags(of: [${times(count, (number) => `$v${number}`)}]) }`;
}
