import { HeaderMap, type ApolloServer, type BaseContext, type HTTPGraphQLResponse } from "@apollo/server";
import type { Caller } from "../access/caller";
import type { ObserveCase } from "../cases/seen";
import { callerOf } from "./bearer";
import { RequestFault } from "./errors";
import { send, type Answer, type Exchange } from "./exchange";
import { replyTypeFor, strictMediaType } from "./mediaType";
import { carryNotes } from "./operationNotes";
import { checkMediaType, readBody } from "./requestBody";
import { noteCases } from "./requestNotes";
import { parseStrictJson } from "./strictJson";

export interface GraphqlRoute<TContext extends BaseContext> {
  apollo: ApolloServer<TContext>;
  /** Rejects with TokenRefused where the token is not accepted. */
  authenticate: (token: string) => Promise<Caller>;
  /** What use cases tell of their work for the request goes to `observe`. */
  contextOf: (of: { caller: Caller; requestId: string; observe: ObserveCase }) => TContext;
  bodyBytes: number;
}

/** Checks the token before anything else is read, and all of the request before anything is executed. */
export async function serveGraphql<TContext extends BaseContext>(
  exchange: Exchange,
  route: GraphqlRoute<TContext>,
): Promise<void> {
  const { incoming, requestId, notes } = exchange;
  const caller = await callerOf(incoming, route.authenticate);
  notes.clientId = caller.clientId;
  const replyType = replyTypeFor(incoming.headers.accept);
  if (replyType === undefined) throw notAcceptable();
  checkMediaType(incoming);
  const body = checkRequest(parseStrictJson(await readBody(incoming, route.bodyBytes)));
  const context = route.contextOf({ caller, requestId, observe: noteCases(notes) });
  const headers = carryNotes(headersFor(replyType, requestId), notes);
  const result = await route.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", search: "", body, headers },
    context: async () => context,
  });
  send(exchange, answerOf(result));
}

/** The headers that reach Apollo: our choice of media type and our request id, nothing of the caller's. */
function headersFor(replyType: string, requestId: string): HeaderMap {
  return new HeaderMap([
    ["content-type", "application/json"],
    ["accept", replyType],
    ["x-request-id", requestId],
  ]);
}

/** The parameters of GraphQL over HTTP, each of its type; Apollo would quote some that it does not like. */
function checkRequest(body: unknown): Record<string, unknown> {
  if (!isObject(body)) throw badRequest("The request body must be a JSON object.");
  if (typeof body.query !== "string" || !body.query) throw badRequest('"query" must be a document.');
  if (!isObject(body.variables ?? {})) throw badRequest('"variables" must be an object.');
  if (!isObject(body.extensions ?? {})) throw badRequest('"extensions" must be an object.');
  if (typeof (body.operationName ?? "") !== "string") throw badRequest('"operationName" must be a string.');
  return body;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function answerOf({ status: httpCode = 200, headers, body }: HTTPGraphQLResponse): Answer {
  if (body.kind !== "complete") throw new Error("incremental delivery is not served");
  const { "x-request-id": presented, "content-type": mediaType, ...others } = Object.fromEntries(headers);
  const passedOurPlugin = presented !== undefined && mediaType !== undefined;
  if (!passedOurPlugin) throw new RequestFault(httpCode < 500 ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR");
  return { httpCode, mediaType, body: body.string, headers: others };
}

function badRequest(text: string): RequestFault {
  return new RequestFault("BAD_REQUEST", { text });
}

function notAcceptable(): RequestFault {
  const text = `The answer can be ${strictMediaType} or application/json, and "accept" takes neither.`;
  return new RequestFault("BAD_REQUEST", { text, httpCode: 406 });
}
