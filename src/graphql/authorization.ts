import { AuthCheckerFn } from "type-graphql";
import { Scope } from "../access/scopes";
import { GraphqlContext } from "./context";
import { forbidden } from "./failures";

/**
 * Whether the caller's token grants every scope that an operation names; an operation that names none takes
 * any token.
 */
export const requireScopes: AuthCheckerFn<GraphqlContext, Scope> = ({ context: { caller } }, needed) => {
  if (needed.every((scope) => caller.scopes.has(scope))) return true;
  throw forbidden();
};
