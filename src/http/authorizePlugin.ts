import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { DocumentNode, OperationDefinitionNode } from "graphql";

/** Throws where the caller of the context may not carry out all of an operation. */
export type AuthorizeOperation<TContext> = (
  context: TContext,
  document: DocumentNode,
  operation: OperationDefinitionNode,
) => void;

/** Asks before anything of an operation runs. */
export function authorizePlugin<TContext extends BaseContext>(
  authorize: AuthorizeOperation<TContext>,
): ApolloServerPlugin<TContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, document, operation }) {
          if (operation) authorize(contextValue, document, operation);
        },
      };
    },
  };
}
