import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { measureAdjudication } from "./adjudication";
import { measureAudit } from "./audit";
import { measureDisk } from "./disk";
import { measureImport } from "./importing";
import { measureMemory } from "./memory";
import { measureOverload } from "./overload";
import { measureReading } from "./reading";
import { measureReplay } from "./replay";
import { measureSealing } from "./sealing";
import { measureStart } from "./start";
import { measureSubmitting } from "./submitting";
import { Row, tableOf } from "./table";

interface Setting {
  /** How long the load of the measurement of memory lasts. */
  readonly minutes: number;
}

/** Measurements by name; each sees to its own cluster, with the settings of a real one. */
const measurements: Readonly<Record<string, (setting: Setting) => Promise<Row[]>>> = {
  adjudication: measureAdjudication,
  submit: measureSubmitting,
  overload: measureOverload,
  disk: measureDisk,
  import: measureImport,
  allowance: measureReading,
  replay: measureReplay,
  audit: measureAudit,
  sealing: measureSealing,
  start: measureStart,
  memory: ({ minutes }) => measureMemory(minutes),
};

const usage = `Usage: npm run bench -- [--json <file>] [--minutes <number>] [${Object.keys(measurements).join("] [")}]\n`;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: "string" }, minutes: { type: "string", default: "2" } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : Object.keys(measurements);
  const minutes = Number(values.minutes);
  if (!(minutes > 0) || names.some((name) => !Object.hasOwn(measurements, name))) {
    process.stderr.write(usage);
    process.exit(1);
  }
  const rows: Row[] = [];
  for (const name of names) {
    process.stderr.write(`measuring ${name} …\n`);
    rows.push(...(await measurements[name]({ minutes })));
  }
  const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), Node ${process.version}, ${new Date().toISOString()}`;
  process.stdout.write(`${machine}; load, service and database share them\n\n${tableOf(rows)}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
