import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { Logger, pino } from "pino";
import { uuidv7 } from "uuidv7";
import { openLocalIssuer } from "./access/localIssuer";
import { scopes } from "./access/scopes";
import { tokenVerifier } from "./access/verifyToken";
import { memberQueue } from "./cases/memberQueue";
import { Service } from "./cases/service";
import { Config, configOrExit } from "./config";
import { exampleCommand, exampleOperations } from "./demo/exampleOperations";
import { fillDemoPopulation } from "./demo/fillDemoPopulation";
import { startEmbeddedPostgres } from "./embedded/startEmbeddedPostgres";
import { contextFor } from "./graphql/context";
import { buildSchema } from "./graphql/schema";
import { createHttpServer } from "./http/server";
import { molinaEsiVersions } from "./policy/molinaEsi";
import { createDataSource, Database, isReachable } from "./store/dataSource";
import { migrate } from "./store/migrate";
import { refuseChangedPolicy } from "./store/policyVersions";

/** A service that answers requests. */
export interface RunningService {
  /** Such as http://127.0.0.1:4000. */
  readonly address: string;
  /** The explorer, with a token in the fragment, which no server sees. */
  readonly explorer: string;
  /** Answers what is under way, then stops what was started. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the service in local mode: embedded database unless another is given, migrations, issuer, explorer.
 */
export async function startService(config: Config, wantsDemo: boolean, log: Logger): Promise<RunningService> {
  const server = await startDatabaseServer(config, log);
  const database = await openDatabase(server.url);
  const service = serviceOn(database);
  if (wantsDemo && (await fillDemoPopulation(service)))
    log.info("the demo population was decided and stored");
  const issuer = await openLocalIssuer(config.localFolder, () => new Date());
  const http = await createHttpServer({
    schema: buildSchema(),
    introspection: true,
    authenticate: tokenVerifier(issuer.tokenRules),
    contextOf: ({ caller, requestId }) => contextFor(service, caller, requestId),
    ready: () => isReachable(database),
    explorer: { operations: exampleOperations },
    log,
  });
  const { port } = await http.listen(config.port, config.host);
  const address = `http://${config.host}:${port}`;
  return {
    address,
    explorer: `${address}/explorer#token=${await issuer.issueToken(scopes)}`,
    stop: async () => {
      await http.stop();
      await database.destroy();
      await server.stop();
    },
  };
}

interface DatabaseServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * The server at DATABASE_URL, which is others' to run, or the embedded one, which is started again if it is
 * lost.
 */
async function startDatabaseServer(config: Config, log: Logger): Promise<DatabaseServer> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined };
  const start = () => startEmbeddedPostgres({ dataFolder: config.localFolder });
  let server = await start();
  let isStopping = false;
  const keepRunning = async (): Promise<void> => {
    while (!isStopping) {
      await server.lost;
      if (isStopping) return;
      server = await start();
      log.warn("the embedded database was lost and has been started again");
    }
  };
  const running = keepRunning().catch(() =>
    log.error("the embedded database was lost and does not start again"),
  );
  return {
    url: server.url,
    stop: async () => {
      isStopping = true;
      await server.stop();
      await running;
    },
  };
}

async function openDatabase(url: string): Promise<Database> {
  const database = await createDataSource(url).initialize();
  await migrate(database);
  await refuseChangedPolicy(database, molinaEsiVersions);
  return database;
}

function serviceOn(database: Database): Service {
  return {
    database,
    policyVersions: molinaEsiVersions,
    memberQueue: memberQueue(),
    storedPolicyVersions: new Set(),
    newId: uuidv7,
    newSalt: () => randomBytes(16),
    chance: Math.random,
    elapsed: () => performance.now(),
  };
}

/** Serves until the process is told to stop. */
export async function serve(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { "no-demo": { type: "boolean", default: false } } });
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  const running = await startService(configOrExit(), !values["no-demo"], log);
  process.stdout.write(startMessage(running));
  stopOnSignal(running, log);
}

function startMessage({ address, explorer }: RunningService): string {
  return `
Epidural steroid injection claims are decided at ${address}/graphql

Explore, with a token for every scope:
  ${explorer}

Submit a claim session (paste this into another terminal, in the project's folder):

${exampleCommand(address)}

A bearer token for other work: npm run --silent token -- claims:submit history:read
Stop with Ctrl-C.
`;
}

/** The first signal lets the work under way finish; the second one does not wait. */
function stopOnSignal(running: RunningService, log: Logger): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: error instanceof Error ? error.name : "unknown" }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

if (require.main === module) {
  serve(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
    process.exit(1);
  });
}
