import type { Server } from "node:http";
import { ApolloServer, type BaseContext } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { accessPlugin, type AccessLogging } from "./accessLogging";
import { authorizePlugin, type AuthorizeOperation } from "./authorizePlugin";
import { documentLimits, documentLimitsPlugin } from "./documentLimits";
import { errorKinds, isErrorCode } from "./errors";
import { operationNotesPlugin } from "./operationNotes";
import { presentErrorsPlugin } from "./presentErrors";

export interface ApolloSettings<TContext extends BaseContext> {
  /** Throws where the caller may not carry out all of an operation. */
  authorize: AuthorizeOperation<TContext>;
  schema: GraphQLSchema;
  introspection: boolean;
  httpServer: Server;
  drainMs: number;
  log: Logger;
  accessLog?: AccessLogging<TContext>;
}

/** Apollo with nothing left to its defaults: some of them depend on NODE_ENV or on Apollo's own variables. */
export function createApollo<TContext extends BaseContext>(
  settings: ApolloSettings<TContext>,
): ApolloServer<TContext> {
  const { authorize, schema, introspection, httpServer, drainMs, log } = settings;
  return new ApolloServer<TContext>({
    schema,
    introspection,
    formatError: mask,
    logger: mutedLogger(log),
    nodeEnv: "production",
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: documentLimits.tokens },
    validationOptions: { maxErrors: documentLimits.validationErrors, hideSuggestions: true },
    executionOptions: { maxCoercionErrors: documentLimits.validationErrors },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: drainMs }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      operationNotesPlugin,
      documentLimitsPlugin,
      authorizePlugin(authorize),
      ...(settings.accessLog ? [accessPlugin(settings.accessLog.accessOf)] : []),
      presentErrorsPlugin(log),
    ],
  });
}

/** The net below presentErrors: whatever way an error takes out of Apollo, its own words stay inside. */
function mask({ extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const code = isErrorCode(extensions?.code) ? extensions.code : "INTERNAL_SERVER_ERROR";
  return { message: errorKinds[code].text, extensions: { code } };
}

type Muted = Record<"debug" | "info" | "warn" | "error", () => void>;

/** Apollo puts messages of errors into its own; ours tell only that it had something to say. */
function mutedLogger(log: Logger): Muted {
  const ignore = (): void => undefined;
  const note = "the GraphQL server reported a problem";
  return { debug: ignore, info: ignore, warn: () => log.warn(note), error: () => log.error(note) };
}
