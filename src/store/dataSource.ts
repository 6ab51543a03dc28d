import pg from "pg";
import { DataSource } from "typeorm";
import { Decision1795392000000 } from "../../migrations/1795392000000-decision";
import { ExceptionsAndWorkList1795435200000 } from "../../migrations/1795435200000-exceptionsAndWorkList";
import { AuditLog1795478400000 } from "../../migrations/1795478400000-auditLog";
import { Purge1795482000000 } from "../../migrations/1795482000000-purge";
import { DecisionSearch1795485600000 } from "../../migrations/1795485600000-decisionSearch";
import { AccessLog1795489200000 } from "../../migrations/1795489200000-accessLog";
import { Auditing1795492800000 } from "../../migrations/1795492800000-auditing";
import { usualPoolSize } from "../usualLoad";
import { DecisionRow } from "./decisionRow";
import { keepDeadlines } from "./impatience";
import { PolicyVersionRow } from "./policyVersions";

/**
 * Dates and instants stay the text that PostgreSQL sends: a JavaScript Date would move days and lose
 * microseconds.
 */
const readAsText: ReadonlySet<number> = new Set([
  pg.types.builtins.DATE,
  pg.types.builtins.TIMESTAMP,
  pg.types.builtins.TIMESTAMPTZ,
]);

const poolWaitMilliseconds = 2_000;
const statementMilliseconds = 5_000;
const lockMilliseconds = 2_000;
const connectionLifetimeSeconds = 1_800;

export type Database = DataSource;

/**
 * The pool and TypeORM listen to a connection in turns. A server that dies in between, say in the bytes that
 * follow its greeting, must not end the process; the next statement finds out.
 */
class ListenedClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}

/** The one DataSource of a process; the schema comes from the migrations alone. */
export function createDataSource(url: string, poolSize = usualPoolSize): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    entities: [DecisionRow, PolicyVersionRow],
    migrations: [
      Decision1795392000000,
      ExceptionsAndWorkList1795435200000,
      AuditLog1795478400000,
      Purge1795482000000,
      DecisionSearch1795485600000,
      AccessLog1795489200000,
      Auditing1795492800000,
    ],
    migrationsTableName: "schema_migration",
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize,
    connectTimeoutMS: poolWaitMilliseconds,
    extra: {
      application_name: "esi",
      Client: ListenedClient,
      onConnect: keepDeadlines,
      maxLifetimeSeconds: connectionLifetimeSeconds,
      statement_timeout: statementMilliseconds,
      lock_timeout: lockMilliseconds,
      options: "-c timezone=UTC -c default_transaction_isolation=read\\ committed",
      types: {
        getTypeParser: (oid: number, format: never) =>
          readAsText.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format),
      },
    },
  });
}
