import { Logger } from "pino";
import { remoteTokenRules } from "./access/remoteTokenRules";
import { tokenVerifier } from "./access/verifyToken";
import { faultsText, ProductionConfig } from "./config";
import { RequestFault } from "./http/errors";
import { openForProduction } from "./productionDatabase";
import { LogKeys } from "./sealer/logKeys";
import { readLogKeyFiles } from "./sealer/productionLogKeys";
import { Sealer, startSealer } from "./sealer/sealer";
import { serviceOn } from "./service";
import { createApi, listen, Parts, startedParts, StartingService } from "./serving";
import { createDataSource } from "./store/dataSource";
import { readinessChecks, watching } from "./watching";

/**
 * Starts the service in production: tokens of the deployer's issuer, keys from files, a database that others
 * run and migrate. It answers at once and is ready when the database is.
 */
export function startProductionMode(config: ProductionConfig, log: Logger): StartingService {
  const parts = startedParts();
  const stopping = new AbortController();
  const starting = startParts(config, log, parts, stopping.signal);
  const started = starting.catch(async (error: unknown) => {
    await parts.stop();
    throw error;
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await started.catch(() => undefined);
    await parts.stop(config.drainWaitMilliseconds);
  };
  return { started, stop };
}

async function startParts(
  config: ProductionConfig,
  log: Logger,
  parts: Parts,
  stopping: AbortSignal,
): Promise<string> {
  const keys = await logKeysOf(config);
  const database = createDataSource(config.databaseUrl, config.poolSize);
  parts.add(async () => (database.isInitialized ? database.destroy() : undefined));
  let isOpen = false;
  const verify = tokenVerifier(tokenRulesOf(config, log));
  const watch = watching(database, log);
  const { poolSize, checkpointFolder } = config;
  let sealer: Sealer | undefined;
  const http = await createApi({
    service: serviceOn(database, keys.receiptSigner, { poolSize, observe: watch.observeCase }),
    authenticate: async (token) => {
      if (!isOpen) throw new RequestFault("UNAVAILABLE");
      return verify(token);
    },
    checks: readinessChecks(database, { isAlive: () => sealer?.isAlive() ?? false }),
    ...{ watch, config, log },
  });
  parts.add(async () => sealer?.stop());
  parts.add(http.stop, http.startDraining);
  log.info({ port: await listen(http, config.port, config.host) }, "listening");
  isOpen = await openForProduction(database, log, stopping, async () => {
    const observe = watch.observeSealer;
    sealer = await startSealer({ database, keys, checkpointFolder, log, observe });
  });
  if (isOpen) log.info("ready");
  return "";
}

async function logKeysOf(config: ProductionConfig): Promise<LogKeys> {
  const { logKeyFile, nextLogKeyFile, receiptKeyFile, logOrigin } = config;
  const files = {
    logKey: { name: "ESI_LOG_KEY_FILE", path: logKeyFile },
    receiptKey: { name: "ESI_RECEIPT_KEY_FILE", path: receiptKeyFile },
    ...(nextLogKeyFile && { nextLogKey: { name: "ESI_LOG_NEXT_KEY_FILE", path: nextLogKeyFile } }),
  };
  const { keys, faults } = await readLogKeyFiles(files, logOrigin);
  if (!keys) throw new Error(faultsText(faults).trimEnd());
  return keys;
}

function tokenRulesOf(
  { tokenIssuer: issuer, tokenAudience: audience, tokenKeysUrl }: ProductionConfig,
  log: Logger,
) {
  return remoteTokenRules(
    { issuer, audience, keysUrl: tokenKeysUrl },
    () => new Date(),
    (code) => log.warn({ code }, "the keys of the issuer could not be read"),
  );
}
