import { setTimeout as delay } from "node:timers/promises";
import { Logger } from "pino";
import { openLocalIssuer } from "./access/localIssuer";
import { scopes } from "./access/scopes";
import { tokenVerifier } from "./access/verifyToken";
import { buildMissingWorkList } from "./commands/rebuildWorkList";
import { LocalConfig } from "./config";
import { exampleCommand, exampleOperations } from "./demo/exampleOperations";
import { fillDemoPopulation } from "./demo/fillDemoPopulation";
import { explainLocalFolder } from "./embedded/localFolder";
import { startEmbeddedPostgres } from "./embedded/startEmbeddedPostgres";
import { molinaEsiVersions } from "./policy/molinaEsi";
import { localOrigin, openLogKeys } from "./sealer/logKeys";
import { refuseOtherLog } from "./sealer/registerKeys";
import { startSealer } from "./sealer/sealer";
import { serviceOn } from "./service";
import { createApi, listen, Parts, startedParts, StartingService } from "./serving";
import { migrate } from "./store/migrate";
import { openDatabase } from "./store/openDatabase";
import { refuseChangedPolicy } from "./store/policyVersions";
import { readinessChecks, watching } from "./watching";

export interface LocalCall {
  /** Whether an empty database is filled with the made-up population. */
  readonly wantsDemo: boolean;
  /** ESI_DATA_DIR as it was given, for commands to paste. */
  readonly givenFolder: string | undefined;
}

/** Local mode: embedded database unless another is given, migrations, demo, own issuer, explorer. */
export function startLocalMode(config: LocalConfig, call: LocalCall, log: Logger): StartingService {
  const parts = startedParts();
  const starting = startParts(config, call, log, parts);
  const started = starting.catch(async (error: unknown) => {
    await parts.stop();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await started.catch(() => undefined);
    await parts.stop(config.drainWaitMilliseconds);
  };
  return { started, stop };
}

async function startParts(config: LocalConfig, call: LocalCall, log: Logger, parts: Parts): Promise<string> {
  const { localFolder, checkpointFolder } = config;
  const server = await startDatabaseServer(config, log);
  parts.add(server.stop);
  const database = await openDatabase(server.url, config.poolSize);
  parts.add(() => database.destroy());
  await refuseOtherLog(database, localOrigin);
  await migrate(database);
  await buildMissingWorkList(server.url, database);
  await refuseChangedPolicy(database, molinaEsiVersions);
  const keys = await openLogKeys(localFolder, localOrigin).catch(explainLocalFolder);
  const issuer = await openLocalIssuer(localFolder, () => new Date()).catch(explainLocalFolder);
  const watch = watching(database, log);
  const { poolSize } = config;
  const service = serviceOn(database, keys.receiptSigner, { poolSize, observe: watch.observeCase });
  if (call.wantsDemo && (await fillDemoPopulation(service))) {
    log.info("the demo population was decided and stored");
  }
  const sealer = await startSealer({ database, keys, checkpointFolder, log, observe: watch.observeSealer });
  parts.add(sealer.stop);
  const http = await createApi({
    ...{ service, watch, config, log, explorer: { operations: exampleOperations } },
    authenticate: tokenVerifier(issuer.tokenRules),
    checks: readinessChecks(database, sealer),
  });
  parts.add(http.stop, http.startDraining);
  const address = `http://${config.host}:${await listen(http, config.port, config.host)}`;
  return startMessage(address, await issuer.issueToken(scopes), call.givenFolder);
}

const restartPauseMilliseconds = 1_000;

interface DatabaseServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * The server at DATABASE_URL, which is others' to run, or the embedded one, which is started again if it is
 * lost.
 */
async function startDatabaseServer(config: LocalConfig, log: Logger): Promise<DatabaseServer> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined };
  let server = await startEmbeddedPostgres({ dataFolder: config.localFolder });
  let isStopping = false;
  const keepRunning = async (): Promise<void> => {
    while (!isStopping) {
      await server.lost;
      if (isStopping) return;
      try {
        server = await server.startAgain();
        log.warn("the embedded database was lost and has been started again");
      } catch {
        log.error("the embedded database was lost and does not start; it will be tried again");
        await delay(restartPauseMilliseconds);
      }
    }
  };
  const running = keepRunning();
  return {
    url: server.url,
    stop: async () => {
      isStopping = true;
      await server.stop();
      await running;
    },
  };
}

/** The token stands in the explorer's fragment, which no server sees. */
function startMessage(address: string, token: string, folder: string | undefined): string {
  const prefix = folder ? `ESI_DATA_DIR=${folder} ` : "";
  return `
Epidural steroid injection claims are decided at ${address}/graphql

Explore, with a token for every scope:
  ${address}/explorer#token=${token}

Submit a claim session (paste this into another terminal, in the project's folder):

${exampleCommand(address, prefix)}

A bearer token for other work: ${prefix}npm run --silent token -- claims:submit history:read
Stop with Ctrl-C.
`;
}
