import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../../src/embedded/startEmbeddedPostgres";
import { guardedFolder } from "../../cluster/guard";
import { startServiceProcess, tokenFor } from "../../processes/serviceProcess";
import { auditOnce } from "./auditOnce";

/** A service on a PostgreSQL of its own, as safe as a real one, decides a population. Ends with 1 for any fault. */
export async function audit(seed: string, sessions: number): Promise<number> {
  const folder = await guardedFolder("/tmp");
  try {
    const keys = join(folder.path, "keys");
    await mkdir(keys);
    const { url } = await startEmbeddedPostgres({ dataFolder: join(folder.path, "data") });
    const service = await startServiceProcess({ dataFolder: keys, databaseUrl: url });
    let told = 0;
    const onProgress = (answered: number) => {
      if (answered - told >= sessions / 20) process.stderr.write(`${(told = answered)} decided\n`);
    };
    const reached = { address: service.address, token: await tokenFor(keys) };
    const audited = await auditOnce({ seed, sessions, service: reached, databaseUrl: url, onProgress });
    await service.kill("SIGTERM");
    const { answered, judgement, secondsToDecide, secondsToJudge } = audited;
    const dispositions = new Map<string, number>();
    for (const { decision, refusal } of answered) {
      const name = decision?.disposition ?? refusal ?? "";
      dispositions.set(name, (dispositions.get(name) ?? 0) + 1);
    }
    const rate = Math.round(answered.length / secondsToDecide);
    process.stdout.write(
      `seed ${seed}: ${answered.length} sessions decided in ${secondsToDecide.toFixed(0)} s (${rate}/s), ` +
        `judged in ${secondsToJudge.toFixed(0)} s\n`,
    );
    for (const [name, count] of [...dispositions].sort()) process.stdout.write(`  ${name} ${count}\n`);
    for (const [name, count] of Object.entries(judgement)) process.stdout.write(`  ${name}: ${count}\n`);
    return Object.values(judgement).every((count) => count === 0) ? 0 : 1;
  } finally {
    await folder.remove();
  }
}
