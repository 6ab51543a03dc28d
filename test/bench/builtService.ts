import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { inherited } from "./inherited";

/** The built program as a process of its own, as `npm start` runs it. */
export interface BuiltService {
  readonly address: string;
  readonly millisecondsToReady: number;
  readonly token: (...scopes: string[]) => string;
  close(): Promise<void>;
}

const projectFolder = join(__dirname, "..", "..");
const pollMilliseconds = 5;

export async function startBuiltService(dataFolder: string, port: number): Promise<BuiltService> {
  const environment = { ...inherited(), ESI_MODE: "local", ESI_DATA_DIR: dataFolder, PORT: String(port) };
  mkdirSync(dataFolder, { recursive: true });
  const start = performance.now();
  const child = spawn("node", ["dist/src/main.js", "--no-demo"], {
    cwd: projectFolder,
    env: environment,
    // A line a request, as in earnest, but not between the figures.
    stdio: ["ignore", "ignore", openSync(join(dataFolder, "service.log"), "a")],
  });
  const address = `http://127.0.0.1:${port}`;
  await untilReady(address, child);
  return {
    address,
    millisecondsToReady: performance.now() - start,
    token: (...scopes) => {
      const args = ["dist/src/cli.js", "token", ...scopes];
      return execFileSync("node", args, { cwd: projectFolder, env: environment, encoding: "utf8" }).trim();
    },
    close: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function untilReady(address: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isReady = await fetch(`${address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
  throw new Error("the service did not start");
}
