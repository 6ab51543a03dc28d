import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { send, type Exchange, type Route } from "./exchange";
import { explorerPage, explorerScript, explorerStyle } from "./explorerPage";

/** An operation that the explorer opens with, ready to run. */
export interface ExplorerOperation {
  title: string;
  query: string;
  variables: Readonly<Record<string, unknown>>;
}

/** GraphiQL sets styles from its script, so styles may be inline; scripts may not. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const html = "text/html; charset=utf-8";
const css = "text/css; charset=utf-8";
const javascript = "text/javascript; charset=utf-8";

/** GraphiQL and all it needs, from this server alone: the page, its script and the packages' own files. */
export function explorerRoutes(operations: readonly ExplorerOperation[]): [string, Route][] {
  return [
    ["/explorer", textRoute(html, explorerPage)],
    ["/explorer/explorer.css", textRoute(css, explorerStyle)],
    ["/explorer/explorer.js", textRoute(javascript, explorerScript)],
    ["/explorer/operations.js", textRoute(javascript, `const operations = ${JSON.stringify(operations)};\n`)],
    ["/explorer/graphiql.css", fileRoute(css, "graphiql", "graphiql.min.css")],
    ["/explorer/graphiql.js", fileRoute(javascript, "graphiql", "graphiql.min.js")],
    ["/explorer/react.js", fileRoute(javascript, "react", "umd/react.production.min.js")],
    ["/explorer/react-dom.js", fileRoute(javascript, "react-dom", "umd/react-dom.production.min.js")],
  ];
}

function textRoute(mediaType: string, body: string): Route {
  return { method: "GET", serve: (exchange) => sendAsset(exchange, mediaType, body) };
}

/** Read when asked for: the server's start waits for no file that only the explorer needs. */
function fileRoute(mediaType: string, packageName: string, path: string): Route {
  const file = join(dirname(require.resolve(`${packageName}/package.json`)), path);
  return { method: "GET", serve: async (exchange) => sendAsset(exchange, mediaType, await readFile(file)) };
}

function sendAsset(exchange: Exchange, mediaType: string, body: string | Buffer): void {
  const headers = { "content-security-policy": contentSecurityPolicy };
  send(exchange, { httpCode: 200, mediaType, body, headers });
}
