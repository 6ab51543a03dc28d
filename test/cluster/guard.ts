import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, realpath, statfs } from "node:fs/promises";
import { join } from "node:path";

/**
 * Waits until its input ends, which it does at the latest when the process at the other end is gone, killed
 * or not; then ends the servers whose clusters lie in the folder, and removes it.
 */
const watch = `
  cat > /dev/null
  find "$0" -name postmaster.pid | while read -r file; do
    pid=$(head -n 1 "$file")
    of_folder() { { cat "/proc/$pid/cmdline" || ps -o args= -p "$pid"; } 2> /dev/null | grep -aqF "$0"; }
    of_folder "$0" && kill -QUIT "$pid"
    tries=0
    while of_folder "$0" && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
    of_folder "$0" && kill -KILL "$pid"
  done
  rm -rf "$0" || { sleep 1; rm -rf "$0"; }`;

export interface GuardedFolder {
  path: string;
  /** Ends every server in the folder, then removes it. */
  remove(): Promise<void>;
}

/** In memory where there is room: the thousands of files of a cluster are made and removed faster there. */
async function quickFolder(): Promise<string> {
  const memory = await statfs("/dev/shm").catch(() => undefined);
  return memory !== undefined && memory.bavail * memory.bsize > 4e9 ? "/dev/shm" : "/tmp";
}

/** A temporary folder that any user can enter; neither it nor a server in it outlives this process. */
export async function guardedFolder(parent?: string): Promise<GuardedFolder> {
  const path = await realpath(await mkdtemp(join(parent ?? (await quickFolder()), "esi-test-")));
  await chmod(path, 0o755);
  const stdio: ["pipe", "ignore", "inherit"] = ["pipe", "ignore", "inherit"];
  const watcher = spawn("/bin/sh", ["-c", watch, path], { detached: true, stdio });
  const ended = once(watcher, "exit");
  return {
    path,
    async remove() {
      watcher.stdin.end();
      await ended;
    },
  };
}
