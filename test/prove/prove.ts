import "reflect-metadata";
import { parseArgs } from "node:util";
import { audit } from "./audit/audit";
import { catchAll } from "./sabotage/catchAll";
import { FaultsDone } from "./faults";
import { proveOnce } from "./proveOnce";
import { FaultName, faultNames, Setting } from "./setting";

const usage = `Usage: npm run prove -- [--seed <text>] [--seeds <number>] [--seconds <number>] [--long]
  [--faults <names, by comma>] [--sources <folder>]
   or: npm run prove -- --sabotage
   or: npm run prove -- --audit [--seed <text>] [--sessions <number>]

Faults: ${faultNames.join(", ")}\n`;

/** What needs root, who can make a small disk, is left to those who ask for it or who are root. */
const usualFaults = faultNames.filter((name) => name !== "fillDisk");

const [secondsOfShort, secondsOfLong] = [20, 600];
const mostTold = 20;

function isFault(name: string): name is FaultName {
  return faultNames.some((known) => known === name);
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.sabotage) return catchAll();
  if (values.audit) return audit(values.seed ?? "1", Number(values.sessions));
  const settings = settingsOf(values);
  if (settings.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  let found = 0;
  for (const setting of settings) found += await proveAndTell(setting);
  return found === 0 ? 0 : 1;
}

const text = { type: "string" } as const;
const options = {
  ...{ seed: text, seconds: text, faults: text, sources: text },
  seeds: { type: "string", default: "1" },
  sessions: { type: "string", default: "303408" },
  sabotage: { type: "boolean", default: false },
  audit: { type: "boolean", default: false },
  long: { type: "boolean", default: false },
} as const;

interface Values {
  readonly seed?: string;
  readonly seeds: string;
  readonly seconds?: string;
  readonly faults?: string;
  readonly sources?: string;
  readonly long: boolean;
}

/** One for each seed, in every second of which history is imported and reviewed; none where a value is no good. */
function settingsOf({ seed, seeds, seconds: given, faults: named, sources, long }: Values): Setting[] {
  const isRoot = process.getuid?.() === 0;
  const usual = long && isRoot ? faultNames : usualFaults;
  const names = named === undefined ? usual : named.split(",").filter((name) => name !== "");
  const faults = names.filter(isFault);
  const seconds = Number(given ?? (long ? secondsOfLong : secondsOfShort));
  if (faults.length < names.length || !(seconds > 0)) return [];
  return (seed === undefined ? numbered(Number(seeds)) : [seed]).map((one, place) => {
    return { seed: one, seconds, faults, withHistory: place % 2 === 1, sources };
  });
}

async function proveAndTell(setting: Setting): Promise<number> {
  const start = performance.now();
  const { evidence, findings, faultsDone } = await proveOnce(setting);
  const took = ((performance.now() - start) / 1_000).toFixed(0);
  const { sendings, rows, reads, checkpoints } = evidence;
  const unknown = sendings.filter(({ result }) => result === "unknown").length;
  process.stdout.write(
    `seed ${setting.seed}: ${findings.length} findings in ${took} s; ${sendings.length} inputs sent, ` +
      `${unknown} without an answer, ${rows.length} decisions, ${reads.length} reads, ` +
      `${checkpoints.length} checkpoints; ${faultsText(faultsDone)}\n`,
  );
  for (const finding of findings.slice(0, mostTold)) process.stdout.write(`  ${finding}\n`);
  return findings.length;
}

function faultsText(faultsDone: FaultsDone): string {
  const done = [...faultsDone].map(
    ([name, { times, inVain }]) => `${name} ${times}${inVain > 0 ? ` (${inVain} in vain)` : ""}`,
  );
  return done.join(", ") || "no faults";
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
