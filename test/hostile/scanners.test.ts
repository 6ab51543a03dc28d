import { getNamedType, isEnumType, isInputObjectType, isObjectType, isScalarType } from "graphql";
import { buildSchema } from "../../src/graphql/schema";
import { serveOverHttp, ServedService, tokenOf } from "../graphql/servedOverHttp";
import { postTo } from "./battery";
import { told } from "./told";

/* What scanners of GraphQL services look for, asked of a service set up as in production: no introspection. */

const schema = buildSchema();
const outputs = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith("__"),
);

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp(undefined, { introspection: false })));
afterAll(() => served.stop());

describe("the schema", () => {
  const secretLike =
    /pass(?:word|wd|phrase)|secret|token|credential|private|api_?key|ssn|social|birth|salary|session_?id|cookie/i;

  test("shows nothing that is named like a secret", () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) || isInputObjectType(type)
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [type.name],
    );
    const ours = names.filter((name) => !name.startsWith("__"));
    expect(ours.length).toBeGreaterThan(200);
    expect(ours.filter((name) => secretLike.test(name))).toEqual([]);
  });

  test("leads in circles at these places alone; depth and cost bound them", () => {
    const edges = new Map(
      outputs.map((type) => [
        type.name,
        isObjectType(type)
          ? Object.values(type.getFields()).map(({ type: of }) => getNamedType(of).name)
          : [],
      ]),
    );
    const reaches = (from: string, target: string, seen = new Set<string>()): boolean =>
      (edges.get(from) ?? []).some((next) => {
        if (next === target) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, target, seen);
      });
    const inCircles = outputs.map(({ name }) => name).filter((name) => reaches(name, name));
    expect(inCircles.sort()).toEqual(["Decision"]);
  });

  test("has only scalars whose form is known", () => {
    const scalars = Object.values(schema.getTypeMap()).filter(
      (type) => isScalarType(type) && !isEnumType(type),
    );
    expect(scalars.map(({ name }) => name).sort()).toEqual(
      ["Boolean", "DateTime", "Float", "ID", "Int", "LocalDate", "LogIndex", "Money", "String"].filter(
        (name) => schema.getType(name),
      ),
    );
  });
});

const times = (count: number, text: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => text(place)).join(" ");
const post = (body: object, headers = {}) => postTo(served.url, body, headers);
const get = async (search: string): Promise<string> => {
  const headers = { authorization: `Bearer ${tokenOf()}` };
  const reply = await fetch(`${served.url}?${search}`, { headers });
  return told(reply.status, await reply.text());
};
const unfit = "400 GRAPHQL_VALIDATION_FAILED";
const tooComplex = "400 TOO_COMPLEX";
const wrongType = "415 BAD_REQUEST";
const form = { "content-type": "application/x-www-form-urlencoded" };

describe("what graphql-cop asks", () => {
  test.each<[string, () => Promise<string>, string]>([
    ["field suggestions", () => post({ query: "{ polcyVersions { id } }" }), unfit],
    ["introspection", () => post({ query: "{ __schema { types { name } } }" }), unfit],
    [
      "circular introspection",
      () => post({ query: "{ __schema { types { fields { type { fields { type { name } } } } } } }" }),
      unfit,
    ],
    ["101 aliases", () => post({ query: `{ ${times(101, (n) => `a${n}: __typename`)} }` }), tooComplex],
    ["a batch of 10", () => post(Array(10).fill({ query: "{ __typename }" })), "400 BAD_REQUEST"],
    ["10 directives at a field", () => post({ query: `{ __typename ${times(10, () => "@aa")} }` }), unfit],
    ["500 fields", () => post({ query: `{ ${times(500, () => "__typename")} }` }), tooComplex],
    ["a query by GET", () => get("query={__typename}"), "405 BAD_REQUEST"],
    ["a mutation by GET", () => get("query=mutation{__typename}"), "405 BAD_REQUEST"],
    ["a query as a form", () => postTo(served.url, "query={__typename}", form), wrongType],
    [
      "the explorer",
      async () => told(404, await (await fetch(new URL("/explorer", served.url))).text()),
      "404 BAD_REQUEST",
    ],
    ["a failure that nobody foresaw", () => post({ query: "qwerty {abc}" }), "400 GRAPHQL_PARSE_FAILED"],
  ])("%s", async (_, ask, expected) => {
    expect(await ask()).toBe(expected);
  });

  test("no answer has a trace, a suggestion, an extension of its own or a word about what runs here", async () => {
    for (const query of [
      "{ __typename }",
      "{ polcyVersions }",
      "qwerty {abc}",
      "{ policyVersions { idd } }",
    ]) {
      const reply = await fetch(served.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${tokenOf()}`,
          "apollo-tracing": "1",
          "apollo-federation-include-trace": "ftv1",
        },
        body: JSON.stringify({ query, extensions: { tracing: true } }),
      });
      const text = await reply.text();
      expect(text).not.toMatch(/did you mean|stacktrace|tracing|ftv1|node_modules|\.[jt]s:\d/i);
      expect(Object.keys(JSON.parse(text))).not.toContain("extensions");
      const telling = [...reply.headers.keys()].filter((name) =>
        /^(?:server|x-powered-by|access-control-.*)$/.test(name),
      );
      expect(telling).toEqual([]);
    }
  });
});
