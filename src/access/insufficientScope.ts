import type { Scope } from "./scopes";

/** What a caller whose token grants too little is told; names of scopes are no secret. */
export interface InsufficientScope {
  readonly text: string;
  /** The value of the header www-authenticate, RFC 6750 section 3.1: all that the request takes. */
  readonly challenge: string;
}

/** Undefined where the token grants every scope that is needed. */
export function insufficientScope(
  granted: ReadonlySet<Scope>,
  needed: Iterable<Scope>,
): InsufficientScope | undefined {
  const all = [...needed];
  const lacking = all.filter((scope) => !granted.has(scope));
  if (lacking.length === 0) return undefined;
  const what = lacking.length === 1 ? "a scope" : "scopes";
  return {
    text: `The token lacks ${what} that this operation needs: ${lacking.join(", ")}.`,
    challenge: `Bearer error="insufficient_scope", scope="${all.join(" ")}"`,
  };
}
