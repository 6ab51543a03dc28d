import { fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { join } from "node:path";

export const decisionsOfMillionStore = 1_000_000;
const decisionsOfAMember = 10;

/**
 * Lets about a million requests of all kinds be decided and stored, by a process for each core: the write
 * path itself, for what is hashed and chained cannot be copied. The database is empty and migrated.
 */
export async function fillMillionStore(
  url: string,
  decisions = decisionsOfMillionStore,
  progress: (stored: number) => void = () => undefined,
): Promise<void> {
  const parts = cpus().length;
  const each = Math.ceil(decisions / parts);
  const stored = new Array<number>(parts).fill(0);
  await Promise.all(
    stored.map(async (_, part) => {
      const args = [url, String.fromCharCode(65 + part), String(each), String(each / decisionsOfAMember)];
      const child = fork(join(__dirname, "millionLane.ts"), args);
      child.on("message", (count) => {
        stored[part] = Number(count);
        progress(stored.reduce((sum, number) => sum + number, 0));
      });
      const [code] = await once(child, "exit");
      if (code !== 0) throw new Error(`filling ended with ${String(code)}`);
    }),
  );
}
