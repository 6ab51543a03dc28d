import "reflect-metadata";
import type { Logger } from "pino";
import { parse } from "./commands/commandLine";
import { sentenceOf } from "./commands/sentence";
import { Config, configOrExit } from "./config";
import { openLog } from "./log";
import { readKeyFiles } from "./sealer/productionLogKeys";
import { StartingService } from "./serving";

const usage = "Usage: npm start [-- --no-demo]\n\n  --no-demo  leave an empty database empty (local mode)\n";

/** Serves until the process is told to stop. */
export async function serve(args: string[]): Promise<void> {
  const wantsDemo = !wantsNoDemo(args);
  const config = await configOrExit(async (files) => (await readKeyFiles(files)).faults);
  const log = openLog(undefined, config.logLevel);
  const { started, stop } = await startMode(config, wantsDemo, log);
  stopOnSignal(stop, log);
  process.stdout.write(await started);
}

/** Production loads nothing of local mode. */
async function startMode(config: Config, wantsDemo: boolean, log: Logger): Promise<StartingService> {
  if (config.mode === "production") {
    const { startProductionMode } = await import("./productionMode.js");
    return startProductionMode(config, log);
  }
  const { startLocalMode } = await import("./localMode.js");
  return startLocalMode(config, { wantsDemo, givenFolder: process.env.ESI_DATA_DIR }, log);
}

function wantsNoDemo(args: string[]): boolean {
  return parse({ args, options: { "no-demo": { type: "boolean", default: false } } }, usage).values[
    "no-demo"
  ];
}

/** The first signal lets the start, or the work under way, finish; the second one does not wait. */
function stopOnSignal(stop: StartingService["stop"], log: Logger): void {
  let isStopping = false;
  const onSignal = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      log.error({ error: error instanceof Error ? error.name : "unknown" }, "stopping failed");
      process.exit(1);
    }
  };
  process.on("SIGINT", () => void onSignal());
  process.on("SIGTERM", () => void onSignal());
}

if (require.main === module) {
  serve(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  });
}
