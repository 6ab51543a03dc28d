import { exportDecisions } from "../cases/exportDecisions";
import { exportFormats } from "../cases/exportForms";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { fail, parse } from "./commandLine";
import { filterOf, filterOptions, filterUsage } from "./filterOptions";
import { outputOption, outputUsage } from "./writeOutput";
import { writeParts } from "./writeParts";

const usage = `Usage: esi export --format ndjson|csv [options]

Writes decisions in the order in which they were made. NDJSON: a line for each, with its record and its leaf
of the audit log byte for byte as they are stored, the salt, and the leaf's hash and index. CSV: a row for
each claim line. Exit status 0 where all is written; how much that is is told on standard error.

${outputUsage}
${filterUsage}`;

/** Writes decisions out of the store. */
export async function exportCommand(args: string[]): Promise<void> {
  const options = { format: { type: "string" }, ...outputOption, ...filterOptions } as const;
  const { format: name, output, ...given } = parse({ args, options }, usage).values;
  const format = exportFormats.find((known) => known === name);
  if (!format) fail(`--format must be one of ${exportFormats.join(", ")}`, usage);
  const asked = { format, filter: await filterOf(given, usage) };
  await writeParts(
    (database) => exportDecisions(asked, { database, policyVersions: molinaEsiVersions }),
    ["decisions", "rows"],
    output,
  );
}
