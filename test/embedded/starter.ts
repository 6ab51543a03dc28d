import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import type { EmbeddedPostgresOptions } from "../../src/embedded/startEmbeddedPostgres";

/** Starts the server with the options of the argument, says so in one line, stops it when told to. */
async function start(options: EmbeddedPostgresOptions): Promise<void> {
  const server = await startEmbeddedPostgres(options);
  process.stdin.once("data", () => void server.stop().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify(server)}\n`);
}

void start(JSON.parse(process.argv[2] ?? "") as EmbeddedPostgresOptions);
