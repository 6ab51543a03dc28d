import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/* Runs shell commands that README.md shows, as they stand there. */

/** The service, as README.md has it. */
export const shownAddress = "http://127.0.0.1:4000";

const tools = "for tool in curl openssl sha256sum base64 sed grep awk; do command -v $tool || exit 1; done";

/** Whether this machine has what the commands need besides Node. */
export function canRunShown(): boolean {
  const version = spawnSync("sh", ["-c", `${tools} && openssl version`], { encoding: "utf8" });
  return version.status === 0 && /^OpenSSL [3-9]/m.test(version.stdout);
}

/** The service that the commands are to reach instead. */
export interface Place {
  readonly address: string;
  readonly dataFolder: string;
  readonly databaseUrl: string;
}

export interface Shown {
  readonly printed: string;
  /** The files that the commands left where they began, by name. */
  readonly files: Readonly<Record<string, string>>;
}

const projectFolder = join(__dirname, "..", "..");

/** Stands for npm in the commands: the test has no need to build the program for each of them. */
const npmFromSources = `npm() {
  script=$3
  shift 4
  if [ "$script" = token ]; then set -- token "$@"; fi
  (cd '${projectFolder}' && node --require ./test/cluster/runTypeScript.js src/cli.ts "$@")
}
`;

/** Runs them in a folder of their own, where none may fail. */
export function runShown(commands: string, { address, dataFolder, databaseUrl }: Place): Shown {
  const folder = mkdtempSync(join(tmpdir(), "shown-"));
  symlinkSync(join(projectFolder, "verifier"), join(folder, "verifier"));
  const script = npmFromSources + commands.replaceAll(shownAddress, address);
  try {
    const { PATH = "" } = process.env;
    const env = { PATH, ESI_MODE: "local", ESI_DATA_DIR: dataFolder, DATABASE_URL: databaseUrl };
    const { status, stdout, stderr } = spawnSync("sh", ["-ec", script], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    if (status !== 0) throw new Error(`the commands end with ${status}: ${stderr}`);
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const read = ({ name }: { name: string }) => [name, readFileSync(join(folder, name), "utf8")] as const;
    return { printed: stdout, files: Object.fromEntries(names.map(read)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
