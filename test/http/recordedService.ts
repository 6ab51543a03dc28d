import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { Caller } from "../../src/access/caller";
import { parseScopes } from "../../src/access/scopes";
import { recordAccess } from "../../src/cases/accessLog";
import { exportingAccessLog } from "../../src/cases/exportAccessLog";
import { exporting } from "../../src/cases/exportDecisions";
import { contextFor } from "../../src/graphql/context";
import { authorizeOperation } from "../../src/graphql/operationScopes";
import { buildSchema } from "../../src/graphql/schema";
import { createHttpServer } from "../../src/http/server";
import { withTransaction } from "../../src/store/transaction";
import { TestService } from "../cases/testService";
import { logKeys, sealAll } from "../graphql/sealedOverHttp";
import { Asking, tokenOf } from "../graphql/servedOverHttp";
import { signNewestHead } from "../../src/sealer/signHead";

export interface Answered {
  readonly httpCode: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface Request extends Asking {
  readonly path?: string;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The routes that tell of members, as the service has them. */
export interface RecordedService {
  readonly port: number;
  readonly post: (request: Request) => Promise<Answered>;
  readonly logged: () => string;
  readonly stop: () => Promise<void>;
}

export async function serveRecorded(service: TestService, requiresPurpose = false): Promise<RecordedService> {
  const lines: string[] = [];
  const server = await createHttpServer({
    schema: buildSchema(),
    authorize: authorizeOperation(buildSchema()),
    introspection: true,
    authenticate: callerOf,
    contextOf: ({ caller, requestId }) => contextFor(service, caller, requestId),
    exporting: exporting(service),
    exportingAccessLog: exportingAccessLog(service),
    accessLog: { accessOf: ({ access }) => access, record: (access) => recordAccess(access, service) },
    requiresPurpose,
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
  });
  const { port } = await server.listen(0, "127.0.0.1");
  return { port, post: (request) => post(port, request), logged: () => lines.join(""), stop: server.stop };
}

async function post(
  port: number,
  { path = "/graphql", body, headers, ...asking }: Request,
): Promise<Answered> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${tokenOf(asking)}`,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { httpCode: answer.status, text: await answer.text(), headers: answer.headers };
}

async function callerOf(token: string): Promise<Caller> {
  const { clientId, subject, granted } = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  return { clientId, subject, scopes: parseScopes(granted).scopes };
}

/** Seals and signs what is stored. */
export async function sealed({ database }: TestService): Promise<void> {
  await sealAll(database);
  const checkpointFolder = mkdtempSync(join(tmpdir(), "checkpoints-"));
  try {
    await withTransaction(database, (queryable) =>
      signNewestHead(queryable, { keys: logKeys, checkpointFolder }),
    );
  } finally {
    rmSync(checkpointFolder, { recursive: true });
  }
}

/** A row of the access log, but for what is the same in most tests. */
export interface Row {
  readonly member_id: string;
  readonly operation: string;
  readonly decisions: number;
  readonly outcome: string;
}

/** The rows that a request has written, by member. */
export async function rowsOf(requestId: string, { database }: TestService): Promise<Row[]> {
  return database.query(
    `select member_id, operation, decisions, outcome from access_log
      where request_id = $1 order by member_id, at`,
    [requestId],
  );
}

/** Lets nothing be written into the access log meanwhile; with a request id, nothing more of that request. */
export async function refusingRows<T>(
  { database }: TestService,
  act: () => Promise<T>,
  afterFirstOf?: string,
): Promise<T> {
  const isRefused = afterFirstOf
    ? `exists (select from access_log where request_id = '${afterFirstOf}')`
    : "true";
  await database.query(`
    create function refuse_row() returns trigger language plpgsql as $$
    begin if ${isRefused} then raise exception 'no more rows'; end if; return null; end $$;
    create trigger refuse_row before insert on access_log for each statement execute function refuse_row()`);
  try {
    return await act();
  } finally {
    await database.query("drop trigger refuse_row on access_log; drop function refuse_row()");
  }
}
