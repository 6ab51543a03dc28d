import { parseArgs, ParseArgsConfig } from "node:util";

/** What a command was called with. Ends the process where help is asked for, or with what is wrong. */
export function parse<T extends ParseArgsConfig & { readonly args: string[] }>(
  config: T,
  usage: string,
  exitStatus = 1,
) {
  if (config.args.includes("--help")) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ strict: true, ...config });
  } catch (error) {
    const isOurs =
      error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
    if (!isOurs) throw error;
    return fail(textOf(error), usage, exitStatus);
  }
}

/** A word that stands without an option may be a member's id, and what is said here may be kept in a log. */
function textOf(error: Error & { readonly code?: unknown }): string {
  const isStray = error.code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL";
  return isStray ? "There is a word that belongs to no option" : error.message;
}

/** What the text of an option means, absent where there is none. Ends the process where it means nothing. */
export function meaningOf<T>(
  text: string | undefined,
  meaning: (text: string) => T | undefined,
  expected: string,
  usage: string,
  exitStatus = 1,
): T | undefined {
  return text === undefined ? undefined : (meaning(text) ?? fail(expected, usage, exitStatus));
}

/** A mistake of the person who called: what is wrong, then what can be called. */
export function fail(message: string, usage: string, exitStatus = 1): never {
  process.stderr.write(`${message}\n\n${usage}`);
  process.exit(exitStatus);
}
