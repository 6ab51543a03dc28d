import { csvText } from "../cases/csv";
import { ExportFormat } from "../cases/exportForms";
import { ExceptionEntry } from "../policy/exceptionRegister";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { AnswerRow, Asked, Question } from "../questions/question";
import { memberRanges, readStreams, StoredStream } from "../store/everyStream";
import { readExceptions } from "../store/exceptions";
import { Queryable } from "../store/queryable";
import { decisionsIn } from "./storedDecisions";

/** What is asked, apart from the member. */
export type AskedOfAll = Pick<Asked, "from" | "to" | "reading">;

/** A part of an answer, and what it was found in. */
export interface AnswerText {
  readonly text: string;
  readonly rows: number;
  readonly members: number;
}

const decisionsOfRange = 1_000;

/** Asks every member's stream, one after the other. In memory are only the streams at hand. */
export async function* answers(
  question: Question,
  asked: AskedOfAll,
  format: ExportFormat,
  database: Queryable,
): AsyncGenerator<AnswerText> {
  let register: readonly ExceptionEntry[] = [];
  if (format === "csv") yield { text: csvText([question.columns]), rows: 0, members: 0 };
  for await (const range of memberRanges(database, decisionsOfRange)) {
    const stored = (await readStreams(database, range)).filter(({ decisions }) => decisions.length > 0);
    // Read after the streams: what their decisions used is in it.
    register = [...register, ...(await readExceptions(database, register.length)).entries];
    const rows = stored.flatMap((stream) => answerOf(question, stream, { ...asked, register }));
    const text = format === "csv" ? csvText(rows) : rows.map((row) => ndjsonLine(question, row)).join("");
    yield { text, rows: rows.length, members: stored.length };
  }
}

function answerOf(
  question: Question,
  { decisions: stored }: StoredStream,
  asked: Pick<Asked, "from" | "to" | "reading" | "register">,
): AnswerRow[] {
  const stream = decisionsIn(stored);
  const unreadable = stored.at(stream.length);
  if (unreadable) throw cannotBeAsked(`decision ${unreadable.id} has a record that cannot be read`);
  try {
    return question.answer({ ...asked, stream, versions: molinaEsiVersions });
  } catch (error) {
    // Records of another shape than ours; the message may hold what they say.
    const name = error instanceof Error ? error.name : "failure";
    throw cannotBeAsked(`decision ${stored[0].id} begins a stream that cannot be asked (${name})`);
  }
}

/** An answer without a member would pass for one about all. */
function cannotBeAsked(what: string): Error {
  return new Error(`${what}: see what esi verify says of it`);
}

function ndjsonLine({ columns }: Question, row: AnswerRow): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column, place) => [column, row[place]])))}\n`;
}
