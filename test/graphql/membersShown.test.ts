import { extendSchema, getNamedType, isInputObjectType, isObjectType, parse } from "graphql";
import { undeclaredIn } from "../../src/graphql/membersShown";
import { buildSchema } from "../../src/graphql/schema";

const schema = buildSchema();

test("every type says what it shows of members", () => {
  expect(undeclaredIn(schema)).toEqual([]);
});

test("a type that does not say it, and a part of a decision by another way, are found", () => {
  const grown = extendSchema(
    schema,
    parse(`
      type Summary { sessions: [CountedSession!]! findings: [Finding!]! }
      extend type Query { summary: Summary!, lines: [LineDecision!]! }`),
  );
  expect(undeclaredIn(grown).sort()).toEqual([
    "Query.lines brings a part of a member's object from elsewhere",
    "Summary does not say what it shows of members",
    "Summary.findings brings a part of a member's object from elsewhere",
  ]);
});

test("a member is named by memberId, or by the id of a field that answers a member, and in no other way", () => {
  const named = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type)) return Object.keys(type.getFields()).map((name) => [type.name, name]);
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const isOfMember = getNamedType(field.type).name === "Member";
      return field.args.map(({ name }) => [
        `${type.name}.${field.name}`,
        isOfMember && name === "id" ? "member" : name,
      ]);
    });
  });
  const names = named.filter(([, name]) => /member|person|patient|subscriber/i.test(name));
  expect(names.filter(([, name]) => name !== "memberId")).toEqual([["Query.member", "member"]]);
  expect(names.length).toBeGreaterThan(6);
});
