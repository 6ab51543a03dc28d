import { ExportFormat, exportFormats } from "../cases/exportForms";
import { parsePlainDate, plainDateExpected } from "../claim/plainDate";
import { InterpretationId, interpretationIds } from "../policy/interpretations";
import { Question } from "../questions/question";
import { questions } from "../questions/questions";
import { withConnection } from "../store/connection";
import { Queryable } from "../store/queryable";
import { answers, AskedOfAll } from "./answers";
import { fail, meaningOf, parse } from "./commandLine";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { inDigits, withProgress } from "./progress";
import { count, countOf, newTally, Tally } from "./tally";
import { outputOption, outputUsage, writeOutput } from "./writeOutput";

const widestSentence = 95;

const usage = `Usage: esi ask <question> [options]

Asks every member's decisions, and writes a row for each thing found.

${questions.map(({ name, sentence }) => `  ${name}\n${wrapped(sentence)}`).join("")}
  --from <date>             only about this date of service and later ones
  --to <date>               only about this date of service and earlier ones
  --reading <id>            the reading, such as I-05, where the question is about one
  --format <name>           csv, or ndjson; csv where it is left out
${outputUsage}`;

interface Call {
  readonly question: Question;
  readonly asked: AskedOfAll;
  readonly format: ExportFormat;
  readonly output: string | undefined;
}

/** Answers one of the auditor's questions. */
export async function ask(args: string[]): Promise<void> {
  const call = readCall(args);
  const { tally } = await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    return withConnection(url, (connection) =>
      withProgress("members", (onProgress) => write(call, connection, onProgress)),
    );
  });
  const [rows, members] = ["rows", "members"].map((counted) => inDigits(countOf(tally, counted)));
  process.stderr.write(`${rows} rows, ${members} members asked\n`);
}

function readCall(args: string[]): Call {
  const text = { type: "string" } as const;
  const options = { from: text, to: text, reading: text, format: text, ...outputOption } as const;
  const { values, positionals } = parse({ args, options, allowPositionals: true }, usage);
  const [name, ...others] = positionals;
  const question = questions.find((known) => known.name === name);
  if (!question || others.length > 0) return fail("ask: name one of the questions", usage);
  const { needsReading } = question;
  if (needsReading !== (values.reading !== undefined))
    fail(needsReading ? `ask ${name}: --reading is missing` : `ask ${name} takes no --reading`, usage);
  const from = meaningOf(values.from, parsePlainDate, `--from must be ${plainDateExpected}`, usage);
  const to = meaningOf(values.to, parsePlainDate, `--to must be ${plainDateExpected}`, usage);
  const readingExpected = `--reading must be one of ${interpretationIds.join(", ")}`;
  const reading = meaningOf(values.reading, parseReading, readingExpected, usage);
  const formatExpected = `--format must be one of ${exportFormats.join(", ")}`;
  const format = meaningOf(values.format, parseFormat, formatExpected, usage) ?? "csv";
  return { question, asked: { from, to, reading }, format, output: values.output };
}

function parseReading(text: string): InterpretationId | undefined {
  return interpretationIds.find((id) => id === text);
}

function parseFormat(text: string): ExportFormat | undefined {
  return exportFormats.find((format) => format === text);
}

async function write(
  { question, asked, format, output }: Call,
  database: Queryable,
  onProgress: (soFar: Tally) => void,
): Promise<Tally> {
  const tally = newTally();
  async function* texts(): AsyncGenerator<string> {
    for await (const { text, rows, members } of answers(question, asked, format, database)) {
      if (text !== "") yield text;
      count(tally, "rows", rows);
      count(tally, "members", members);
      onProgress(tally);
    }
  }
  await writeOutput(texts(), output);
  return tally;
}

/** A sentence in lines under its name. */
function wrapped(sentence: string): string {
  const lines = [""];
  for (const word of sentence.split(" ")) {
    if (`${lines[lines.length - 1]} ${word}`.length > widestSentence) lines.push("");
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.map((line) => `     ${line}\n`).join("");
}
