import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApolloServer, BaseContext } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ExportingAccessLog } from "../cases/exportAccessLog";
import type { Exporting } from "../cases/exportDecisions";
import type { AccessLogging } from "./accessLogging";
import { accessLogRoute } from "./accessLogRoute";
import { openAdmission, overloaded, type Admission } from "./admission";
import { createApollo } from "./apollo";
import type { AuthorizeOperation } from "./authorizePlugin";
import { answerBrokenRequests } from "./brokenRequests";
import { RequestFault } from "./errors";
import { sendFault, type Exchange, type Route } from "./exchange";
import { exportRoute } from "./exportRoute";
import { explorerRoutes, type ExplorerOperation } from "./explorerRoute";
import { failureRecordOf } from "./failureRecord";
import { serveGraphql, type GraphqlRoute } from "./graphqlRoute";
import { serveHealth, serveMetrics, serveReadiness } from "./health";
import { createLimitedServer, httpLimits, stopAccepting } from "./limitedServer";
import { openRate } from "./rate";
import { readinessBy, type Check, type Readiness } from "./readiness";
import { ClientGone } from "./requestBody";
import { requestIdOf } from "./requestId";
import { newNotes, noteErrors } from "./requestNotes";
import { recordAtEnd, recordedPath, type ObserveHttp } from "./requestRecord";

export interface HttpSettings<TContext extends BaseContext> {
  authenticate: GraphqlRoute<TContext>["authenticate"];
  contextOf: GraphqlRoute<TContext>["contextOf"];
  schema: GraphQLSchema;
  /** Throws where the caller may not carry out all of an operation. */
  authorize: AuthorizeOperation<TContext>;
  /** Lets any valid token read the schema; the explorer needs it. */
  introspection: boolean;
  /** What readiness takes, beside what the server knows of itself. */
  checks?: readonly Check[];
  /** Told of everything that is worth counting or logging. */
  observe?: ObserveHttp;
  /** The numbers of the process as text; absent: none are served. */
  metrics?: () => Promise<string>;
  log: Logger;
  /** Absent: no explorer is served. */
  explorer?: { operations: readonly ExplorerOperation[] };
  /** Absent: nothing is exported. */
  exporting?: Exporting;
  /** Absent: no access is logged, as where nothing is told of any member. */
  accessLog?: AccessLogging<TContext>;
  /** Absent: the access log is not exported. */
  exportingAccessLog?: ExportingAccessLog;
  /** Whether a request must say what for, in the header x-purpose-of-use; all of /graphql and the files. */
  requiresPurpose?: boolean;
  limits?: Partial<typeof httpLimits>;
}

export interface HttpServer {
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Says from now on that it is not ready, and serves all the same: those who send requests find out. */
  startDraining(): void;
  /** Accepts no more connections, lets requests in flight finish within the drain limit, then resolves. */
  stop(): Promise<void>;
}

type Routes = ReadonlyMap<string, Route>;

export async function createHttpServer<TContext extends BaseContext>(
  settings: HttpSettings<TContext>,
): Promise<HttpServer> {
  const limits = { ...httpLimits, ...settings.limits };
  const { log, observe = () => undefined } = settings;
  const httpServer = createLimitedServer(limits);
  const apollo = createApollo<TContext>({ ...settings, httpServer, drainMs: limits.drainMs });
  const admission = openAdmission(limits, (requests) => observe({ what: "turnedAway", requests }));
  let isDraining = false;
  const own: Check[] = [
    { name: "draining", passes: () => !isDraining },
    { name: "overloaded", passes: admission.isOpen },
  ];
  const ready = readinessBy([...own, ...(settings.checks ?? [])], limits.readyMs, observe);
  const routes = routesOf(settings, limits, apollo, { admission, ready });
  httpServer.on("request", (incoming, outgoing) => {
    const exchange = { incoming, outgoing, requestId: requestIdOf(incoming), notes: newNotes() };
    // A client that kept its connection would send into one that is just being closed.
    if (isDraining) outgoing.shouldKeepAlive = false;
    const path = recordedPath(pathOf(incoming));
    if (path && admission.turnsAway()) return sendFault(exchange, overloaded);
    if (path) recordAtEnd(exchange, path, observe);
    void serve(exchange, routes).catch((error: unknown) => answerFailure(exchange, error, log));
  });
  answerBrokenRequests(httpServer);
  await apollo.start();
  // Apollo never settles a second stop that overlaps the first.
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await stopAccepting(httpServer);
    await apollo.stop().finally(() => admission.close());
  };
  return {
    listen: (port, host) => listen(httpServer, port, host),
    startDraining: () => (isDraining = true),
    stop: () => (stopped ??= stop()),
  };
}

