import { Caller } from "../../src/access/caller";
import { parseScopes, Scope, scopes } from "../../src/access/scopes";
import { TokenRefused } from "../../src/access/verifyToken";
import { recordAccess } from "../../src/cases/accessLog";
import { endingBy, observedBy } from "../../src/cases/service";
import { contextFor, GraphqlContext } from "../../src/graphql/context";
import { authorizeOperation } from "../../src/graphql/operationScopes";
import { buildSchema } from "../../src/graphql/schema";
import { createHttpServer, HttpSettings } from "../../src/http/server";
import { openLog } from "../../src/log";
import { watching, Watching } from "../../src/watching";
import { freshService, TestService } from "../cases/testService";

export interface WrittenError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

export interface Reply<Fields> {
  readonly statusCode: number;
  readonly text: string;
  readonly data?: Fields;
  readonly errors?: readonly WrittenError[];
}

/** Who asks: by default a client that may do everything. */
export interface Asking {
  readonly clientId?: string;
  readonly subject?: string;
  readonly scopes?: readonly Scope[];
}

export interface ServedService {
  readonly service: TestService;
  readonly url: string;
  ask<Fields>(query: string, variables?: object, asking?: Asking): Promise<Reply<Fields>>;
  /** The fields of a reply that must have no errors. */
  fields<Fields>(query: string, variables?: object, asking?: Asking): Promise<Fields>;
  /** Sends a body as it is written. */
  send<Fields>(body: string): Promise<Reply<Fields>>;
  logged(): string;
  readonly watch: Watching;
  stop(): Promise<void>;
}

/**
 * The GraphQL API over HTTP, on a database of its own unless a service is given. A token here just says who
 * is asking.
 */
export async function serveOverHttp(
  given?: TestService,
  settings: Partial<HttpSettings<GraphqlContext>> = {},
): Promise<ServedService> {
  const service = given ?? (await freshService());
  const lines: string[] = [];
  const log = openLog({ write: (line: string) => void lines.push(line) }, "trace");
  const watch = watching(service.database, log);
  const watched = observedBy(service, watch.observeCase);
  const server = await createHttpServer({
    schema: buildSchema(),
    authorize: authorizeOperation(buildSchema()),
    introspection: true,
    authenticate: callerOf,
    contextOf: ({ caller, requestId, observe, deadline }) =>
      contextFor(endingBy(deadline, observedBy(watched, observe)), caller, requestId),
    accessLog: {
      accessOf: ({ access }) => access,
      record: (access, context) => recordAccess(access, context?.service ?? service),
    },
    ...watch.http,
    log,
    ...settings,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  const url = `http://127.0.0.1:${port}/graphql`;
  const ask = <Fields>(query: string, variables?: object, asking?: Asking): Promise<Reply<Fields>> =>
    post<Fields>(url, JSON.stringify({ query, variables }), asking);
  return {
    service,
    url,
    ask,
    fields: async <Fields>(query: string, variables?: object, asking?: Asking) => {
      const { data, errors, text } = await ask<Fields>(query, variables, asking);
      if (errors !== undefined || data === undefined)
        throw new Error(`the reply has errors: ${text}; logged: ${lines.join("")}`);
      return data;
    },
    send: (body) => post(url, body),
    logged: () => lines.join(""),
    watch,
    stop: async () => {
      await server.stop();
      await service.close();
    },
  };
}

async function post<Fields>(url: string, body: string, asking: Asking = {}): Promise<Reply<Fields>> {
  const token = tokenOf(asking);
  const reply = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body,
  });
  const text = await reply.text();
  return { statusCode: reply.status, text, ...parse<Fields>(text) };
}

/** The token of whoever asks. */
export function tokenOf({
  clientId = "client-1",
  subject = "tester",
  scopes: granted = scopes,
}: Asking = {}): string {
  return Buffer.from(JSON.stringify({ clientId, subject, granted }), "utf8").toString("base64url");
}

async function callerOf(token: string): Promise<Caller> {
  const { clientId, subject, granted } = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  if (typeof clientId !== "string" || typeof subject !== "string") throw new TokenRefused("NO_CLIENT");
  return { clientId, subject, scopes: parseScopes(granted).scopes };
}

function parse<Fields>(text: string): Pick<Reply<Fields>, "data" | "errors"> {
  return JSON.parse(text);
}
