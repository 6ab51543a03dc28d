import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextWillSendResponse } from "@apollo/server";
import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { documentFaults, type Fault } from "./documentFaults";
import { documentLimits } from "./documentLimits";
import { errorKinds, formatFailure, isErrorCode, type ErrorCode } from "./errors";
import { failureRecordOf } from "./failureRecord";
import { strictMediaType } from "./mediaType";
import { notesOf } from "./operationNotes";
import { noteErrors } from "./requestNotes";
import { safeBeginning } from "./safeBeginnings";
import { variableFaults } from "./variableFaults";

type Outcome = GraphQLRequestContextWillSendResponse<BaseContext>;

// Faults of the caller's that graphql-js and Apollo tell from others by their message only.
const argumentFault = /^Argument "\w+" of /;
const tokenFault = /^Syntax Error: Document contains more that \d+ tokens\./;

const noSuchOperation = "OPERATION_RESOLUTION_FAILURE";
const unclearOperation = "The document has no operation of that name, or several and none is named.";
const variablesNotValid = new GraphQLError("", { extensions: { code: "BAD_USER_INPUT" } });
const tooManyTokens = `Too many tokens: at most ${documentLimits.tokens}.`;

/** Codes that GraphQL over HTTP wants answered with 200 where the caller takes application/json only. */
const answeredWith200: readonly ErrorCode[] = [
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
];

/** Gives every top-level error its code, text and request id, the answer its HTTP code; logs what is ours. */
export function presentErrorsPlugin(log: Logger): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse(outcome) {
          const requestId = outcome.request.http?.headers.get("x-request-id") ?? "";
          outcome.response.http.headers.set("x-request-id", requestId);
          if (outcome.errors === undefined || outcome.response.body.kind !== "single") return;
          const faults = faultsOf(outcome, outcome.errors);
          const codes = faults.map(({ code }) => code);
          noteErrors(notesOf(outcome.request.http?.headers), codes);
          const { singleResult } = outcome.response.body;
          singleResult.errors = faults.map((fault) => present(fault, requestId));
          setHttpCode(outcome, faults, deliversAnything(singleResult.data));
          for (const fault of faults) logIfOurs(log, fault, requestId);
        },
      };
    },
  };
}

function faultsOf(outcome: Outcome, errors: readonly GraphQLError[]): Fault[] {
  const { schema, document, operation, request } = outcome;
  if (operation && errors.some(concernsVariable)) {
    const { variables = {} } = request;
    const found = variableFaults(schema, operation, variables, documentLimits.validationErrors);
    return (found.length > 0 ? found : [variablesNotValid]).map(faultOf);
  }
  if (document && errors.every(failsValidation)) return documentFaults(schema, document, errors);
  return errors.map(faultOf);
}

function failsValidation({ extensions }: GraphQLError): boolean {
  return extensions.code === "GRAPHQL_VALIDATION_FAILED" && extensions.safeText === undefined;
}

function concernsVariable({ nodes, path }: GraphQLError): boolean {
  return path === undefined && nodes?.length === 1 && nodes[0]?.kind === Kind.VARIABLE_DEFINITION;
}

/** A resolver may say more than its code does: in `extensions.safeText`, which may hold no caller's value. */
function faultOf(error: GraphQLError): Fault {
  const code = codeOf(error);
  const { safeText } = error.extensions;
  if (isTooManyTokens(error)) return { error, code: "TOO_COMPLEX", text: tooManyTokens };
  if (code === "INTERNAL_SERVER_ERROR") return { error, code };
  if (typeof safeText === "string") return { error, code, text: safeText };
  if (code === "BAD_USER_INPUT") return { error, code, text: safeBeginning(error.message) };
  return { error, code, text: error.extensions.code === noSuchOperation ? unclearOperation : undefined };
}

function codeOf(error: GraphQLError): ErrorCode {
  const { code } = error.extensions;
  if (isErrorCode(code)) return code;
  if (code === noSuchOperation || code === "PERSISTED_QUERY_NOT_SUPPORTED") return "BAD_REQUEST";
  return isArgumentFault(error) ? "BAD_USER_INPUT" : "INTERNAL_SERVER_ERROR";
}

/** A null that reaches a non-null argument through a nullable variable: found only when it is executed. */
function isArgumentFault(error: GraphQLError): boolean {
  const cause = causeOf(error);
  return cause instanceof GraphQLError && cause.nodes !== undefined && argumentFault.test(cause.message);
}

function isTooManyTokens(error: GraphQLError): boolean {
  return tokenFault.test(error.message);
}

function causeOf(error: GraphQLError): Error {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? causeOf(originalError) : (originalError ?? error);
}

function present({ error, code, text }: Fault, requestId: string): GraphQLFormattedError {
  const { locations, path } = error.toJSON();
  return { ...formatFailure(code, requestId, text), ...(locations && { locations }), ...(path && { path }) };
}

function deliversAnything(fields: Record<string, unknown> | null | undefined): boolean {
  return Object.values(fields ?? {}).some((field) => field !== null);
}

/** The gravest error speaks for a reply that delivers nothing; beside delivered fields errors are remarks. */
function setHttpCode({ request, response }: Outcome, faults: readonly Fault[], isDelivery: boolean): void {
  const codes = faults.map((fault) => fault.code);
  const [code] = codes.sort((a, b) => errorKinds[b].httpCode - errorKinds[a].httpCode);
  if (code === undefined || isDelivery) return;
  const { httpCode, headers = {} } = errorKinds[code];
  const isStrict = request.http?.headers.get("accept") === strictMediaType;
  response.http.status = !isStrict && answeredWith200.includes(code) ? 200 : httpCode;
  for (const [name, value] of Object.entries(headers)) response.http.headers.set(name, value);
}

function logIfOurs(log: Logger, { error, code }: Fault, requestId: string): void {
  const isBug = code === "INTERNAL_SERVER_ERROR";
  if (!isBug && code !== "UNAVAILABLE") return;
  const record = { requestId, code, ...failureRecordOf(causeOf(error)) };
  if (isBug) log.error(record, "request failed");
  else log.warn(record, "request could not be served");
}
