import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { Access } from "../cases/accessLog";
import { Unavailable } from "../cases/unavailable";
import type { RequestAccess } from "../graphql/requestAccess";
import { RequestFault } from "./errors";

/** How accesses to members' data are recorded. */
export interface AccessLogging<TContext> {
  /** Rejects with `Unavailable` where not all of it is stored, in time where the request has a deadline. */
  readonly record: (access: Access, context?: TContext) => Promise<void>;
  /** Where the context of a request keeps what it shows. */
  readonly accessOf: (context: TContext) => RequestAccess;
}

/** Remembers how an operation ended: only Apollo's plugins see that. The route writes it down. */
export function accessPlugin<TContext extends BaseContext>(
  accessOf: AccessLogging<TContext>["accessOf"],
): ApolloServerPlugin<TContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({
          contextValue,
          schema,
          document,
          operation,
          request,
          response,
          errors = [],
        }) {
          if (!document || !operation) return;
          const { body } = response;
          accessOf(contextValue).end({
            ...{ schema, document, operation },
            variables: request.variables ?? {},
            isRefused: errors.some(({ extensions }) => extensions.code === "FORBIDDEN"),
            isDelivered: body.kind === "single" && Boolean(body.singleResult.data),
          });
        },
      };
    },
  };
}

/** The caller learns just that there is no answer now, and our log the cause. */
export function explainUnavailable(error: unknown): never {
  throw error instanceof Unavailable
    ? Object.assign(new RequestFault("UNAVAILABLE"), { cause: error.cause })
    : error;
}
