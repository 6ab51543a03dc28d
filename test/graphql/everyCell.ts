import { GraphQLArgument, GraphQLObjectType, GraphQLSchema, isRequiredArgument } from "graphql";
import { Scope, scopes } from "../../src/access/scopes";
import { Need } from "../../src/graphql/needs";
import { AnyField, Place, placesOf, typeOf } from "./authorization";

/** A way from a root field down to a field, and what all that lies on it needs by the table reviewed. */
export interface Way {
  readonly to: string;
  readonly places: readonly Place[];
  readonly needed: readonly Scope[];
}

/**
 * For a root field the way to its own type's name, and one to each field below that the table names: the
 * shortest of those that need least.
 */
export function waysBelow(root: Place, needs: ReadonlyMap<string, Need>): Way[] {
  const start: Way = { to: root.coordinate, places: [root], needed: neededAt([root], needs) };
  const best = new Map<string, Way>();
  const open: Way[] = [start];
  for (let way = open.shift(); way; way = open.shift()) {
    for (const place of placesBelow(way.places.at(-1))) {
      const places = [...way.places, place];
      const next = { to: place.coordinate, places, needed: neededAt(places, needs) };
      const known = best.get(next.to);
      if (known && known.needed.length <= next.needed.length) continue;
      best.set(next.to, next);
      open.push(next);
    }
  }
  return [start, ...[...best.values()].filter(({ to }) => needs.has(to))];
}

function placesBelow(place: Place | undefined): Place[] {
  const type: GraphQLObjectType | undefined = place && typeOf(place.field);
  return type ? placesOf(type) : [];
}

function neededAt(places: readonly Place[], needs: ReadonlyMap<string, Need>): Scope[] {
  const all = new Set<Scope>();
  let rootName: string | undefined = places[0].field.name;
  for (const { coordinate } of places) {
    const { scopes: more, freeIn, staysFreeIn } = needs.get(coordinate) ?? { scopes: [], freeIn: [] };
    const isFree = rootName !== undefined && freeIn.includes(rootName);
    if (!isFree) more.forEach((scope) => all.add(scope));
    if (rootName !== undefined && staysFreeIn?.includes(rootName) === false) rootName = undefined;
  }
  return [...all];
}

/**
 * The sets of scopes that a way is tried with: each alone, all but one of those needed, none, those, all. Of
 * one that needs no more than its root field just that is left to show.
 */
export function grantsFor({ needed, places }: Way, ofRoot: Way): Scope[][] {
  if (places.length > 1 && needed.length === ofRoot.needed.length) return [[...needed]];
  const sets = [
    ...scopes.map((scope) => [scope]),
    ...needed.map((lacking) => scopes.filter((scope) => scope !== lacking)),
    [],
    [...needed],
    [...scopes],
  ];
  return [...new Map(sets.map((set) => [[...set].sort().join(" "), set])).values()];
}

/** The operation that asks for what lies at the end of a way, and its variables by coordinate. */
export function operationFor(
  { places }: Way,
  schema: GraphQLSchema,
  given: Readonly<Record<string, unknown>>,
): { readonly query: string; readonly variables: object } {
  const passed = places.flatMap(({ coordinate, field }) =>
    field.args
      .filter(isRequiredArgument)
      .map((argument) => ({ at: `${coordinate}.${argument.name}`, argument })),
  );
  const declared = passed.map(({ at, argument }) => `$${nameAt(at)}: ${String(argument.type)}`).join(", ");
  const [rootType] = places[0].coordinate.split(".");
  const kind = rootType === schema.getMutationType()?.name ? "mutation" : "query";
  const selection = places.reduceRight((below, { coordinate, field }) => {
    return ` { ${field.name}${argumentsOf(coordinate, field)}${typeOf(field) ? below || typeName : ""} }`;
  }, "");
  return {
    query: `${kind}${declared && ` (${declared})`}${selection}`,
    variables: Object.fromEntries(passed.map(({ at }) => [nameAt(at), given[at]])),
  };
}

const typeName = " { __typename }";

function argumentsOf(coordinate: string, { args }: AnyField): string {
  const passed = args.filter(isRequiredArgument);
  const texts = passed.map(({ name }: GraphQLArgument) => `${name}: $${nameAt(`${coordinate}.${name}`)}`);
  return texts.length > 0 ? `(${texts.join(", ")})` : "";
}

function nameAt(at: string): string {
  return at.replaceAll(".", "_");
}
