import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import { ServiceSetting, spawnBare, spawnProgram } from "../processes/serviceProcess";

/** What became of a command that was called as a person calls it. */
export interface CommandRun {
  readonly exitStatus: number | null;
  readonly written: string;
  readonly logged: string;
}

/** Runs a command of the project from its sources, in a process of its own, to its end. */
export async function runCommand(
  args: readonly string[],
  setting: Pick<ServiceSetting, "dataFolder" | "databaseUrl">,
): Promise<CommandRun> {
  return ended(spawnProgram("src/cli.ts", setting, args));
}

/** The same in this environment and no other: in production mode, unless it says otherwise. */
export function runBare(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CommandRun> {
  return ended(spawnBare("src/cli.ts", args, environment));
}

async function ended(child: ChildProcess): Promise<CommandRun> {
  let written = "";
  let logged = "";
  child.stdout?.on("data", (bytes: Buffer) => (written += bytes.toString("utf8")));
  child.stderr?.on("data", (bytes: Buffer) => (logged += bytes.toString("utf8")));
  await once(child, "close");
  return { exitStatus: child.exitCode, written, logged };
}

/** The numbers of a summary, by their names. */
export function numbersIn({ written }: CommandRun): Record<string, string> {
  const lines = [...written.matchAll(/^([a-z ,]*[a-z]) {2,}([0-9,]+)$/gm)];
  return Object.fromEntries(lines.map(([, name, number]) => [name, number]));
}

/** The last line of what verifying writes. */
export function summaryIn({ written }: CommandRun): Record<string, unknown> {
  return JSON.parse(written.trimEnd().split("\n").at(-1) ?? "");
}

/** The lines before it. */
export function findingsIn({ written }: CommandRun): unknown[] {
  return written
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}
