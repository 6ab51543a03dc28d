import { secret } from "./sampleSchema";
import { messagesWithout, startSampleService, stopSampleServices, type SampleService } from "./sampleService";

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService();
});
afterAll(stopSampleServices);

const session = { memberId: "m", claimType: "FACILITY", dateOfService: "2026-01-31", lines: [{ units: 1 }] };
const submit = "mutation Submit($input: SubmitInput!) { submit(input: $input) }";

const messagesFor = (query: string, variables: object, code: string): Promise<string[]> =>
  messagesWithout(secret, service, { query, variables }, code);

const at = (path: string, expected: string): string =>
  `Variable "$input" is not valid at "${path}"; expected ${expected}`;

test.each([
  [{ input: secret }, [at("input", "an object of type SubmitInput")]],
  [{ input: [secret] }, [at("input", "an object of type SubmitInput")]],
  [{ input: null }, [at("input", "an object of type SubmitInput, but it is null")]],
  [{}, ['Variable "$input" is missing; expected an object of type SubmitInput']],
  [{ [secret]: 1 }, ['Variable "$input" is missing; expected an object of type SubmitInput']],
])("the variable as a whole: %j", async (variables, expected) => {
  expect(await messagesFor(submit, variables, "BAD_USER_INPUT")).toEqual(expected);
});

const oneLine = (line: unknown): object => ({ lines: [{ units: 1 }, line] });

test.each([
  [{ claimType: secret }, at("input.session.claimType", "one of PROFESSIONAL, FACILITY")],
  [{ claimType: { [secret]: secret } }, at("input.session.claimType", "one of PROFESSIONAL, FACILITY")],
  [{ dateOfService: secret }, at("input.session.dateOfService", "LocalDate (A calendar date, YYYY-MM-DD.)")],
  [{ memberId: { id: secret } }, at("input.session.memberId", "a string")],
  [{ memberId: null }, at("input.session.memberId", "a string, but it is null")],
  [{ memberId: undefined }, at("input.session.memberId", "a string, but it is missing")],
  [{ isTest: secret }, at("input.session.isTest", "true or false")],
  [{ lines: secret }, at("input.session.lines", "an object of type LineInput")],
  [{ lines: null }, at("input.session.lines", "a list of LineInput!, but it is null")],
  [oneLine(null), at("input.session.lines[1]", "an object of type LineInput, but it is null")],
  [oneLine({ units: secret }), at("input.session.lines[1].units", "a whole number of at most 32 bits")],
  [oneLine({ units: 2 ** 31 }), at("input.session.lines[1].units", "a whole number of at most 32 bits")],
  [oneLine({ units: 1, modifiers: ["RT", 5] }), at("input.session.lines[1].modifiers[1]", "a string")],
  [
    { [secret]: secret },
    at("input.session", "only fields of type SessionInput, but its name number 5 is not one"),
  ],
  [
    JSON.parse('{"__proto__":1,"constructor":2}'),
    at("input.session", "only fields of type SessionInput, but its name number 5 is not one"),
  ],
  [
    { note: `${secret} at "input.${secret}"; ` },
    at("input.session", "only fields of type SessionInput, but its name number 5 is not one"),
  ],
])("one place inside the variable: %j", async (change, expected) => {
  const spoiled = { ...session, ...change };
  const variables = { input: { idempotencyKey: secret, session: spoiled } };
  expect(await messagesFor(submit, variables, "BAD_USER_INPUT")).toEqual([expected]);
});

test("every fault of the variables is told, up to ten", async () => {
  const variables = { input: { idempotencyKey: 1.5, session: { lines: Array(20).fill({ units: secret }) } } };
  const messages = await messagesFor(submit, variables, "BAD_USER_INPUT");
  expect(messages.slice(0, 5)).toEqual([
    at("input.idempotencyKey", "a string"),
    at("input.session.memberId", "a string, but it is missing"),
    at("input.session.claimType", "one of PROFESSIONAL, FACILITY, but it is missing"),
    at("input.session.dateOfService", "LocalDate (A calendar date, YYYY-MM-DD.), but it is missing"),
    at("input.session.lines[0].units", "a whole number of at most 32 bits"),
  ]);
  expect(messages).toHaveLength(10);
});

test("a body full of faults is refused as quickly as one fault", async () => {
  const body = { query: submit, variables: { input: { session: { lines: Array(200_000).fill({}) } } } };
  const startedAt = Date.now();
  expect((await service.post(body)).errors).toHaveLength(10);
  expect(Date.now() - startedAt).toBeLessThan(1_500);
});
