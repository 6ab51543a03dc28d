import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from "../../src/embedded/startEmbeddedPostgres";

const repository = join(__dirname, "..", "..");
const typeScript = join(repository, "test/cluster/runTypeScript.js");
const starter = ["--require", typeScript, join(__dirname, "starter.ts")];

/** The server as another process sees it. */
export type ServerOfChild = Omit<EmbeddedPostgres, "stop">;

const children = new Set<ChildProcessWithoutNullStreams>();

/** A process of its own, which has not yet started the server when this returns. */
export function spawnStarter(options: EmbeddedPostgresOptions, user: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [...starter, JSON.stringify(options)], { cwd: repository, ...user });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** Waits until the child has started the server; fails with what the child complained of. */
export async function startedBy(child: ChildProcessWithoutNullStreams): Promise<ServerOfChild> {
  let told = "";
  let complaint = "";
  child.stdout.on("data", (part) => {
    told += String(part);
  });
  child.stderr.on("data", (part) => {
    complaint += String(part);
  });
  const gone = once(child, "exit");
  while (!told.endsWith("\n")) {
    const isGone = await Promise.race([gone.then(() => true), once(child.stdout, "data").then(() => false)]);
    if (isGone) throw new Error(`the child ended: ${complaint}`);
  }
  return JSON.parse(told) as ServerOfChild;
}

export async function stopBy(child: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(child, "exit");
  child.stdin.write("stop\n");
  await gone;
}

export async function killChild(child: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** For afterEach: no child outlives its test. */
export async function killChildren(): Promise<void> {
  await Promise.all([...children].map(killChild));
}
