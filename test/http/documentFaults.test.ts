import { secret } from "./sampleSchema";
import { messagesWithout, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService();
});
afterAll(stopSampleServices);

const messagesFor = (query: string, variables: object, code: string): Promise<string[]> =>
  messagesWithout(secret, service, { query, variables }, code);

const unfit = "GRAPHQL_VALIDATION_FAILED";
const here = "The document does not fit the schema here.";
const value = (place: string, expected: string): string =>
  `The value of ${place} is not valid; expected ${expected}`;

test.each([
  [`{ hello(claimType: ${secret}) }`, [value("Query.hello(claimType:)", "one of PROFESSIONAL, FACILITY")]],
  [`{ hello(claimType: "${secret}") }`, [value("Query.hello(claimType:)", "one of PROFESSIONAL, FACILITY")]],
  [`{ hello(name: ${secret}) }`, [value("Query.hello(name:)", "a string")]],
  [`{ hello(name: { ${secret}: 1 }) }`, [value("Query.hello(name:)", "a string")]],
  [`{ hello(name: [${secret}]) }`, [value("Query.hello(name:)", "a string")]],
  [
    `{ page(first: "${secret}") { name } }`,
    [value("Query.page(first:)", "a whole number of at most 32 bits")],
  ],
  [
    `{ page(first: null) { name } }`,
    [value("Query.page(first:)", "a whole number of at most 32 bits, but it is null")],
  ],
  [`{ hello @include(if: "${secret}") }`, [value("@include(if:)", "true or false")]],
  [
    `query($n: Int = "${secret}") { page(first: $n) { name } }`,
    [value("$n", "a whole number of at most 32 bits")],
  ],
  [
    `{ hello(input: { idempotencyKey: ${secret}, session: null }) }`,
    [
      value("SubmitInput.idempotencyKey", "a string"),
      value("SubmitInput.session", "an object of type SessionInput, but it is null"),
    ],
  ],
  [
    `{ hello(input: { idempotencyKey: "k", ${secret}: {} }) }`,
    [
      'Field "SubmitInput.session" of required type "SessionInput!" was not provided',
      'A field is given that type "SubmitInput" does not define',
    ],
  ],
  [
    `{ hello(input: { session: { ${secret}: { units: "${secret}" } }, ${secret}: 1, ${secret}: 2,
      idempotencyKey: "k" }) }`,
    [
      'Field "SessionInput.memberId" of required type "ID!" was not provided',
      'Field "SessionInput.claimType" of required type "ClaimType!" was not provided',
      'Field "SessionInput.dateOfService" of required type "LocalDate!" was not provided',
      'Field "SessionInput.lines" of required type "[LineInput!]!" was not provided',
      'A field is given that type "SessionInput" does not define',
      'A field is given that type "SubmitInput" does not define',
      here,
      'A field is given that type "SubmitInput" does not define',
    ],
  ],
  [`{ ${secret}: hello ${secret}: whoAmI }`, [here]],
  [`{ hello helo }`, ['Cannot query field "helo" on type "Query"']],
  [`{ hello(nam: "${secret}") }`, ['Unknown argument "nam" on field "Query.hello"']],
  [`{ page { name } }`, ['Field "page" argument "first" of type "Int!" is required']],
  [`{ node }`, ['Field "node" of type "Node!" must have a selection of subfields']],
  [`{ hello { name } }`, ['Field "hello" must not have a selection since type "String" has no subfields']],
  [`{ hello(name: $name) }`, ['Variable "$name" is not defined']],
  [`query($n: Strin) { hello }`, ['Unknown type "Strin"', 'Variable "$n" is never used']],
  [
    `query($n: Int) { hello(name: $n) }`,
    ['Variable "$n" of type "Int" used in position expecting type "String"'],
  ],
  [`{ node { ...gone } }`, ['Unknown fragment "gone"']],
  [`{ ${"x".repeat(65)} }`, [here]],
])("a document that does not fit: %s", async (query, expected) => {
  expect((await messagesFor(query, {}, unfit)).sort()).toEqual(expected.sort());
});

test("a literal that one of our scalars refuses is bad input, as it is in a variable", async () => {
  const expected = value("Query.hello(on:)", "LocalDate (A calendar date, YYYY-MM-DD.)");
  expect(await messagesFor(`{ hello(on: "${secret}") }`, {}, "BAD_USER_INPUT")).toEqual([expected]);
});

test("a scalar that keeps the place of its fault to itself is asked again", async () => {
  const money = "Money (A decimal text.)";
  const wrongType = `{ charge(many: ["1.00", ${secret}, [${secret}]], one: { a: ${secret} }) }`;
  expect(await messagesFor(wrongType, {}, unfit)).toEqual([
    value("Query.charge(many:)", money),
    value("Query.charge(many:)", money),
    value("Query.charge(one:)", money),
  ]);
  const { errors } = await service.post({ query: wrongType });
  expect(errors.map(({ locations }) => locations?.[0]?.column)).toEqual([25, 37, 57]);
  const malformed = '{ charge(one: "") }';
  expect(await messagesFor(malformed, {}, "BAD_USER_INPUT")).toEqual([value("Query.charge(one:)", money)]);
});

test("a null that reaches a non-null argument through a variable is the caller's fault", async () => {
  const query = "query($n: Int = 5) { page(first: $n) { name } }";
  const expected = ['Argument "first" of non-null type "Int!" must not be null'];
  expect(await messagesFor(query, { n: null }, "BAD_USER_INPUT")).toEqual(expected);
});

test.each([
  `{ hello(name: "${secret}) }`,
  `{ hello } ${secret}`,
  `{ hello(name: ${secret} `,
  `"${secret}`,
  "#",
  "{}",
  "\u0000",
])("a document that does not parse is told where, not what: %j", async (query) => {
  const { text, errors } = await service.post({ query });
  expect(text).not.toContain(secret);
  expect(errors).toMatchObject([
    {
      message: "The document is not GraphQL from here on.",
      locations: [{ line: 1 }],
      extensions: { code: "GRAPHQL_PARSE_FAILED" },
    },
  ]);
});

test("faults name their place in the document", async () => {
  const { errors } = await service.post({ query: "{\n  hello\n  helo\n}" });
  expect(errors[0]?.locations).toEqual([{ line: 3, column: 3 }]);
});
