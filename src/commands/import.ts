import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { Refusal } from "../adjudication/refusal";
import { identifier } from "../claim/identifier";
import { decidingServiceOn } from "../service";
import { Database } from "../store/dataSource";
import { fail, parse } from "./commandLine";
import { FileLine, fileLines } from "./fileLines";
import { importConnections, importLines, RefusedLine } from "./importLines";
import { onDatabase, refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { inDigits, withProgress } from "./progress";
import { numbersTable } from "./summary";
import { countOf, mostFindings, newTally, Tally } from "./tally";
import { writeOutput } from "./writeOutput";

const usage = `Usage: esi import <file> --client <id> [options]

Loads sessions adjudicated elsewhere as history, as the mutation importSessions does: the file is NDJSON in
UTF-8, a HistoricalSessionInput a line; - is the standard input. No rule is run. The sessions of one member
are taken in the order of the file. Each is loaded once under its key: after a failure, or to be sure, call
it again with the same file and client.

  --client <id>      the client that the keys belong to: 1 to 64 visible ASCII characters
  --refused <file>   write the lines that are refused to this file, each unchanged beside the reasons; only
                     its owner can read it, and it appears when all lines have been taken

The first refused lines are told by number and reason, without what they hold. Exit status 0 where every line
is loaded or was before, 2 where a line is refused, 1 where the command failed.
`;

interface Call {
  readonly file: string;
  readonly clientId: string;
  readonly refusedFile: string | undefined;
}

const someRefused = 2;

/** Loads a file of sessions adjudicated elsewhere. */
export async function importCommand(args: string[]): Promise<void> {
  const call = readCall(args);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    const tally = newTally();
    const told: string[] = [];
    try {
      await importFile(url, call, tally, told);
    } finally {
      process.stdout.write(summary(tally, told));
    }
    if (countOf(tally, "refused") > 0) process.exitCode = someRefused;
  });
}

function readCall(args: string[]): Call {
  const options = { client: { type: "string" }, refused: { type: "string" } } as const;
  const { values, positionals } = parse({ args, options, allowPositionals: true }, usage);
  const { client: clientId, refused: refusedFile } = values;
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    fail("import: name one file, or - for the standard input", usage);
  if (clientId === undefined || !identifier.accepts(clientId))
    fail(`--client must be ${identifier.expected}`, usage);
  if (refusedFile !== undefined && resolve(refusedFile) === resolve(file))
    fail("--refused must be another file than the one that is imported", usage);
  return { file, clientId, refusedFile };
}

async function importFile(
  url: string,
  { file, clientId, refusedFile }: Call,
  tally: Tally,
  told: string[],
): Promise<void> {
  const load = async (database: Database, onProgress: (soFar: Tally) => void): Promise<Tally> => {
    const bytes = file === "-" ? process.stdin : createReadStream(file);
    const importing = { clientId, service: decidingServiceOn(database), tally, onProgress };
    const rows = refusedRows(importLines(fileLines(bytes), importing), told);
    await (refusedFile === undefined ? drain(rows) : writeOutput(rows, refusedFile));
    return tally;
  };
  await onDatabase(
    url,
    (database) => withProgress("lines", (onProgress) => load(database, onProgress)),
    importConnections,
  );
}

/** The rows of the file of refused lines; what a person is told of the first is added to what is told. */
async function* refusedRows(refused: AsyncIterable<RefusedLine>, told: string[]): AsyncGenerator<string> {
  for await (const { line, refusals } of refused) {
    if (told.length < mostFindings) told.push(`line ${line.number}: ${reasonOf(refusals[0])}\n`);
    yield `{"line":${line.number},"userErrors":${JSON.stringify(refusals)},"input":${inputOf(line)}}\n`;
  }
}

function reasonOf({ code, field, message }: Refusal): string {
  return `${[code, ...(field.length > 0 ? [field.join(".")] : [])].join(" ")}: ${message}`;
}

/** As it stands in the file where that is JSON, else as JSON text of its characters. */
function inputOf({ text }: FileLine): string {
  if (text === undefined) return "null";
  return isJson(text) ? text : JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function drain(texts: AsyncIterable<string>): Promise<void> {
  for await (const text of texts) void text;
}

function summary(tally: Tally, told: readonly string[]): string {
  const refused = countOf(tally, "refused");
  const untold = refused - told.length;
  return [
    numbersTable(
      ["lines", "imported", "imported before", "refused"].map((name) => [name, countOf(tally, name)]),
    ),
    ...told,
    untold > 0 ? `and ${inDigits(untold)} more\n` : "",
  ].join("");
}
