import { HeaderMap, type ApolloServer, type BaseContext, type HTTPGraphQLResponse } from "@apollo/server";
import type { Caller } from "../access/caller";
import type { ObserveCase } from "../cases/seen";
import type { Deadline } from "../deadline";
import { explainUnavailable, type AccessLogging } from "./accessLogging";
import type { Admission } from "./admission";
import { callerOf } from "./bearer";
import { inputsHeader } from "./documentLimits";
import { RequestFault } from "./errors";
import { send, type Answer, type Exchange } from "./exchange";
import { inTime } from "./inTime";
import { replyTypeFor, strictMediaType } from "./mediaType";
import { carryNotes } from "./operationNotes";
import { purposeOfUse } from "./purposeOfUse";
import type { Rate } from "./rate";
import { checkMediaType, parseBody, readBody } from "./requestBody";
import { noteCases } from "./requestNotes";

export interface GraphqlRoute<TContext extends BaseContext> {
  apollo: ApolloServer<TContext>;
  /** Rejects with TokenRefused where the token is not accepted. */
  authenticate: (token: string) => Promise<Caller>;
  /** What use cases tell of their work for the request goes to `observe`. */
  contextOf: (of: ContextParts) => TContext;
  admission: Admission;
  rate: Rate;
  bodyBytes: number;
  /** The same for whoever may send batches. */
  largeBodyBytes: number;
  answerBytes: number;
  deadlineMs: number;
  /** Absent: no access is logged. */
  accessLog?: AccessLogging<TContext>;
  requiresPurpose: boolean;
}

/** What the context of a request is made of. */
export interface ContextParts {
  readonly caller: Caller;
  readonly requestId: string;
  readonly observe: ObserveCase;
  readonly deadline: Deadline;
}

/** Checks the token before anything else is read, and all of the request before anything is executed. */
export async function serveGraphql<TContext extends BaseContext>(
  exchange: Exchange,
  route: GraphqlRoute<TContext>,
): Promise<void> {
  const { incoming, notes } = exchange;
  const caller = await callerOf(incoming, route.authenticate);
  notes.clientId = caller.clientId;
  route.rate.arrive(caller.clientId);
  const purpose = purposeOfUse(incoming, route.requiresPurpose);
  const replyType = replyTypeFor(incoming.headers.accept);
  if (replyType === undefined) throw notAcceptable();
  checkMediaType(incoming);
  const text = await readBody(incoming, bodyLimitOf(caller, route));
  const answer = await route.admission.admit(caller.clientId, () =>
    execute(exchange, { caller, purpose, replyType, text }, route),
  );
  send(exchange, answer);
}

/** A request that was let in, its body not yet parsed. */
interface Admitted {
  readonly caller: Caller;
  readonly purpose: string | undefined;
  readonly replyType: string;
  readonly text: string;
}

/** No answer leaves before it is on record whom it shows. */
async function execute<TContext extends BaseContext>(
  exchange: Exchange,
  { caller, purpose, replyType, text }: Admitted,
  { apollo, accessLog, contextOf, rate, deadlineMs, answerBytes }: GraphqlRoute<TContext>,
): Promise<Answer> {
  const { requestId, notes } = exchange;
  const body = checkRequest(parseBody(text));
  const headers = carryNotes(headersFor(replyType, requestId), notes);
  const result = await inTime(exchange, deadlineMs, async (deadline) => {
    const context = contextOf({ caller, requestId, observe: noteCases(notes), deadline });
    const executed = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: "POST", search: "", body, headers },
      context: async () => context,
    });
    const told = accessLog?.accessOf(context).told();
    const access = told && { requestId, caller, purpose, asked: String(body.query), ...told };
    if (access) await accessLog?.record(access, context).catch(explainUnavailable);
    return executed;
  });
  const inputs = result.headers.get(inputsHeader);
  rate.charge(caller.clientId, Number(inputs ?? 1) - 1);
  return checkLength(answerOf(result), inputs !== undefined, answerBytes);
}

/** Only those who may send batches are listened to for long. */
function bodyLimitOf<TContext extends BaseContext>(
  { scopes }: Caller,
  { bodyBytes, largeBodyBytes }: GraphqlRoute<TContext>,
): number {
  return scopes.has("claims:submit") || scopes.has("history:import") ? largeBodyBytes : bodyBytes;
}

/** What a mutation did is done, so its answer is sent however long it is; its cost has bounded it before. */
function checkLength(answer: Answer, isMutation: boolean, mostBytes: number): Answer {
  if (isMutation || Buffer.byteLength(answer.body) <= mostBytes) return answer;
  const text = `The answer is longer than ${mostBytes} bytes: ask for fewer decisions, or for fewer fields.`;
  throw new RequestFault("TOO_COMPLEX", { text });
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
  const named = Object.fromEntries(headers);
  const { "x-request-id": presented, "content-type": mediaType, [inputsHeader]: _, ...others } = named;
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
