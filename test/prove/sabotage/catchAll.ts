import { proveOnce } from "../proveOnce";
import { faultNames } from "../setting";
import { Sabotage } from "./sabotage";
import { sabotagedCopy } from "./sabotagedCopy";
import { control, sabotages } from "./sabotages";

const seconds = 8;
/** What comes of chance may take more than one run to show. */
const seeds = ["1", "2", "3"];

/** Runs each sabotaged copy until it is caught, and the unchanged one. Ends with 1 where one is not told from the other. */
export async function catchAll(): Promise<number> {
  const missed: string[] = [];
  for (const sabotage of [control, ...sabotages]) {
    const start = performance.now();
    const found = await foundIn(sabotage);
    const isCaught = sabotage.caughtBy.some((invariant) => found.has(invariant));
    const isRight = sabotage === control ? found.size === 0 : isCaught;
    if (!isRight) missed.push(sabotage.name);
    const took = ((performance.now() - start) / 1_000).toFixed(0);
    const counts = [...found].map(([invariant, count]) => `${invariant} ${count}`).join(", ");
    process.stdout.write(
      `${isRight ? "" : "NOT AS IT SHOULD BE: "}${sabotage.name}: ${counts || "no findings"} in ${took} s\n`,
    );
  }
  process.stdout.write(
    `${missed.length} of ${sabotages.length} sabotages and the control not as they should be\n`,
  );
  return missed.length === 0 ? 0 : 1;
}

/** How many findings of which invariant, of the first run that has one. */
async function foundIn(sabotage: Sabotage): Promise<Map<string, number>> {
  const copy = await sabotagedCopy(sabotage);
  const { needs } = sabotage;
  const faults = faultNames.filter((name) => needs.some((need) => need === name));
  const found = new Map<string, number>();
  try {
    for (const seed of seeds) {
      const setting = { seed, seconds, faults, withHistory: needs.includes("history"), sources: copy.root };
      for (const finding of (await proveOnce(setting)).findings) {
        const [invariant] = finding.split(":");
        found.set(invariant, (found.get(invariant) ?? 0) + 1);
      }
      if (found.size > 0) break;
    }
    return found;
  } finally {
    await copy.remove();
  }
}