function routesOf<TContext extends BaseContext>(
  settings: HttpSettings<TContext>,
  { exportStallMs: stallMs, exportMs: longestMs, itemsPerSecond, ...limits }: typeof httpLimits,
  apollo: ApolloServer<TContext>,
  { admission, ready }: { admission: Admission; ready: () => Promise<Readiness> },
): Routes {
  const { authenticate, contextOf, explorer, exporting, exportingAccessLog, accessLog, metrics } = settings;
  const { requiresPurpose = false } = settings;
  const rate = openRate(itemsPerSecond, () => performance.now());
  const gates = { authenticate, admission, rate, bodyBytes: limits.bodyBytes, requiresPurpose };
  const graphql = { ...limits, ...gates, contextOf, apollo, accessLog };
  const exporters = new Set<string>();
  const files = { ...gates, stallMs, longestMs, exporters, record: accessLog?.record };
  const exported = exporting && exportRoute(exporting, files);
  const accesses = exportingAccessLog && accessLogRoute(exportingAccessLog, files);
  return new Map<string, Route>([
    ["/graphql", { method: "POST", serve: (exchange) => serveGraphql(exchange, graphql) }],
    ["/healthz", { method: "GET", serve: serveHealth }],
    ["/readyz", { method: "GET", serve: (exchange) => serveReadiness(exchange, ready) }],
    ...(metrics ? ([["/metrics", metricsRoute(metrics)]] as const) : []),
    ...(exported ? ([["/export", exported]] as const) : []),
    ...(accesses ? ([["/access-log", accesses]] as const) : []),
    ...(explorer ? explorerRoutes(explorer.operations) : []),
  ]);
}

function metricsRoute(metrics: () => Promise<string>): Route {
  return { method: "GET", serve: (exchange) => serveMetrics(exchange, metrics) };
}

async function serve(exchange: Exchange, routes: Routes): Promise<void> {
  const { incoming } = exchange;
  if (!namesOneHost(incoming)) {
    throw new RequestFault("BAD_REQUEST", { text: "The request must name one host." });
  }
  const route = routes.get(pathOf(incoming));
  if (route === undefined) {
    throw new RequestFault("BAD_REQUEST", { text: "There is nothing at this path.", httpCode: 404 });
  }
  if (route.method !== incoming.method) {
    const text = `This path takes ${route.method} requests only.`;
    throw new RequestFault("BAD_REQUEST", { text, httpCode: 405, headers: { allow: route.method } });
  }
  await route.serve(exchange);
}

/** Of two hosts a proxy may believe one and this server the other; HTTP/1.0 needs none. */
function namesOneHost({ httpVersion, headersDistinct: { host = [] } }: IncomingMessage): boolean {
  return host.length === 1 || (host.length === 0 && httpVersion === "1.0");
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

function answerFailure(exchange: Exchange, error: unknown, log: Logger): void {
  if (error instanceof ClientGone) return;
  if (error instanceof RequestFault) {
    const record = { requestId: exchange.requestId, code: error.code, ...failureRecordOf(error.cause) };
    noteErrors(exchange.notes, [error.code]);
    if (error.cause !== undefined) log.warn(record, "request could not be served");
    if (exchange.outgoing.headersSent) exchange.outgoing.destroy();
    else sendFault(exchange, error);
    return;
  }
  const fault = new RequestFault("INTERNAL_SERVER_ERROR");
  noteErrors(exchange.notes, [fault.code]);
  log.error({ requestId: exchange.requestId, code: fault.code, ...failureRecordOf(error) }, "request failed");
  if (exchange.outgoing.headersSent) exchange.outgoing.destroy();
  else sendFault(exchange, fault);
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address);
      else reject(new Error("the server does not listen on a TCP port"));
    });
  });
}
