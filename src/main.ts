import "reflect-metadata";
import type { Logger } from "pino";
import { openLocalIssuer } from "./access/localIssuer";
import { scopes } from "./access/scopes";
import { tokenVerifier } from "./access/verifyToken";
import { exporting } from "./cases/exportDecisions";
import { observedBy } from "./cases/service";
import { parse } from "./commands/commandLine";
import { buildMissingWorkList } from "./commands/rebuildWorkList";
import { Config, configOrExit } from "./config";
import { exampleCommand, exampleOperations } from "./demo/exampleOperations";
import { fillDemoPopulation } from "./demo/fillDemoPopulation";
import { startEmbeddedPostgres } from "./embedded/startEmbeddedPostgres";
import { contextFor } from "./graphql/context";
import { authorizeOperation } from "./graphql/operationScopes";
import { buildSchema } from "./graphql/schema";
import { createHttpServer } from "./http/server";
import { openLog } from "./log";
import { molinaEsiVersions } from "./policy/molinaEsi";
import { localOrigin, openLogKeys } from "./sealer/logKeys";
import { startSealer } from "./sealer/sealer";
import { serviceOn } from "./service";
import { createDataSource } from "./store/dataSource";
import { migrate } from "./store/migrate";
import { refuseChangedPolicy } from "./store/policyVersions";
import { readinessChecks, watching } from "./watching";

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
 * Where a part does not start, those before it are stopped again.
 */
export async function startService(config: Config, wantsDemo: boolean, log: Logger): Promise<RunningService> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    return { ...(await startParts(config, wantsDemo, log, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  config: Config,
  wantsDemo: boolean,
  log: Logger,
  stops: (() => Promise<void>)[],
): Promise<Omit<RunningService, "stop">> {
  const server = await startDatabaseServer(config, log);
  stops.push(server.stop);
  const database = await createDataSource(server.url).initialize();
  stops.push(() => database.destroy());
  await migrate(database);
  await buildMissingWorkList(server.url, database);
  await refuseChangedPolicy(database, molinaEsiVersions);
  const keys = await openLogKeys(config.localFolder, localOrigin);
  const watch = watching(database, log);
  const service = serviceOn(database, keys.receiptSigner, { observe: watch.observeCase });
  if (wantsDemo && (await fillDemoPopulation(service))) {
    log.info("the demo population was decided and stored");
  }
  const { checkpointFolder } = config;
  const sealer = await startSealer({ database, keys, checkpointFolder, log, observe: watch.observeSealer });
  stops.push(sealer.stop);
  const issuer = await openLocalIssuer(config.localFolder, () => new Date());
  const http = await createHttpServer({
    schema: buildSchema(),
    authorize: authorizeOperation(buildSchema()),
    introspection: true,
    authenticate: tokenVerifier(issuer.tokenRules),
    contextOf: (of) => contextFor(observedBy(service, of.observe), of.caller, of.requestId),
    checks: readinessChecks(database, sealer),
    ...watch.http,
    exporting: exporting(service),
    explorer: { operations: exampleOperations },
    log,
  });
  stops.push(http.stop);
  const { port } = await http.listen(config.port, config.host).catch(explainPort);
  const address = `http://${config.host}:${port}`;
  return { address, explorer: `${address}/explorer#token=${await issuer.issueToken(scopes)}` };
}

function explainPort(error: unknown): never {
  const isTaken =
    typeof error === "object" && error !== null && "code" in error && error.code === "EADDRINUSE";
  throw isTaken ? new Error("PORT: another program listens on this port; set PORT to a free one") : error;
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

const usage = "Usage: npm start [-- --no-demo]\n\n  --no-demo  leave an empty database empty\n";

/** Serves until the process is told to stop. */
export async function serve(args: string[]): Promise<void> {
  const wantsDemo = !wantsNoDemo(args);
  const config = configOrExit();
  const log = openLog();
  const starting = startService(config, wantsDemo, log);
  stopOnSignal(starting, log);
  process.stdout.write(startMessage(await starting));
}

function wantsNoDemo(args: string[]): boolean {
  return parse({ args, options: { "no-demo": { type: "boolean", default: false } } }, usage).values[
    "no-demo"
  ];
}

function startMessage({ address, explorer }: RunningService): string {
  const folder = process.env.ESI_DATA_DIR;
  const prefix = folder ? `ESI_DATA_DIR=${folder} ` : "";
  return `
Epidural steroid injection claims are decided at ${address}/graphql

Explore, with a token for every scope:
  ${explorer}

Submit a claim session (paste this into another terminal, in the project's folder):

${exampleCommand(address, prefix)}

A bearer token for other work: ${prefix}npm run --silent token -- claims:submit history:read
Stop with Ctrl-C.
`;
}

/** The first signal lets the start, or the work under way, finish; the second one does not wait. */
function stopOnSignal(starting: Promise<RunningService>, log: Logger): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    try {
      await (await starting).stop();
      process.exit(0);
    } catch (error) {
      log.error({ error: error instanceof Error ? error.name : "unknown" }, "stopping failed");
      process.exit(1);
    }
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}

if (require.main === module) {
  serve(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
    process.exit(1);
  });
}
