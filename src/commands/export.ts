import { ExportAsked, exportDecisions } from "../cases/exportDecisions";
import { exportFormats } from "../cases/exportForms";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { withConnection } from "../store/connection";
import { Queryable } from "../store/queryable";
import { fail, parse } from "./commandLine";
import { filterOf, filterOptions, filterUsage } from "./filterOptions";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { inDigits, withProgress } from "./progress";
import { count, countOf, newTally, Tally } from "./tally";
import { outputOption, outputUsage, writeOutput } from "./writeOutput";

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
  const { tally } = await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    return withConnection(url, (connection) =>
      withProgress("decisions", (onProgress) => write(asked, connection, output, onProgress)),
    );
  });
  const [decisions, rows] = ["decisions", "rows"].map((counted) => inDigits(countOf(tally, counted)));
  process.stderr.write(`${decisions} decisions, ${rows} rows\n`);
}

async function write(
  asked: ExportAsked,
  database: Queryable,
  output: string | undefined,
  onProgress: (soFar: Tally) => void,
): Promise<Tally> {
  const tally = newTally();
  async function* texts(): AsyncGenerator<string> {
    const exported = exportDecisions(asked, { database, policyVersions: molinaEsiVersions });
    for await (const { text, decisions, rows } of exported) {
      yield text;
      count(tally, "decisions", decisions);
      count(tally, "rows", rows);
      onProgress(tally);
    }
  }
  await writeOutput(texts(), output);
  return tally;
}
