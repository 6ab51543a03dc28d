import { AuthCheckerFn } from "type-graphql";
import { Caller } from "../access/caller";
import { Scope } from "../access/scopes";
import { GraphqlContext } from "./context";
import { forbidden } from "./failures";

/**
 * Whether the caller's token grants every scope that an operation names; an operation that names none takes
 * any token.
 */
export const requireScopes: AuthCheckerFn<GraphqlContext, Scope> = ({ context: { caller } }, needed) => {
  refuseWithout(caller, needed);
  return true;
};

/** Refuses a caller whose token lacks a scope. */
export function refuseWithout({ scopes }: Pick<Caller, "scopes">, needed: readonly Scope[]): void {
  if (!needed.every((scope) => scopes.has(scope))) throw forbidden();
}
