/** What a token may allow. The list is closed: a name outside it grants nothing. */
export const scopes = [
  "claims:submit",
  "history:read",
  "history:import",
  "decisions:read",
  "decisions:review",
  "policy:write",
  "audit:read",
] as const;

export type Scope = (typeof scopes)[number];

export interface ParsedScopes {
  scopes: ReadonlySet<Scope>;
  /** Names that are no scope of this service, in the order given. */
  unknown: readonly string[];
}

export function parseScopes(names: Iterable<string>): ParsedScopes {
  const known = new Set<Scope>();
  const unknown: string[] = [];
  for (const name of names) {
    const scope = scopes.find((candidate) => candidate === name);
    if (scope === undefined) unknown.push(name);
    else known.add(scope);
  }
  return { scopes: known, unknown };
}
