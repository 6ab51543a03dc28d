import "reflect-metadata";
import { parseArgs } from "node:util";
import { audit } from "./audit/audit";
import { catchAll } from "./sabotage/catchAll";
import { proveOnce } from "./proveOnce";
import { FaultName, faultNames } from "./setting";

const usage = `Usage: npm run prove -- [--seed <text>] [--seeds <number>] [--seconds <number>] [--long]
  [--faults <names, by comma>] [--sources <folder>]
   or: npm run prove -- --sabotage
   or: npm run prove -- --audit [--seed <text>] [--sessions <number>]

Faults: ${faultNames.join(", ")}\n`;

/** What needs root, who can make a small disk, is left to those who ask for it or who are root. */
const usualFaults = faultNames.filter((name) => name !== "fillDisk");

function isFault(name: string): name is FaultName {
  return faultNames.some((known) => known === name);
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      seeds: { type: "string", default: "1" },
      seconds: { type: "string" },
      faults: { type: "string" },
      sources: { type: "string" },
      sabotage: { type: "boolean", default: false },
      audit: { type: "boolean", default: false },
      sessions: { type: "string", default: "303408" },
      long: { type: "boolean", default: false },
    },
  });
  if (values.sabotage) return catchAll();
  if (values.audit) return audit(values.seed ?? "1", Number(values.sessions));
  const isRoot = process.getuid?.() === 0;
  const usual = values.long && isRoot ? faultNames : usualFaults;
  const named = values.faults === undefined ? usual : values.faults.split(",").filter((name) => name !== "");
  const faults = named.filter(isFault);
  const seconds = Number(values.seconds ?? (values.long ? 600 : 20));
  const seeds = values.seed === undefined ? numbered(Number(values.seeds)) : [values.seed];
  if (faults.length < named.length || !(seconds > 0) || seeds.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  let found = 0;
  for (const [place, seed] of seeds.entries()) {
    const start = performance.now();
    const setting = { seed, seconds, faults, withHistory: place % 2 === 1, sources: values.sources };
    const { evidence, findings, faultsDone } = await proveOnce(setting);
    const took = ((performance.now() - start) / 1_000).toFixed(0);
    const done = [...faultsDone].map(([name, times]) => `${name} ${times}`).join(", ");
    const unknown = evidence.sendings.filter(({ result }) => result === "unknown").length;
    process.stdout.write(
      `seed ${seed}: ${findings.length} findings in ${took} s; ${evidence.sendings.length} inputs sent, ` +
        `${unknown} without an answer, ${evidence.rows.length} decisions, ${evidence.reads.length} reads, ` +
        `${evidence.checkpoints.length} checkpoints; ${done || "no faults"}\n`,
    );
    for (const finding of findings.slice(0, 20)) process.stdout.write(`  ${finding}\n`);
    found += findings.length;
  }
  return found === 0 ? 0 : 1;
}

function numbered(seeds: number): string[] {
  return Array.from({ length: seeds }, (_, place) => String(place + 1));
}

run().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
