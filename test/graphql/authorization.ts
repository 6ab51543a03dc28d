import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  getNamedType,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from "graphql";
import { Scope, scopes } from "../../src/access/scopes";
import { Need, needOf, ownAnswers, ownMutations, rootBelow, scopesIn } from "../../src/graphql/needs";

/** What is reviewed: which field takes which scopes. */
export const goldenFile = join(__dirname, "authorization.golden.txt");

export type AnyField = GraphQLField<unknown, unknown>;

/** A field with the name of its type before it. */
export interface Place {
  readonly coordinate: string;
  readonly field: AnyField;
}

export function rootPlaces(schema: GraphQLSchema): Place[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) => (type ? placesOf(type) : []));
}

/** Every field of an object type but those of the roots. */
export function innerPlaces(schema: GraphQLSchema): Place[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type) && !roots.includes(type))
    .flatMap(placesOf);
}

export function placesOf(type: GraphQLObjectType): Place[] {
  return Object.values(type.getFields()).map((field) => ({
    coordinate: `${type.name}.${field.name}`,
    field,
  }));
}

export function typeOf({ type }: AnyField): GraphQLObjectType | undefined {
  const named = getNamedType(type);
  return isObjectType(named) ? named : undefined;
}

/**
 * The coordinates that are shown below a root field to whoever has just its scopes, each once, by the need
 * that a field declares.
 */
export function shownBelow({ field: root }: Place): string[] {
  const shown = new Set<string>();
  const looked = new Set<string>();
  const look = (type: GraphQLObjectType | undefined, rootName: string | undefined): void => {
    for (const { coordinate, field } of type ? placesOf(type) : []) {
      const need = needOf(field);
      const mark = `${coordinate} ${rootName}`;
      if (looked.has(mark) || scopesIn(need, rootName).length > 0) continue;
      looked.add(mark);
      shown.add(coordinate);
      look(typeOf(field), rootBelow(need, rootName));
    }
  };
  look(typeOf(root), root.name);
  return [...shown].sort();
}

/** The golden text: what the fields of a schema declare. */
export function authorizationText(schema: GraphQLSchema): string {
  const [member] = rootPlaces(schema).filter(({ field }) => field.name === "member");
  return [
    "# What the token must grant for each root field",
    ...rootPlaces(schema).map(lineOf).sort(),
    "",
    "# What the fields below them need beside that",
    ...[...groups].map(([group, names]) => `${group}: ${names.join(", ")}`),
    ...innerPlaces(schema)
      .filter(({ field }) => needOf(field))
      .map(lineOf)
      .sort(),
    "",
    "# What is shown below Query.member for no more than its own scope",
    ...shownBelow(member),
    "",
  ].join("\n");
}

function lineOf({ coordinate, field }: Place): string {
  const need = needOf(field);
  if (!need) return `${coordinate}: UNDECLARED`;
  const free = nameOf(need.freeIn);
  const stays = need.staysFreeIn ? `; below it nothing is free but below ${nameOf(need.staysFreeIn)}` : "";
  return `${coordinate}: ${need.scopes.join(" ") || "any token"}${free && `; nothing below ${free}`}${stays}`;
}

const groups = new Map<string, readonly string[]>([
  ["OWN MUTATIONS", ownMutations],
  ["OWN ANSWERS", ownAnswers],
]);

/** Groups of root fields have a name in the golden text, so that its lines stay short: the largest first. */
function nameOf(rootNames: readonly string[]): string {
  const found = [...groups]
    .reverse()
    .find(([, all]) => all.every((name, place) => name === rootNames[place]));
  const [group, names] = found ?? [undefined, []];
  return [...(group ? [group] : []), ...rootNames.slice(names.length)].join(", ");
}

/** The needs as the golden text tells them, by coordinate: what the matrix expects. */
export function reviewedNeeds(): Map<string, Need> {
  const golden = readFileSync(goldenFile, "utf8");
  const named = new Map(
    [...golden.matchAll(/^(OWN \w+): (.+)$/gm)].map(([, group, names]) => [group, names.split(", ")]),
  );
  const namesIn = (free: string): readonly string[] =>
    free.split(", ").flatMap((name) => named.get(name) ?? [name]);
  const lines = golden.matchAll(
    /^(\w+\.\w+): ([^;\n]+)(?:; nothing below ([^;\n]+))?(?:; below it nothing is free but below (.+))?$/gm,
  );
  return new Map(
    [...lines].map(([, coordinate, needed, free = "", stays]) => [
      coordinate,
      {
        scopes: scopesNamed(needed),
        freeIn: namesIn(free),
        staysFreeIn: stays === undefined ? undefined : namesIn(stays),
      },
    ]),
  );
}

function scopesNamed(text: string): Scope[] {
  if (text === "any token") return [];
  return text.split(" ").map((name) => {
    const scope = scopes.find((known) => known === name);
    if (!scope) throw new Error(`${name} is no scope`);
    return scope;
  });
}
